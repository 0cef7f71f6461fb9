from datetime import timedelta

import pytest

from cardmaker.core import storage
from cardmaker.core.links import sign_file
from cardmaker.core.tests.test_jobs import NOON


@pytest.fixture
def name() -> str:
    return storage.put(b"a picture", ".png")


def link(name: str, **changes) -> str:
    return sign_file(name, **{"at": NOON, "content_type": "image/png"} | changes)


def test_a_link_shows_its_file_to_whoever_holds_it(client, name, time_machine):
    time_machine.move_to(NOON)

    answer = client.get(link(name))

    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, b"a picture")
    assert answer["Content-Type"] == "image/png"
    assert answer["Cache-Control"] == "private, max-age=900, immutable"


def test_a_file_name_makes_it_a_download(client, name, time_machine):
    time_machine.move_to(NOON)

    answer = client.get(link(name, filename="card.png"))

    assert answer["Content-Disposition"] == 'attachment; filename="card.png"'


def test_a_link_keeps_its_text_for_seven_and_a_half_minutes(name):
    late = NOON + timedelta(minutes=7, seconds=29)

    assert link(name) == link(name, at=late)
    assert link(name) != link(name, at=late + timedelta(seconds=1))


@pytest.mark.parametrize(("seconds", "status"), [(899, 200), (900, 410)])
def test_a_link_dies_within_fifteen_minutes(client, name, time_machine, seconds, status):
    time_machine.move_to(NOON + timedelta(seconds=seconds))

    assert client.get(link(name)).status_code == status


def test_a_link_lives_at_least_seven_and_a_half_minutes(client, name, time_machine):
    signed = link(name, at=NOON + timedelta(seconds=449))
    time_machine.move_to(NOON + timedelta(seconds=449 + 450))

    assert client.get(signed).status_code == 200


@pytest.mark.parametrize("change", [lambda text: text[:9] + "x" + text[9:], lambda text: "/files/x"])
def test_an_altered_link_is_not_found(client, name, time_machine, change, db):
    time_machine.move_to(NOON)

    assert client.get(change(link(name))).status_code == 404


def test_a_link_to_a_deleted_file_is_not_found(client, name, time_machine, db):
    time_machine.move_to(NOON)
    signed = link(name)
    storage.delete(name)

    assert client.get(signed).status_code == 404
