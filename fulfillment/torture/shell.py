"""One process inside the product that answers one verb after another: starting it takes longer than what it does."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import IO, Any

from fulfillment.torture.recipe import ROOT

Json = dict[str, Any]
SERVE = [sys.executable, "-m", "fulfillment.torture.inside"]


class ShellBroken(Exception):
    """A verb failed, or its process is gone."""


class Shell:
    """Starts with its first verb. Threads may share it."""

    def __init__(self, env: Mapping[str, str], log: Path) -> None:
        self._env, self._log = dict(env), log
        self._process: subprocess.Popen[str] | None = None
        self._turn = Lock()

    def ask(self, *words: str) -> Json:
        """What this verb answers. Raises ShellBroken."""
        with self._turn:
            asked, answers = self._pipes()
            try:
                asked.write(json.dumps(words) + "\n")
                asked.flush()
                answer: Json = json.loads(answers.readline())
            except (OSError, ValueError) as exc:
                raise ShellBroken(f"{' '.join(words)} was not answered:\n{self._last_words()}") from exc
        if "failed" in answer:
            raise ShellBroken(f"{' '.join(words)} failed:\n{answer['failed']}")
        return answer

    def stop(self) -> None:
        """Safe to repeat."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _pipes(self) -> tuple[IO[str], IO[str]]:
        if self._process is None:
            pipes: Json = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
            with self._log.open("ab") as log:
                places: Json = {"env": self._env, "cwd": ROOT, "stderr": log, "start_new_session": True}
                self._process = subprocess.Popen(SERVE, **pipes, **places)  # noqa: S603 - our own words
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        return self._process.stdin, self._process.stdout

    def _last_words(self) -> str:
        return "\n".join(self._log.read_text(errors="replace").splitlines()[-25:])
