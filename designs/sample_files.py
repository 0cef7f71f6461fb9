"""Sample pictures on disk. They can be drawn again at any time, so a plain folder does instead of private storage."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from django.conf import settings

from designs import facefiles, samples
from designs.providers.registry import image_provider

# One drawing at a time: a landing page asks for eight at once, and drawing one takes all of a core.
_drawing = Lock()


def sample_picture(name: str, side: str) -> bytes:
    """The WebP of one side, drawn at the first call. Raises KeyError for an unknown name."""
    sample = samples.SAMPLES[name]
    return _kept(
        f"{sample.cache_name}-{side}.webp", lambda: samples.render(sample, side, provider=image_provider("sketch"))
    )


def face_picture(font_code: str) -> bytes:
    """The WebP of a font's name set in itself. Raises KeyError for an unknown font."""
    title = facefiles.title(font_code)
    return _kept(f"face-{facefiles.RECIPE}-{font_code}.webp", lambda: facefiles.render(font_code, title))


def _kept(file_name: str, draw: Callable[[], bytes]) -> bytes:
    path = Path(settings.CARDMAKER_HOME) / "samples" / file_name
    if not path.exists():
        with _drawing:
            if not path.exists():
                _write(path, draw())
    return path.read_bytes()


def _write(path: Path, data: bytes) -> None:
    """All or nothing, so that a page never reads half a picture."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(temporary).replace(path)
