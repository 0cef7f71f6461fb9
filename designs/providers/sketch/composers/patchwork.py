"""A quilt of photos and patches."""

from designs.providers.sketch.color import mix
from designs.providers.sketch.composers import keepsake
from designs.providers.sketch.composers.framing import hang
from designs.providers.sketch.composers.quilt import patch
from designs.providers.sketch.stage import Stage


@keepsake("patchwork")
def patchwork(stage: Stage) -> None:
    """Photos and patches in turn; the first row is plain, for words."""
    dice = stage.dice.sub("patchwork")
    stage.quiet = stage.spec.quiet or "top"
    ground = mix(stage.palette.paper, stage.palette.sky[1], 0.25)
    if stage.night:
        ground = mix(stage.palette.deep, stage.palette.land[1], 0.3)
    stage.behind_words = ground
    stage.ground("backdrop", color=ground)
    shots = stage.spec.photos
    columns = (3 if len(shots) <= 6 else 4) + (1 if stage.wide else 0)
    across = stage.width / columns
    first = 0 if stage.is_calendar else 1
    rows = max(2, round(stage.height * (1 if not first else 0.78) / across))
    top = stage.height * (0 if not first else 0.22)
    down = (stage.height - top) / rows
    cells = [(row, column) for row in range(rows) for column in range(columns)]
    wanted = _spread_out(cells, len(shots))
    names = [subject.motif for subject in stage.spec.subjects] or stage.names("bloom", ("peony", "daisy", "rose"), 3)
    for number, (row, column) in enumerate(cells):
        at = (across * column, top + down * row)
        if (row, column) in wanted:
            shot = shots[wanted.index((row, column))]
            hang(stage, "patch-photo", shot, (at[0] + across / 2, at[1] + down / 2), (across - 8, down - 8))
        else:
            patch(stage, dice, at, (across, down), ground, names[number % len(names)])


def _spread_out(cells: list[tuple[int, int]], count: int) -> list[tuple[int, int]]:
    """Every other cell first, as on a chessboard."""
    order = sorted(cells, key=lambda cell: ((cell[0] + cell[1]) % 2, cell))
    even = sum((row + column) % 2 == 0 for row, column in cells)
    if count <= even:
        step = even / count
        return [order[int(number * step)] for number in range(count)]
    return order[:count]
