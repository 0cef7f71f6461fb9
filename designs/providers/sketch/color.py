"""Color arithmetic in OKLab, where equal steps look equal. Colors are "#rrggbb" strings."""

from functools import lru_cache

Lab = tuple[float, float, float]


def _linear(channel: int) -> float:
    value = channel / 255
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _encoded(value: float) -> int:
    value = min(1.0, max(0.0, value))
    encoded = 12.92 * value if value <= 0.0031308 else 1.055 * float(value ** (1 / 2.4)) - 0.055
    return round(encoded * 255)


def rgb(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


@lru_cache(maxsize=16384)
def argb(color: str, alpha: float = 1.0) -> int:
    """The 32-bit number Skia paints with."""
    red, green, blue = rgb(color)
    return (round(min(1.0, max(0.0, alpha)) * 255) << 24) | (red << 16) | (green << 8) | blue


@lru_cache(maxsize=8192)
def lab(color: str) -> Lab:
    r, g, b = (_linear(channel) for channel in rgb(color))
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    medium = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


@lru_cache(maxsize=8192)
def from_lab(point: Lab) -> str:
    light, a, b = point
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = _encoded(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short)
    green = _encoded(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short)
    blue = _encoded(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short)
    return f"#{red:02x}{green:02x}{blue:02x}"


@lru_cache(maxsize=16384)
def mix(one: str, other: str, share: float) -> str:
    """`share` of `other` in `one`, from 0 to 1."""
    a, b = lab(one), lab(other)
    return from_lab((a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share))


@lru_cache(maxsize=16384)
def shift(color: str, light: float = 0.0, chroma: float = 1.0, warm: float = 0.0) -> str:
    """Lighter by `light` (0.1 is plainly seen), chroma times `chroma`, warmer (towards amber) by `warm`."""
    lightness, a, b = lab(color)
    lightness = min(0.99, max(0.05, lightness + light))
    return from_lab((lightness, a * chroma + 0.45 * warm, b * chroma + warm))


def lightness(color: str) -> float:
    """0 black to 1 white, as it looks."""
    return lab(color)[0]


def distance(one: str, other: str) -> float:
    """How far apart two colors look; 0.02 is just seen, 0.2 is another color."""
    return float(sum((x - y) ** 2 for x, y in zip(lab(one), lab(other), strict=True)) ** 0.5)


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio, 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    red, green, blue = (_linear(channel) for channel in rgb(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
