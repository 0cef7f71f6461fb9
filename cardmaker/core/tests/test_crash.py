import os

import pytest

from cardmaker.core import crash


@pytest.fixture
def killed(monkeypatch) -> list[int]:
    """Pids that would have been killed: the one place where a test must not let the real thing happen."""
    pids: list[int] = []
    monkeypatch.setattr(os, "kill", lambda pid, number: pids.append(pid))
    return pids


def test_nothing_happens_without_the_setting(killed, settings):
    settings.CRASH_POINT = ""

    crash.point("submission.before_call")

    assert killed == []


def test_only_the_named_points_kill(killed, settings):
    settings.CRASH_POINT = "one,two"

    for name in ("one", "two", "three"):
        crash.point(name)

    assert killed == [os.getpid()] * 2


def test_with_a_marker_a_point_kills_once(killed, settings, tmp_path):
    settings.CRASH_POINT = f"one@{tmp_path / 'marker'}"

    crash.point("one")
    crash.point("one")

    assert killed == [os.getpid()]
