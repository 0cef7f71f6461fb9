"""Which worker runs what: files stay whole, and what starts processes or waits for them begins first, on one worker.

xdist's own `loadgroup` groups nothing under pytest 9.2: it writes the group where pytest no longer looks. Serial tests
then ran on every worker at once, each with a whole product of its own.
"""

from functools import cache
from pathlib import Path

from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

# What is long and mostly waits comes first, then what computes most; the last are short, so that all end together.
ORDER = ("stack", "browser", "sandbox", "serial", "designs/tests/", "fulfillment/tests/", "designs/", "")


class Files(LoadScopeScheduling):
    """Hands out whole files, and the files of a group together."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(self.config.rootpath / nodeid.partition("::")[0], self.config.rootpath)

    def _assign_work_unit(self, node: WorkerController) -> None:
        self.workqueue.move_to_end(min(self.workqueue, key=rank), last=False)
        super()._assign_work_unit(node)


@cache
def group_of(path: Path, root: Path) -> str:
    """Every file is a group of its own, but for those with tests that start processes or talk to the sandbox.

    What drives a browser and what walks, storms and kills have a whole product each: one after the other they would
    take longer than all the rest.
    """
    source = path.read_text()
    marks = [mark for mark in ("browser", "serial", "sandbox") if f"mark.{mark}" in source]
    if marks == ["serial", "sandbox"]:
        return "stack"
    return marks[0] if marks else str(path.relative_to(root))


def rank(group: str) -> int:
    return next(number for number, start in enumerate(ORDER) if group.startswith(start))
