"""`make torture`: minutes of kills and faults, and the controls that prove that the count can fail."""

import os

import pytest

from fulfillment.torture.__main__ import main

pytestmark = [pytest.mark.torture, pytest.mark.sandbox, pytest.mark.serial]


def test_nothing_is_lost_or_doubled_however_the_worker_dies():
    on_sqlite = [] if os.environ.get("DATABASE_URL", "").startswith("postgres") else ["--sqlite"]

    assert main(on_sqlite) == 0
