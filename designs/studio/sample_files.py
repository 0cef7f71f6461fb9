"""Sample pictures on disk. They can be drawn again at any time, so a plain folder does instead of private storage."""

from collections.abc import Callable
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.utils import timezone

from cardmaker.core.jobs import Later
from cardmaker.core.storage import write_whole
from designs.models import StyleTemplate
from designs.providers.base import Style
from designs.providers.registry import image_provider
from designs.studio import calendar_samples, facefiles, samples

DRAW = "designs.draw_samples"
# One drawing at a time: a landing page asks for eight at once, and drawing one takes all of a core.
_drawing = Lock()


def sample_picture(name: str, side: str) -> bytes:
    """The WebP of one side, drawn at the first call. Raises KeyError for an unknown name."""
    sample = samples.SAMPLES[name]
    return _kept(
        f"{sample.cache_name}-{side}.webp", lambda: samples.render(sample, side, provider=image_provider("sketch"))
    )


def sheet_picture(name: str, year: int) -> bytes:
    """The WebP of a sample calendar's sheet, drawn at the first call. Raises KeyError for an unknown name."""
    sheet = calendar_samples.SHEETS[name]
    return _kept(
        f"{sheet.cache_name(year)}.webp",
        lambda: calendar_samples.render(sheet, year=year, provider=image_provider("sketch")),
    )


def style_picture(template: StyleTemplate) -> bytes:
    """The WebP of a look, drawn at the first call and again when its words change."""
    style = _look(template)
    return _kept(
        f"{samples.style_cache_name(style)}.webp",
        lambda: samples.render_style(style, provider=image_provider("sketch")),
    )


def _look(template: StyleTemplate) -> Style:
    return Style(template.code, template.prompt_suffix, tuple(template.swatch))


def face_picture(font_code: str) -> bytes:
    """The WebP of a font's name set in itself. Raises KeyError for an unknown font."""
    title = facefiles.title(font_code)
    return _kept(f"face-{facefiles.RECIPE}-{font_code}.webp", lambda: facefiles.render(font_code, title))


def draw_next(year: int) -> bool:
    """Draw one picture that is not kept yet, so that no visitor waits for it. False: all of them are there."""
    for sheet in calendar_samples.SHEETS.values():
        if not _path(f"{sheet.cache_name(year)}.webp").exists():
            sheet_picture(sheet.name, year)
            return True
    for sample in samples.SAMPLES.values():
        for side in sample.sides:
            if not _path(f"{sample.cache_name}-{side}.webp").exists():
                sample_picture(sample.name, side)
                return True
    for template in StyleTemplate.objects.on_offer():
        if not _path(f"{samples.style_cache_name(_look(template))}.webp").exists():
            style_picture(template)
            return True
    return False


def draw_samples(_: str = "") -> Later | None:
    """The job: one picture a turn, because somebody's card may be waiting behind it."""
    return Later(0) if draw_next(next_year()) else None


def next_year() -> int:
    """Sample calendars are always next year's."""
    return timezone.now().year + 1


def _kept(file_name: str, draw: Callable[[], bytes]) -> bytes:
    path = _path(file_name)
    if not path.exists():
        with _drawing:
            if not path.exists():
                write_whole(path, draw())
    return path.read_bytes()


def _path(file_name: str) -> Path:
    return Path(settings.CARDMAKER_HOME) / "samples" / file_name
