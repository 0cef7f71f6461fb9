import pytest


@pytest.fixture
def running(fetching):
    return fetching


@pytest.fixture
def sandbox(running):
    """The running sandbox, empty, its printer's clock standing still."""
    sandbox, ours = running
    sandbox.reset()
    sandbox.no_faults()
    sandbox.pause()
    ours.files.clear()
    return sandbox


@pytest.fixture
def ours(running, sandbox):
    return running[1]
