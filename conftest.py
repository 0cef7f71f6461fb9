"""Tests run in a home of their own, whatever the developer's shell and `.env` say.

Only `DATABASE_URL` is respected: with it the same tests run on PostgreSQL.
"""

import gc
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.conf import settings

gc.disable()  # until all is imported and collected: none of that is garbage

if settings.configured and os.environ.get("DJANGO_SETTINGS_MODULE") == "cardmaker.settings":
    raise pytest.UsageError("Unset DJANGO_SETTINGS_MODULE: the settings must be read after the test's home is made.")

HOME = Path(tempfile.mkdtemp(prefix=f"cardmaker-{os.environ.get('PYTEST_XDIST_WORKER', 'tests')}-"))
(HOME / "static").mkdir()  # whitenoise warns without it, and warnings are errors
KEPT = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR", "PYTHONPATH") if name in os.environ}
os.environ.update(
    CARDMAKER_ENV="test",
    CARDMAKER_HOME=str(HOME),
    SANDBOX="1",
    DEBUG="0",
)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cardmaker.settings")

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402
from hypothesis import HealthCheck  # noqa: E402
from hypothesis import settings as hypothesis_settings  # noqa: E402

# A busy machine draws examples slowly, and that says nothing about the code.
hypothesis_settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("steady")

# Else every client of every test lists and opens each static file before its first request: 80 ms, thousands of times.
settings.WHITENOISE_AUTOREFRESH = True


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--require-postgres", action="store_true", help="fail unless DATABASE_URL names PostgreSQL")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Workers make homes of their own: with this name in what they inherit they would read the settings before that."""
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    gc.enable()  # only the workers look for tests, and come by the end of that


def pytest_configure(config: pytest.Config) -> None:
    hold_shipped_names()
    if config.getoption("--require-postgres") and connection.vendor != "postgresql":
        raise pytest.UsageError("DATABASE_URL does not name PostgreSQL: tests of races and locks would be skipped.")


def hold_shipped_names() -> None:
    """Screening reads the protected names as they are shipped, with or without a database."""
    from designs.screening import names

    shipped = json.loads((settings.BASE_DIR / "fixtures" / "protected_names.json").read_text())
    names.hold(names.Names(names.compiled(row["fields"]) for row in shipped))


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is there by now stays to the end: the collector need not look through it again and again."""
    gc.enable()
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(HOME, ignore_errors=True)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: the worker that has the whole product as processes mostly waits for them."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """For `--dist loadgroup`; see the module for why not xdist's own."""
    from cardmaker.core.tests.scheduling import Files

    return Files(config, log) if config.getoption("dist") == "loadgroup" else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what SQLite cannot show."""
    for item in items:
        if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL: set DATABASE_URL=postgres://..."))


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """On SQLite the copy stands where the test's database is to be. The home goes in the end, and the file with it."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """The tests' database is a copy of one that was migrated before; Django then applies what that did not have."""
    from fulfillment.torture import migrated

    if connection.vendor == "sqlite":
        migrated.sqlite(Path(connection.creation._get_test_db_name()), name="test.sqlite3")
    elif urlsplit(os.environ["DATABASE_URL"]).hostname:
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated.postgres(os.environ["DATABASE_URL"])


@pytest.fixture(scope="session")
def telling(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One sandbox for all tests that read what it tells an application, and that pretended application."""
    from cardmaker.sandbox.tests.conftest import telling_sandbox

    with telling_sandbox(tmp_path_factory.mktemp("telling")) as both:
        yield both


@pytest.fixture(scope="session")
def fetching(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One sandbox for all tests in which it fetches files from our address, and that address."""
    from fulfillment.suppliers.tests.sandboxed import running_sandbox

    with running_sandbox(tmp_path_factory.mktemp("fetching")) as both:
        yield both


@pytest.fixture
def drain(db: None) -> Callable[..., int]:
    """Run the due jobs in this process until none is left; answers how many attempts were made."""
    from cardmaker.core.jobs import drain

    return drain


@pytest.fixture
def process_env(transactional_db: None) -> dict[str, str]:
    """The environment in which a subprocess works on this test's own database and files."""
    return KEPT | {
        "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
        "CARDMAKER_ENV": "test",
        "CARDMAKER_HOME": str(HOME),
        "DATABASE_URL": _database_url(),
        "SANDBOX": "1",
        "PYTHONUNBUFFERED": "1",
    }


def _database_url() -> str:
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    if facts["HOST"].startswith("/"):  # a socket
        return f"postgres:///{facts['HOST']}/{facts['NAME']}"
    password = f":{facts['PASSWORD']}" if facts["PASSWORD"] else ""
    host = quote(facts["HOST"], safe="") + (f":{facts['PORT']}" if facts["PORT"] else "")
    return f"postgres://{facts['USER']}{password}@{host}/{facts['NAME']}"


@pytest.fixture
def scratch() -> Iterator[Path]:
    """An empty directory below the test's home, for markers and files of subprocesses."""
    path = Path(tempfile.mkdtemp(dir=HOME))
    yield path
    shutil.rmtree(path, ignore_errors=True)
