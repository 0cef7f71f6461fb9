"""Parts that many animals share."""

from designs.providers.sketch.pen import Pen

DARK = "#2b2430"


def eyes(p: Pen, x: float, y: float, radius: float = 2.4, *, closed: bool = False) -> None:
    """Two eyes with a light in them; closed ones smile in their sleep."""
    for side in (-1, 1):
        if closed:
            p.line(
                [(side * x - radius * 1.3, y), (side * x, y + radius), (side * x + radius * 1.3, y)],
                DARK,
                radius * 0.6,
            )
        else:
            p.dot(side * x, y, radius, DARK)
            p.dot(side * x - radius * 0.3, y - radius * 0.35, radius * 0.33, "#ffffff")


def cheeks(p: Pen, x: float, y: float, radius: float, color: str = "#f0837a", alpha: float = 0.45) -> None:
    for side in (-1, 1):
        p.dot(side * x, y, radius, p.nat(color), alpha)


def smile(p: Pen, y: float, width: float = 4.0, thick: float = 0.9, x: float = 0) -> None:
    p.line([(x - width, y), (x - width * 0.5, y + width * 0.42), (x, y)], DARK, thick)
    p.line([(x, y), (x + width * 0.5, y + width * 0.42), (x + width, y)], DARK, thick)


def nose(p: Pen, y: float, width: float = 3.0, color: str = DARK) -> None:
    p.blob([(-width, y - width * 0.45), (width, y - width * 0.45), (0, y + width * 0.75)], color, 0)


def whiskers(p: Pen, x: float, y: float, length: float, color: str, thick: float = 0.5) -> None:
    for side in (-1, 1):
        for rise in (-0.14, 0.04, 0.22):
            p.line([(side * x, y + rise * 10), (side * (x + length), y + rise * length * 1.4 - 1)], color, thick)


def scarf(p: Pen, y: float, half: float, color: str, stripe: str) -> None:
    """A knitted scarf round a neck at y, `half` wide to each side."""
    p.blob([(half * 0.3, y + 2), (half * 0.85, y + 3), (half * 0.95, y + 21), (half * 0.35, y + 22)], color)
    for step in (8, 13, 18):
        p.line([(half * 0.38, y + step), (half * 0.9, y + step - 0.6)], stripe, 1.3)
    p.blob(
        [(-half, y - 3), (0, y - 0.5), (half, y - 3), (half * 1.02, y + 4), (0, y + 7.5), (-half * 1.02, y + 4)],
        color,
    )
    p.line([(-half * 0.9, y + 1.2), (0, y + 4), (half * 0.9, y + 1.2)], stripe, 1.3)
