"""People cut out of their photos, in the scene itself."""

from designs.providers.sketch.color import mix
from designs.providers.sketch.composers import keepsake
from designs.providers.sketch.composers.backdrops import INDOORS, backdrop, front
from designs.providers.sketch.composers.botanical import bloom_tint, flora, green
from designs.providers.sketch.composers.floating import confetti
from designs.providers.sketch.composers.framing import guests
from designs.providers.sketch.composers.landscape import fly, land_colors, undergrowth
from designs.providers.sketch.dice import Dice
from designs.providers.sketch.photos.shots import Shot
from designs.providers.sketch.stage import Stage, height_at, skyline
from designs.providers.sketch.taste import AT_SEA


@keepsake("gathering")
def gathering(stage: Stage) -> None:
    """People cut out of their photos, in the scene: standing, or behind a bank of snow or flowers."""
    dice = stage.dice.sub("gathering")
    stage.quiet = stage.spec.quiet or "top"
    line = backdrop(stage, dice)
    fly(stage)
    shots = [shot for shot in stage.spec.photos if shot.body][:3]
    face = stage.unit * {1: 28.0, 2: 20.0, 3: 15.0}[len(shots)]
    bank = stage.height * (0.80 if not stage.is_calendar else 0.79)
    for number, shot in enumerate(shots):
        x = stage.width * (0.5 + (number - (len(shots) - 1) / 2) * (0.0, 0.37, 0.29)[len(shots) - 1])
        _person(stage, shot, x, bank, face)
    if not all(shot.stands for shot in shots):
        _bank(stage, dice, bank, line)
    for number, name in enumerate(guests(stage)[:2]):
        stage.stand(name, stage.width * (0.82, 0.17)[number], stage.level(0.955), stage.unit * 27, flip=number == 0,
                    snow=stage.snowy)  # fmt: skip
    if stage.spec.occasion in ("birthday", "graduation", "newyear"):
        confetti(stage, dice)
    front(stage)


def _person(stage: Stage, shot: Shot, x: float, bank: float, face: float) -> None:
    """Scaled by the face; those without feet sink a little behind the bank."""
    assert shot.body is not None
    left, top, width, height = shot.body
    scale = face / max(box[3] for box in shot.faces)  # page units a height of the photo
    if shot.stands:
        scale = min(scale, stage.height * 0.5 / height)
    widest = stage.width * (0.84, 0.58, 0.44)[len(stage.spec.photos) - 1]
    scale = min(scale, stage.height * 0.52 / height, widest / (width * shot.ratio))
    high, wide = height * scale, width * scale * shot.ratio
    foot = stage.level(0.93) if shot.stands else bank + min(high * 0.16, stage.unit * 10) + stage.unit
    middle = max(wide / 2 - wide * 0.06, min(stage.width - wide * 0.44, x))
    held = {"shot": shot, "crop": [left, top, width, height], "shade": shot.stands}
    stage.put("cutout", (middle, foot - high / 2), {"w": round(wide, 1), "h": round(high, 1), **held})


def _bank(stage: Stage, dice: Dice, level: float, line: list[list[float]]) -> None:
    """What they stand behind: snow, sand, or a thick bed of flowers."""
    near = land_colors(stage, 3)[-1]
    if stage.spec.place in AT_SEA:
        near = mix(stage.palette.accents[3], "#f0d9ae", 0.6)
    bank = skyline(dice, stage.width, level, stage.unit * 1.4, 6)
    stage.ground("ridge", line=bank, color=near, shade=0.6)
    if stage.spec.place in AT_SEA | INDOORS | {"city", "space", "underwater"}:
        return
    undergrowth(stage, bank, front=True)
    if stage.snowy or stage.spec.style == "minimal":
        return
    blooms, sprigs = flora(stage)
    for number in range(26 if sprigs else 0):
        x = stage.width * (number + dice.between(0.1, 0.9)) / 26
        size = stage.unit * dice.between(12, 19)
        foot = height_at(bank, x) + stage.unit * 5
        turn, tint = dice.spread(0, 26), green(stage, dice)
        stage.add(sprigs[number % len(sprigs)], x, foot - size * 0.3, size, turn=turn, tint=tint)
    for number in range(14 if blooms else 0):
        x, name = stage.width * (number + dice.between(0.1, 0.9)) / 14, blooms[number % len(blooms)]
        y, size = height_at(bank, x) + stage.unit * dice.between(1, 7), stage.unit * dice.between(6, 11)
        stage.add(name, x, y, size, turn=dice.between(0, 360), tint=bloom_tint(stage, name, number))
