import pytest

from fulfillment.suppliers.tests.sandboxed import running_sandbox


@pytest.fixture(scope="session")
def running(tmp_path_factory):
    with running_sandbox(tmp_path_factory.mktemp("shop-sandbox")) as both:
        yield both


@pytest.fixture
def sandbox(running):
    """The running sandbox, empty."""
    sandbox, ours = running
    sandbox.reset()
    sandbox.no_faults()
    ours.files.clear()
    return sandbox


@pytest.fixture
def ours(running, sandbox):
    return running[1]
