"""Tests that start processes stay together, and what takes longest begins first."""

from types import SimpleNamespace

import pytest
from django.conf import settings

from cardmaker.core.tests.scheduling import Files, group_of, rank

ROOT = settings.BASE_DIR


class Worker:
    """What the scheduler needs of one: it takes the numbers of tests."""

    shutting_down = False
    gateway = SimpleNamespace(id="a worker")

    def __init__(self):
        self.told = []

    def send_runtest_some(self, numbers):
        self.told += numbers

    def shutdown(self):
        self.shutting_down = True


@pytest.mark.parametrize(
    ("path", "group"),
    [
        ("fulfillment/tests/test_kills.py", "stack"),
        ("fulfillment/tests/test_storefronts.py", "browser"),
        ("fulfillment/tests/test_console_browser.py", "browser"),
        ("cardmaker/core/tests/test_worker.py", "serial"),
        ("designs/tests/test_races.py", "serial"),
        ("fulfillment/suppliers/tests/test_gooten_sandbox.py", "sandbox"),
        ("accounts/tests/test_api.py", "accounts/tests/test_api.py"),
    ],
)
def test_a_file_is_grouped_by_what_its_tests_are_marked_with(path, group):
    assert group_of(ROOT / path, ROOT) == group


def test_what_waits_longest_begins_first_and_short_files_come_last():
    ordered = ["stack", "browser", "sandbox", "serial", "designs/tests/x.py", "fulfillment/tests/x.py", "billing/x.py"]

    assert sorted(set(ordered), key=rank) == ordered


@pytest.fixture
def scheduler(tmp_path):
    """Of two workers, for a tree of five files with four tests each."""
    sources = {"a": "", "b": "mark.serial", "c": "mark.serial mark.sandbox", "d": "mark.serial", "e": "mark.sandbox"}
    for name, source in sources.items():
        (tmp_path / f"{name}.py").write_text(source)
    option = SimpleNamespace(loadscopereorder=False)
    made = Files(SimpleNamespace(rootpath=tmp_path, option=option, getvalue=lambda name: ["2*popen"]))
    for worker in (Worker(), Worker()):
        made.add_node(worker)
        made.add_node_collection(worker, [f"{name}.py::test[{number}]" for name in sources for number in range(4)])
    made.schedule()
    return made


def test_every_test_runs_once_and_no_group_on_two_workers(scheduler):
    done = {worker: [] for worker in scheduler.nodes}
    while any(len(done[worker]) < len(worker.told) for worker in done):
        for worker, numbers in done.items():
            for number in worker.told[len(numbers) :][:1]:
                numbers.append(number)
                scheduler.mark_test_complete(worker, number)

    first, second = (list(dict.fromkeys("abcde"[number // 4] for number in numbers)) for numbers in done.values())
    assert sorted(number for numbers in done.values() for number in numbers) == list(range(20))
    assert (first[0], second[0]) == ("c", "e")
    assert set(first).isdisjoint(second)
    assert ("b" in first) == ("d" in first)
