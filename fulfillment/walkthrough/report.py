"""What the walk says while it goes on, and its last line, which programs read."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from fulfillment.walkthrough.digests import digest_of
from fulfillment.walkthrough.web import WalkFailed

File = dict[str, str]


@dataclass
class Story:
    """Tells each step, with a tick and the second it was done in."""

    tell: Callable[[str], object]
    began: float = field(default_factory=time.monotonic)

    def step(self, who: str, what: str) -> None:
        self.tell(f"✓ {time.monotonic() - self.began:5.1f} s  {who:<8}  {what}")


@dataclass(frozen=True)
class Outcome:
    """Where the walk ended. The supplier's files and the tracking number are the supplier's own words."""

    state: str
    digest: str
    files: list[File]
    supplier_files: list[File]
    tracking_number: str

    def as_json(self) -> str:
        facts: dict[str, Any] = {
            "order": {"state": self.state},
            "proof": {"digest": self.digest, "files": self.files},
            "supplier": {"files": self.supplier_files},
            "tracking_number": self.tracking_number,
        }
        return json.dumps(facts)

    def check_printed(self, told_number: str) -> None:
        """Raises WalkFailed unless the supplier printed exactly the proof and the buyer was told its number."""
        printed = digest_of({file["position"]: file["sha256"] for file in self.supplier_files})
        if self.supplier_files != self.files or printed != self.digest:
            raise WalkFailed(f"The supplier's files are not the proof's: {printed[:12]}, not {self.digest[:12]}.")
        if not self.tracking_number or self.tracking_number != told_number:
            told = told_number or "no number"
            raise WalkFailed(f"The buyer was told {told}, the supplier has {self.tracking_number}.")

    def check_held(self) -> None:
        """Raises WalkFailed unless the order is held and the supplier knows nothing of it."""
        if self.state != "held":
            raise WalkFailed(f"The order is {self.state}; it must be held.")
        if self.supplier_files or self.tracking_number:
            raise WalkFailed("The order is held, yet the supplier has something of it.")


def files_of(proof: dict[str, Any]) -> list[File]:
    """The proof's pages as position and hash, sorted by position."""
    files = [{"position": page["position"], "sha256": page["sha256"]} for page in proof["pages"]]
    return sorted(files, key=lambda file: file["position"])
