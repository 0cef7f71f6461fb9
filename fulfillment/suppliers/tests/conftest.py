import pytest

from fulfillment.suppliers.tests.sandboxed import running_sandbox


@pytest.fixture(scope="session")
def running(tmp_path_factory):
    with running_sandbox(tmp_path_factory.mktemp("supplier-sandbox")) as both:
        yield both


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
