"""Looking at a print file closely: its own pixels, square by square, behind a link that dies."""

from datetime import timedelta

import numpy as np
import pytest

from cardmaker.core import storage
from designs.imaging.pictures import srgb_pixels
from designs.proofs.purge import purge_print_files
from designs.proofs.tiles import TILE_PX, tiles_link
from designs.tests.factories import NOON, ready_proof

pytestmark = pytest.mark.usefixtures("shelf")


@pytest.fixture
def file(time_machine):
    proof = ready_proof()
    time_machine.move_to(NOON, tick=False)
    return proof.files.get(position="front")


def test_a_square_shows_the_pixels_of_the_print_file(client, file):
    answer = client.get(f"{tiles_link(file, at=NOON)}1-1.jpg")

    printed = srgb_pixels(storage.read(file.file))[TILE_PX : 2 * TILE_PX, TILE_PX : 2 * TILE_PX]
    shown = srgb_pixels(answer.content)
    off = np.abs(shown.astype(int) - printed.astype(int))
    assert (answer.status_code, answer["Content-Type"], shown.shape) == (200, "image/jpeg", (800, 775, 3))
    assert off.mean() < 1.5  # what writing a JPEG once more costs
    assert answer["Cache-Control"] == "private, max-age=900, immutable"


def test_squares_at_the_edges_are_smaller_and_cover_the_page(client, file):
    assert (file.width_px, file.height_px) == (1575, 2175)
    link = tiles_link(file, at=NOON)

    shapes = [srgb_pixels(client.get(f"{link}{column}-{row}.jpg").content).shape for column, row in [(0, 0), (1, 2)]]

    assert shapes == [(800, 800, 3), (575, 775, 3)]


@pytest.mark.parametrize("place", ["2-0", "0-3", "99999-0"])
def test_there_is_nothing_beyond_the_page(client, file, place):
    assert client.get(f"{tiles_link(file, at=NOON)}{place}.jpg").status_code == 404


@pytest.mark.parametrize(("seconds", "status"), [(899, 200), (900, 410)])
def test_the_link_dies_within_fifteen_minutes(client, file, time_machine, seconds, status):
    time_machine.move_to(NOON + timedelta(seconds=seconds), tick=False)

    assert client.get(f"{tiles_link(file, at=NOON)}0-0.jpg").status_code == status


def test_the_link_opens_neither_the_whole_file_nor_another_one(client, file):
    token = tiles_link(file, at=NOON).split("/")[2]

    assert client.get(f"/files/{token}").status_code == 404
    assert client.get(f"/print-tiles/x{token}/0-0.jpg").status_code == 404


def test_a_purged_file_has_no_squares(client, file):
    link = tiles_link(file, at=NOON)
    purge_print_files([file.proof])
    file.refresh_from_db()

    assert tiles_link(file, at=NOON) == ""
    assert client.get(f"{link}0-0.jpg").status_code == 404
