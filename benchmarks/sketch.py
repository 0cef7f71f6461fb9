"""The built-in illustrator's times, memory and faithfulness: `python benchmarks/sketch.py [--json]`.

Each measurement runs in a process of its own, so that peak memory is that of one picture.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from dataclasses import replace
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import cv2
import numpy as np

from designs.providers.sketch.choose import chosen
from designs.providers.sketch.composers import compose, composers, keepsakes
from designs.providers.sketch.draw import draw, encode
from designs.providers.sketch.photos.gallery import Gallery
from designs.providers.sketch.provider import found_faces
from designs.providers.sketch.scene import VERSION, Spec, canvas_size

SIZES = {"draft": (768, 768), "final": (4096, 4096)}
LIMITS_S = {"draft": 0.5, "final": 6.0}
MEMORY_LIMIT_MB = 600
LIKENESS_LEAST = 0.9
PROMPTS = (
    ("landscape", "storybook", "a fox and a rabbit in an autumn forest"),
    ("landscape", "paper-cut", "a deer in the winter mountains"),
    ("landscape", "watercolor", "cherry blossoms by the lake"),
    ("papercut", "paper-cut", "a bear in the forest"),
    ("papercut", "stained-glass", "a unicorn and a rainbow"),
    ("botanical", "botanical", "a wreath of peonies"),
    ("nightlights", "night-glow", "fireworks over the city"),
    ("medallion", "linocut", "a hedgehog under a tree"),
    ("quilt", "geometric", "thank you"),
    ("sea", "ink", "a lighthouse and two sailboats"),
    ("table", "crayon", "a birthday cake"),
    ("portrait", "minimal", "a cat with a cup of tea"),
)
# With photos of 12 megapixels, which the illustrator has to look at: composition, style, prompt, how many.
WITH_PHOTOS = (
    ("album", "storybook", "our summer in the garden", 1),
    ("gathering", "watercolor", "the two of us in the mountains", 2),
    ("clothesline", "paper-cut", "our year", 6),
)
FACE = (0.40, 0.22, 0.20, 0.20)


@cache
def photo(number: int) -> bytes:
    """A head and shoulders before a wall: a drawing, so that no photo of a person has to be kept here."""
    width, height = 3000, 4000
    wall = np.random.default_rng(number).integers(60, 170, (height // 8, width // 8, 3), np.uint8)
    pixels = cv2.GaussianBlur(cv2.resize(wall, (width, height), interpolation=cv2.INTER_CUBIC), (0, 0), 30)
    for color, x, y, rx, ry in (((60, 40, 160), 0.5, 1.0, 0.34, 0.45), ((50, 60, 80), 0.5, 0.31, 0.13, 0.13),
                                ((150, 180, 225), 0.5, 0.33, 0.10, 0.10)):  # fmt: skip
        cv2.ellipse(pixels, (round(x * width), round(y * height)), (round(rx * width), round(ry * height)), 0, 0, 360,
                    color, -1)  # fmt: skip
    return cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, 92])[1].tobytes()


def gallery_of(number: int) -> Gallery:
    """As a Run sends them: faces were found when the photo arrived, and nobody looks a second time."""
    count = WITH_PHOTOS[number - len(PROMPTS)][3]
    return Gallery([photo(one) for one in range(count)], found_faces, [[FACE]] * count)


def look_s(number: int) -> float:
    """What arrival took once and no candidate takes: the detector on these photos."""
    pixels = [cv2.imdecode(np.frombuffer(photo(one), np.uint8), cv2.IMREAD_REDUCED_COLOR_4) for one in range(
        WITH_PHOTOS[number - len(PROMPTS)][3])]  # fmt: skip
    found_faces(pixels[0])
    started = time.perf_counter()
    for one in pixels:
        found_faces(one)
    return round(time.perf_counter() - started, 2)


def spec_of(number: int, gallery: Gallery | None):
    if gallery is None:
        composer, style, prompt = PROMPTS[number]
        return replace(chosen(prompt, "", style, 1), composer=composer)
    composer, style, prompt, _ = WITH_PHOTOS[number - len(PROMPTS)]
    spec = chosen(prompt, "", style, 1, gallery=gallery)
    shots = spec.photos if composer != "gathering" else tuple(gallery.with_people(shot) for shot in spec.photos)
    return replace(spec, composer=composer, photos=shots)


def measure(number: int, tier: str) -> dict:
    """One picture, after the motifs and textures were loaded as in a running worker. A candidate with photos decodes
    them and cuts people out afresh, as the first of a Run; what arrival took to find the faces stands beside it."""
    with_photos = number >= len(PROMPTS)
    warm_up(number)
    size = SIZES[tier]
    gallery = gallery_of(number) if with_photos else None
    spec = spec_of(number, gallery) if tier == "final" else None
    started, busy = time.perf_counter(), time.process_time()
    spec = spec or spec_of(number, gallery)
    pixels = draw(compose(spec, canvas_size(*size)), *size, gallery)
    drawn = time.perf_counter()
    data = encode(pixels)
    ended, busy = time.perf_counter(), time.process_time() - busy
    return {
        "tier": tier,
        "size_px": list(size),
        "composer": spec.composer,
        "style": spec.style,
        "prompt": spec.prompt,
        "photos": len(spec.photos),
        "draw_s": round(drawn - started, 2),
        "encode_s": round(ended - drawn, 2),
        "total_s": round(ended - started, 2),
        "cpu_s": round(busy, 2),
        "look_s": look_s(number) if with_photos and tier == "draft" else None,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "file_mb": round(len(data) / 1e6, 1),
        "likeness": likeness(spec, gallery, pixels) if tier == "final" else None,
    }


def warm_up(number: int) -> None:
    composers()
    keepsakes()
    gallery = gallery_of(number) if number >= len(PROMPTS) else None
    draw(compose(spec_of(number, gallery), canvas_size(96, 96)), 96, 96, gallery)


def likeness(spec: Spec, gallery: Gallery | None, final: np.ndarray) -> float:
    """Structural similarity (Gaussian window, 1.5 px) of the final, made as small as its candidate, to it."""
    candidate = draw(compose(spec, canvas_size(*SIZES["draft"])), *SIZES["draft"], gallery)
    small = cv2.resize(final, SIZES["draft"], interpolation=cv2.INTER_AREA)
    one, other = (cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.float64) for picture in (small, candidate))

    def mean(values: np.ndarray) -> np.ndarray:
        return cv2.GaussianBlur(values, (11, 11), 1.5)

    a, b = mean(one), mean(other)
    spread_a, spread_b, shared = mean(one * one) - a * a, mean(other * other) - b * b, mean(one * other) - a * b
    top = (2 * a * b + 6.5025) * (2 * shared + 58.5225)
    return round(float((top / ((a * a + b * b + 6.5025) * (spread_a + spread_b + 58.5225))).mean()), 3)


def measured_apart(number: int, tier: str) -> dict:
    command = [sys.executable, __file__, "--one", f"{number}:{tier}"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def summary(rows: list[dict]) -> dict:
    tiers = {}
    for tier in {row["tier"] for row in rows}:
        mine = [row for row in rows if row["tier"] == tier]
        tiers[tier] = {
            "median_s": sorted(row["total_s"] for row in mine)[len(mine) // 2],
            "worst_s": max(row["total_s"] for row in mine),
            "worst_cpu_s": max(row["cpu_s"] for row in mine),
            "limit_s": LIMITS_S[tier],
            "peak_mb": max(row["peak_mb"] for row in mine),
            "limit_mb": MEMORY_LIMIT_MB,
        }
    least = min((row["likeness"] for row in rows if row["likeness"] is not None), default=1.0)
    quick = all(tier["worst_s"] <= tier["limit_s"] for tier in tiers.values())
    small = all(tier["peak_mb"] <= MEMORY_LIMIT_MB for tier in tiers.values())
    met = quick and small and least >= LIKENESS_LEAST
    return {"version": VERSION, "tiers": tiers, "least_likeness": least, "limit": LIKENESS_LEAST, "met": met}


def main() -> int:
    """0 when every limit is met, 1 when one is not. A busy machine spoils the times: look at the load first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--only", choices=list(SIZES))
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        number, tier = options.one.split(":")
        sys.stdout.write(json.dumps(measure(int(number), tier)))
        return 0
    tiers = [options.only] if options.only else list(SIZES)
    rows = [measured_apart(number, tier) for tier in tiers for number in range(len(PROMPTS) + len(WITH_PHOTOS))]
    found = summary(rows)
    if options.json:
        sys.stdout.write(json.dumps({**found, "rows": rows}, indent=2) + "\n")
        return 0 if found["met"] else 1
    for row in rows:
        sys.stdout.write(
            f"{row['tier']:6} {row['composer']:12} {row['style']:14} {row['total_s']:6.2f} s "
            f"(draw {row['draw_s']:.2f}, cpu {row['cpu_s']:.2f}) {row['peak_mb']:5} MB likeness {row['likeness']}\n"
        )
    sys.stdout.write(json.dumps(found) + f"\nmet: {str(found['met']).lower()}\n")
    return 0 if found["met"] else 1


if __name__ == "__main__":
    sys.exit(main())
