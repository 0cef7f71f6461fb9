import pytest

from cardmaker.sandbox.tests.conftest import app, running, sandbox

__all__ = ["app", "running", "sandbox"]


@pytest.fixture(autouse=True)
def _no_breaker():
    """Adapters know no database; nothing here may touch one."""
