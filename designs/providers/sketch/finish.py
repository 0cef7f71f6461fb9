"""The last layer over the whole page: paper, light from above, a little dark at the edges."""

from typing import Any

import skia

from designs.providers.sketch.color import argb, mix
from designs.providers.sketch.scene import Scene
from designs.providers.sketch.textures import tile

# style: how strongly paper tooth, vignette and light show
STRENGTHS = {
    "storybook": (0.16, 0.10, 0.06),
    "watercolor": (0.46, 0.03, 0.03),
    "botanical": (0.40, 0.05, 0.03),
    "paper-cut": (0.20, 0.10, 0.07),
    "linocut": (0.30, 0.02, 0.0),
    "mid-century": (0.26, 0.03, 0.0),
    "geometric": (0.08, 0.08, 0.06),
    "night-glow": (0.10, 0.24, 0.0),
    "minimal": (0.06, 0.0, 0.0),
    "ink": (0.42, 0.03, 0.0),
    "cyanotype": (0.44, 0.16, 0.0),
    "gold-foil": (0.10, 0.16, 0.0),
    "risograph": (0.40, 0.0, 0.0),
    "kraft": (0.55, 0.08, 0.0),
    "pastel": (0.50, 0.03, 0.04),
    "stained-glass": (0.06, 0.14, 0.06),
    "folk": (0.24, 0.06, 0.0),
    "crayon": (0.30, 0.0, 0.0),
    "pop": (0.10, 0.0, 0.0),
}


def finish(canvas: Any, scene: Scene) -> None:
    """Draw the finish in page coordinates; cheap, since it is three full-page paints at most."""
    tooth, dark, light = STRENGTHS[scene.style]
    if tooth:
        paper = skia.Paint(Shader=tile("paper", 0.9), BlendMode=skia.BlendMode.kSoftLight)
        paper.setAlphaf(tooth)
        canvas.drawPaint(paper)
    if dark:
        edge = argb(mix(scene.palette.deep, "#000000", 0.2), dark)
        _radial(
            canvas,
            scene,
            [argb(scene.palette.deep, 0), argb(scene.palette.deep, 0), edge],
            skia.BlendMode.kMultiply,
        )
    if light and not scene.palette.night:
        glow = argb(scene.palette.glow, light)
        shader = skia.GradientShader.MakeRadial(
            (scene.width * 0.25, 0),
            scene.height * 0.8,
            [glow, argb(scene.palette.glow, 0)],
        )
        paint = skia.Paint(Shader=shader, BlendMode=skia.BlendMode.kScreen)
        canvas.drawCircle(scene.width * 0.25, 0, scene.height * 0.8, paint)


def _radial(canvas: Any, scene: Scene, stops: list[int], mode: Any) -> None:
    reach = (scene.width**2 + scene.height**2) ** 0.5 / 2
    center = (scene.width / 2, scene.height / 2)
    shader = skia.GradientShader.MakeRadial(center, reach * 1.04, stops, [0.0, 0.55, 1.0])
    # The middle, where the gradient is clear, is left out: blending nothing costs as much as blending something.
    ring = skia.Path.Rect(skia.Rect.MakeWH(scene.width, scene.height))
    ring.addCircle(*center, reach * 1.04 * 0.54)
    ring.setFillType(skia.PathFillType.kEvenOdd)
    canvas.drawPath(ring, skia.Paint(Shader=shader, BlendMode=mode))
