"""Seamless gray tiles, made once per process with numpy; Skia repeats them at any scale."""

from functools import cache
from typing import Any

import numpy as np
import skia

TILE_PX = 512
SAMPLING = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)


def _noise(seed: int, power: float, stretch: float = 1.0) -> Any:
    """Noise whose strength falls with frequency ** power; tiles without a seam. Values spread over 0..1."""
    waves = np.fft.fft2(np.random.default_rng(seed).standard_normal((TILE_PX, TILE_PX)))
    across, down = np.meshgrid(np.fft.fftfreq(TILE_PX), np.fft.fftfreq(TILE_PX) * stretch)
    reach = np.hypot(across, down)
    reach[0, 0] = 1
    field = np.real(np.fft.ifft2(waves / reach**power))
    field -= field.mean()
    return np.clip(0.5 + field / (field.std() * 5), 0, 1)


def _grain() -> Any:
    return _noise(1, 0.15)


def _paper() -> Any:
    return 0.6 * _noise(2, 0.7) + 0.4 * _noise(3, 0.2)


def _wash() -> Any:
    return _noise(4, 1.7)


def _streaks() -> Any:
    """Long thin horizontal marks, as a gouge or a dry brush leaves them."""
    return _noise(5, 0.9, stretch=0.08)


def _speckle() -> Any:
    return np.where(_noise(6, 0.25) > 0.54, 1.0, 0.0)


def _wax() -> Any:
    return np.clip((0.7 * _noise(7, 0.5, stretch=0.12) + 0.3 * _noise(8, 0.2) - 0.44) * 9, 0, 1)


def _dots() -> Any:
    """A comic's screen: round dots in rows that stand in each other's gaps; 16 texels apart."""
    down, across = np.mgrid[0:TILE_PX, 0:TILE_PX] * (np.pi / 16)
    return np.clip((np.cos(across) * np.cos(down) + np.cos(across) * np.cos(down)) * 1.6 + 0.1, 0, 1)


_FIELDS = {"grain": _grain, "paper": _paper, "wash": _wash, "streaks": _streaks}
_MASKS = {"speckle": _speckle, "carved": lambda: np.clip((_streaks() - 0.6) * 14, 0, 1), "wax": _wax, "dots": _dots}


@cache
def _image(name: str) -> Any:
    """Fields are opaque gray; masks are white with alpha. Read-only after this, so threads may share it."""
    levels = np.round((_FIELDS.get(name) or _MASKS[name])() * 255).astype(np.uint8)
    alpha = levels if name in _MASKS else np.full_like(levels, 255)
    # Premultiplied white with alpha a is (a, a, a, a), so one array serves both kinds.
    pixels = np.ascontiguousarray(np.dstack([levels, levels, levels, alpha]))
    info = skia.ImageInfo.Make(TILE_PX, TILE_PX, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
    return skia.Image.MakeRasterCopy(skia.Pixmap(info, pixels.data, TILE_PX * 4)).withDefaultMipmaps()


def tile(name: str, texel: float) -> Any:
    """A shader that repeats the tile, one texel being `texel` local units wide."""
    matrix = skia.Matrix.Scale(texel, texel)
    return _image(name).makeShader(skia.TileMode.kRepeat, skia.TileMode.kRepeat, SAMPLING, matrix)


# skia.Shaders.Blend would say the same, but takes 0.15 s a call in skia-python 144; these are compiled once.
_GRAINED = """
uniform shader base; uniform shader field; uniform half amount;
half4 main(float2 at) {
    half4 color = base.eval(at);
    half lift = (field.eval(at).r - 0.5) * 2.0;
    half3 room = lift > 0.0 ? color.a - color.rgb : color.rgb * (1.0 - color.rgb * 0.86);
    return half4(color.rgb + lift * room * amount, color.a);
}
"""
_MASKED = (
    "uniform shader base; uniform shader field; half4 main(float2 at) { return base.eval(at) * field.eval(at).a; }"
)


@cache
def _effect(source: str) -> Any:
    return skia.RuntimeEffect.MakeForShader(source)


def grained(base: Any, field: Any, amount: float) -> Any:
    """`base` made lighter and darker by a gray tile, by up to `amount` (0 to 1)."""
    return _combined(_GRAINED, base, field, amount)


def masked(base: Any, field: Any) -> Any:
    """`base` only where the mask tile is."""
    return _combined(_MASKED, base, field)


def _combined(source: str, base: Any, field: Any, amount: float | None = None) -> Any:
    builder = skia.RuntimeShaderBuilder(_effect(source))
    if amount is not None:
        builder.setUniform("amount", amount)
    builder.setChild("base", base)
    builder.setChild("field", field)
    return builder.makeShader()
