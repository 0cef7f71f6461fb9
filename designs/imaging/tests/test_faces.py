import cv2
import numpy as np
import pytest

from designs.imaging import faces
from designs.imaging.faces import CenterFace, DetectionFailed, Face, find
from designs.imaging.tests.samples import drawn_face


class Recorder:
    """Answers what it was told to, and remembers what it was shown."""

    def __init__(self, *answers):
        self.answers, self.shown = answers, []

    def find(self, pixels):
        self.shown.append(pixels.shape)
        return self.answers


def test_the_detector_is_shown_a_small_copy():
    detector = Recorder()

    find(np.zeros((2000, 1000, 3), np.uint8), detector=detector)
    find(np.zeros((30, 20, 3), np.uint8), detector=detector)

    assert detector.shown == [(480, 240, 3), (30, 20, 3)]


def test_the_largest_face_comes_first():
    small, large = Face(0.1, 0.1, 0.1, 0.1, 0.9), Face(0.5, 0.5, 0.2, 0.2, 0.5)

    assert find(np.zeros((8, 8, 3), np.uint8), detector=Recorder(small, large)) == (large, small)


class Nearsighted:
    """Sees those of its faces (left, top, side in pixels of the whole) that are so large in what it is shown."""

    def __init__(self, *placed, sees_px):
        self.placed, self.sees_px, self.shown = placed, sees_px, []

    def find(self, pixels):
        left, top = (int(pixels[0, 0, channel]) * EIGHTH for channel in (0, 1))
        side = (int(pixels[-1, -1, 0]) + 1) * EIGHTH - left
        self.shown.append((left, top, side))
        return tuple(
            Face((x - left) / side, (y - top) / side, width / side, width / side, 0.9)
            for x, y, width in self.placed
            if left <= x < left + side and top <= y < top + side and width * len(pixels) >= self.sees_px * side
        )


EIGHTH = 8


def a_map(side_px):
    """A picture whose pixels say where they are: column and row, in eighths."""
    places = (np.arange(side_px) // EIGHTH).astype(np.uint8)
    columns, rows = np.meshgrid(places, places)
    return np.dstack([columns, rows, columns])


def test_where_a_small_face_was_seen_others_are_looked_for_from_nearer():
    detector = Nearsighted((600, 640, 24), (680, 640, 18), sees_px=8)

    first, second = find(a_map(1280), detector=detector)

    assert (first.left * 1280, first.width * 1280) == (600, 24)
    assert (second.left * 1280, second.top * 1280) == (pytest.approx(680, abs=EIGHTH), pytest.approx(640, abs=EIGHTH))
    assert [side for _, _, side in detector.shown] == [1280, pytest.approx(256, abs=EIGHTH)]


@pytest.mark.parametrize("side", [60, 300])
def test_a_face_that_is_not_small_is_looked_at_once(side):
    detector = Nearsighted((400, 400, side), (900, 640, 18), sees_px=8)

    assert len(find(a_map(1280), detector=detector)) == 1
    assert detector.shown == [(0, 0, 1280)]


def test_a_picture_that_has_no_more_pixels_than_were_shown_is_looked_at_once():
    detector = Recorder(Face(0.5, 0.5, 0.02, 0.02, 0.9))

    find(np.zeros((480, 480, 3), np.uint8), detector=detector)

    assert detector.shown == [(480, 480, 3)]


@pytest.mark.parametrize(("nearer", "found"), [(0.6, 1), (0.39, 0)])
def test_what_may_be_a_face_is_looked_at_nearer_and_counts_only_if_it_is_one(nearer, found):
    class Doubtful(Recorder):
        def find(self, pixels):
            score = nearer if self.shown else 0.15
            super().find(pixels)
            return (Face(0.5, 0.5, 0.03, 0.03, score),)

    detector = Doubtful()

    assert len(find(a_map(1280), detector=detector)) == found
    assert detector.shown == [(480, 480, 3), (269, 269, 3)]


@pytest.mark.parametrize(("width_px", "height_px"), [(640, 640), (500, 640), (1200, 900)])
def test_a_drawn_face_is_found_where_it_is(width_px, height_px):
    radius = min(width_px, height_px) // 8
    picture = drawn_face(width_px, height_px, x=width_px // 3, y=height_px // 2, radius=radius)

    (face,) = find(picture)

    middle = ((face.left + face.right) / 2 * width_px, (face.top + face.bottom) / 2 * height_px)
    assert middle == (pytest.approx(width_px // 3, abs=0.3 * radius), pytest.approx(height_px // 2, abs=0.3 * radius))
    assert face.width * width_px == pytest.approx(1.44 * radius, rel=0.2)


def test_the_shape_of_one_picture_does_not_spoil_the_next():
    picture = drawn_face(480, 480, x=240, y=220, radius=60)
    alone = CenterFace().find(picture)

    detector = CenterFace()
    detector.find(drawn_face(480, 150, x=80, y=80, radius=25))
    assert detector.find(picture) == alone


@pytest.fixture
def no_network(monkeypatch):
    def broken(*args):
        raise cv2.error("no network")

    monkeypatch.setattr(faces.cv2.dnn, "readNetFromONNX", broken)


@pytest.mark.parametrize("color", [(127, 127, 127), (224, 172, 140), (0, 0, 255)])
def test_a_plain_picture_has_no_faces_and_needs_no_network(no_network, color):
    assert find(np.full((900, 1200, 3), color, np.uint8), detector=CenterFace()) == ()


def test_a_picture_with_a_single_other_pixel_is_looked_at(no_network):
    pixels = np.full((300, 400, 3), 127, np.uint8)
    pixels[200, 100, 2] = 126

    with pytest.raises(DetectionFailed):
        find(pixels, detector=CenterFace())


def test_an_almost_empty_picture_has_no_faces():
    assert find(np.full((300, 400, 3), 127, np.uint8) + np.eye(300, 400, dtype=np.uint8)[:, :, None]) == ()


def test_a_detector_that_cannot_run_is_an_error_and_never_no_faces(no_network):
    with pytest.raises(DetectionFailed):
        find(drawn_face(64, 64, x=32, y=32, radius=20), detector=CenterFace())
