import numpy as np

from designs.imaging.nudity import CUT_PX, MEAN_BGR, prepared, score
from designs.imaging.tests.samples import drawn_face


class Recorder:
    """Answers what it was told to, and remembers what it was shown."""

    def __init__(self, answer):
        self.answer, self.shown = answer, []

    def score(self, prepared):
        self.shown.append(prepared)
        return self.answer


def test_the_network_is_shown_the_middle_in_blue_green_red_without_the_mean():
    recorder = Recorder(0.25)
    red = np.full((800, 600, 3), (255, 0, 0), np.uint8)

    assert score(red, scorer=recorder) == 0.25
    (shown,) = recorder.shown
    assert (shown.shape, shown.dtype) == ((1, CUT_PX, CUT_PX, 3), np.float32)
    assert (shown[0, 0, 0] == np.array([0, 0, 255], np.float32) - MEAN_BGR).all()


def test_the_edge_is_left_out():
    framed = np.full((256, 256, 3), 255, np.uint8)
    framed[16:240, 16:240] = 0

    assert (prepared(framed) == -MEAN_BGR).all()


def test_the_network_runs_and_finds_nothing_in_drawings():
    drawn = drawn_face(640, 640, x=300, y=300, radius=90)

    assert 0 <= score(drawn) < 0.4
    assert score(drawn) == score(drawn)
