"""What all four people of the walkthrough use: a connection, waiting with one deadline, and one way to fail."""

import time
from collections.abc import Callable
from typing import Any, TypeVar

import httpx

from accounts.solving import solve

EVERY_S = 0.25
PROOF_NEEDED = 428
Found = TypeVar("Found")


class WalkFailed(Exception):
    """Something was not as it must be. The message says what, for a person at a terminal."""


class Deadline:
    """The time that the whole walk has."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._until = time.monotonic() + seconds

    def wait(self, what: str, look: Callable[[], Found | None], *, every_s: float = EVERY_S) -> Found:
        """The first answer of `look` that is not empty. Raises WalkFailed when the time is over."""
        while True:
            found = look()
            if found:
                return found
            if time.monotonic() > self._until:
                raise WalkFailed(f"Waited in vain for {what}: the {self.seconds:.0f} s of this walk are over.")
            time.sleep(every_s)


class Web:
    """One person's connection to one server: cookies, bearer token, and errors in words."""

    def __init__(self, base_url: str, *, timeout_s: float = 60.0) -> None:
        self.base_url = base_url.rstrip("/")
        self.http = httpx.Client(base_url=self.base_url, timeout=timeout_s, trust_env=False, follow_redirects=True)

    def get(self, path: str) -> Any:
        return self.json("GET", path)

    def post(self, path: str, given: Any = None, **headers: str) -> Any:
        return self.json("POST", path, {} if given is None else given, **headers)

    def json(self, method: str, path: str, given: Any = None, **headers: str) -> Any:
        """The JSON of a success. Raises WalkFailed with the server's own words otherwise.

        Who is asked for a proof of work computes it, as the studio does, and sends the same again.
        """
        answer = self.send(method, path, json=given, headers=headers)
        if answer.status_code == PROOF_NEEDED:
            asked = answer.json()["error"]["details"]
            proof = {asked["header"]: solve(asked["challenge"])}
            answer = self.send(method, path, json=given, headers=headers | proof)
        if answer.is_error:
            raise WalkFailed(f"{method} {_short(path)} answered {answer.status_code}: {_words(answer)}")
        return answer.json()

    def page(self, path: str) -> httpx.Response:
        """A page or a file that must be there."""
        answer = self.send("GET", path)
        if answer.is_error:
            raise WalkFailed(f"GET {_short(path)} answered {answer.status_code}.")
        return answer

    def send(self, method: str, path: str, **request: Any) -> httpx.Response:
        try:
            return self.http.request(method, path, **request)
        except httpx.TransportError as exc:
            raise WalkFailed(f"{self.base_url} did not answer {method} {_short(path)}: {type(exc).__name__}.") from exc


def _short(path: str) -> str:
    """Signed addresses are long, and nobody reads them."""
    return path if len(path) <= 90 else path[:87] + "..."


def _words(answer: httpx.Response) -> str:
    try:
        error = answer.json()["error"]
    except (ValueError, KeyError, TypeError):
        return answer.text[:200].strip()
    if not isinstance(error, dict):
        return str(error)
    return f"{error['message']} ({error['code']}) {error.get('details') or ''}".strip()
