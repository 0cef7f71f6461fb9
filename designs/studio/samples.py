"""Cards that Cardmaker made itself, for the landing page: real pictures by the built-in illustrator, real lettering."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from designs.imaging.compose import PageSpec, render_page
from designs.imaging.encode import preview_webp
from designs.imaging.geometry import Edges, preview_area
from designs.imaging.lettering import Lettering
from designs.imaging.pictures import srgb_pixels
from designs.providers.base import Done, ImageProvider, ImageRequest, Style

TRIM_W_UM, TRIM_H_UM, SAFE_UM = 127_000, 177_800, 4_763
WIDTH_PX = 720
ART_PX = (720, 1_008)  # within what a draft may measure
STYLE_PROMPT = "A fox among wildflowers in a spring meadow"
STYLE_PX = 480
STYLE_SEED = 1
STYLE_SEEDS: dict[str, int] = {}  # where another drawing shows the look better
RECIPE = 3  # raise it when the illustrator or the lettering changes what samples look like


@dataclass(frozen=True, slots=True)
class Sample:
    """`prompt` is exactly what the studio is started with; `seed` picks the drawing we liked best."""

    name: str
    title: str
    prompt: str
    style: Style
    seed: int
    words: str = ""
    lettering: Lettering = field(default_factory=Lettering)
    inside: str = ""
    inside_lettering: Lettering = field(default_factory=Lettering)

    @property
    def sides(self) -> tuple[str, ...]:
        return ("front", "inside") if self.inside else ("front",)

    @property
    def cache_name(self) -> str:
        """Changes with everything that changes the pixels."""
        return f"{self.name}-{hashlib.sha256(f'{RECIPE}{self!r}'.encode()).hexdigest()[:12]}"


class NotDrawn(RuntimeError):
    """The illustrator did not answer at once. The built-in one always does."""


def render(sample: Sample, side: str, *, provider: ImageProvider) -> bytes:
    """One side as WebP, WIDTH_PX wide, as it would be cut. Raises NotDrawn."""
    area = preview_area(
        trim_w_um=TRIM_W_UM, trim_h_um=TRIM_H_UM, bleed_um=Edges(0, 0, 0, 0), safe_um=SAFE_UM, width_px=WIDTH_PX
    )
    if side == "inside":
        spec = PageSpec(area, words=sample.inside, lettering=sample.inside_lettering)
    else:
        spec = PageSpec(area, art=_art(sample, provider), words=sample.words, lettering=sample.lettering)
    return preview_webp(render_page(spec).pixels)


def style_cache_name(style: Style) -> str:
    return f"style-{style.code}-{hashlib.sha256(f'{RECIPE}{style!r}{STYLE_SEED}'.encode()).hexdigest()[:12]}"


def render_style(style: Style, *, provider: ImageProvider) -> bytes:
    """What a look makes of one and the same prompt, as WebP, square. Raises NotDrawn."""
    side, seed = STYLE_PX, STYLE_SEEDS.get(style.code, STYLE_SEED)
    request = ImageRequest(STYLE_PROMPT, side, side, seed=seed, style=style)
    return preview_webp(srgb_pixels(drawn(request, style.code, provider=provider)))


def drawn(request: ImageRequest, name: str, *, provider: ImageProvider) -> bytes:
    """The one picture that was asked for. Raises NotDrawn."""
    answer = provider.start(request, key=name)
    if not isinstance(answer, Done):
        raise NotDrawn(name)
    return answer.outputs[0].data


def _art(sample: Sample, provider: ImageProvider) -> bytes:
    width_px, height_px = ART_PX
    request = ImageRequest(sample.prompt, width_px, height_px, seed=sample.seed, style=sample.style)
    return drawn(request, sample.cache_name, provider=provider)


SAMPLES = {
    sample.name: sample
    for sample in (
        Sample(
            "lighthouse",
            "For a friend far away",
            "A lighthouse on a rocky coast at sunset, calm sea, two small sailing boats, seagulls",
            Style("watercolor"),
            3,
            words="Thinking of you",
            lettering=Lettering(font="dancing-script", layout="top"),
            inside="Dear Mara,\n\nthe light is still on\nwhenever you want\nto come home.\n\nYours, Jonas",
            inside_lettering=Lettering(font="caveat", size="medium"),
        ),
        Sample(
            "birthday",
            "Birthday",
            "A birthday cake with candles on a table, balloons and paper garlands, cheerful colors",
            Style("paper-cut"),
            4,
            words="Happy birthday, Ella",
            lettering=Lettering(font="fraunces", layout="top"),
        ),
        Sample(
            "winter",
            "Winter greetings",
            "A small cabin in a snowy pine forest at night, warm windows, stars, a full moon",
            Style("night-glow"),
            1,
            words="Season’s greetings",
            lettering=Lettering(font="great-vibes", layout="top"),
        ),
        Sample(
            "flowers",
            "Thank you",
            "A loose bouquet of wildflowers, poppies and daisies in a glass jar on a windowsill",
            Style("botanical"),
            2,
            words="Thank you",
            lettering=Lettering(font="playfair-display", layout="top"),
        ),
        Sample(
            "hills",
            "Wedding",
            "Rolling green hills with two trees and wildflowers on a bright spring morning, a soft sun",
            Style("storybook"),
            2,
            words="Together",
            lettering=Lettering(font="cormorant-garamond", layout="top"),
        ),
        Sample(
            "cat",
            "Get well soon",
            "A sleepy cat on a windowsill beside a cup of tea, rain outside, potted plants",
            Style("ink"),
            2,
            words="Rest. Tea. Repeat.",
            lettering=Lettering(font="nunito", layout="top"),
        ),
        Sample(
            "balloon",
            "New job",
            "A hot air balloon rising over mountains in the early morning, birds, pink clouds",
            Style("geometric"),
            2,
            words="Up you go!",
            lettering=Lettering(font="caveat", layout="top"),
        ),
        Sample(
            "fox",
            "For a small person",
            "A fox and a rabbit having a picnic in an autumn forest, mushrooms, falling leaves",
            Style("storybook"),
            2,
            words="Hello, you!",
            lettering=Lettering(font="dancing-script", layout="top"),
        ),
    )
}
