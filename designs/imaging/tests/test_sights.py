import numpy as np

from designs.imaging.sights import GRID, Sights, look
from designs.imaging.tests.samples import drawn_face


def lit(x, y, *, size=512, side=60):
    """A dull ground with one red square around (x, y)."""
    pixels = np.full((size, size, 3), (90, 110, 100), np.uint8)
    pixels[y - side // 2 : y + side // 2, x - side // 2 : x + side // 2] = (220, 30, 40)
    return pixels


def test_what_stands_out_is_where_the_grid_says():
    grid = look(lit(400, 100)).grid

    row, column = np.unravel_index(np.argmax(grid), grid.shape)
    assert (abs(row - 100 * GRID / 512) < 3, abs(column - 400 * GRID / 512) < 3) == (True, True)
    assert grid[GRID // 2 :, : GRID // 2].max() < 0.05


def test_a_plain_ground_has_nothing_to_see():
    assert look(np.full((300, 500, 3), 180, np.uint8)).grid.max() == 0


def test_faces_are_part_of_it_and_all_of_it_can_be_stored():
    seen = look(drawn_face(640, 640, x=300, y=300, radius=90))

    assert len(seen.faces) == 1
    assert Sights.parse(seen.stored()) == seen


def test_the_same_picture_looks_the_same():
    assert look(lit(100, 300)) == look(lit(100, 300))
