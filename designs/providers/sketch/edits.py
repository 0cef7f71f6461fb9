"""What an instruction changes in a spec. Everything it does not name stays as it was."""

import re
from collections.abc import Callable
from dataclasses import replace

from designs.providers.sketch import lexicon
from designs.providers.sketch.choose import FLORAL, TREES
from designs.providers.sketch.motifs import motifs
from designs.providers.sketch.reading import words_of
from designs.providers.sketch.scene import Spec, Subject

TONES: dict[str, dict[str, float]] = {
    "warmer": {"warm": 0.025}, "warm": {"warm": 0.025}, "sunnier": {"warm": 0.02, "light": 0.02},
    "cooler": {"warm": -0.025}, "colder": {"warm": -0.03}, "cool": {"warm": -0.025},
    "brighter": {"light": 0.05}, "lighter": {"light": 0.06}, "darker": {"light": -0.07},
    "colorful": {"chroma": 1.25}, "vivid": {"chroma": 1.25}, "vibrant": {"chroma": 1.25}, "saturated": {"chroma": 1.25},
    "bolder": {"chroma": 1.2}, "softer": {"chroma": 0.82, "light": 0.03}, "paler": {"chroma": 0.75, "light": 0.04},
    "muted": {"chroma": 0.72}, "calmer": {"chroma": 0.8}, "pastel": {"chroma": 0.75, "light": 0.05},
}  # fmt: skip
MORE = frozenset({"more", "add", "extra", "plenty", "another"})
FEWER = frozenset({"fewer", "less"})
REMOVE = frozenset({"remove", "delete", "drop", "lose", "without", "no", "erase", "hide"})
BIGGER = frozenset({"bigger", "larger", "big", "large", "huge", "closer", "enlarge"})
SMALLER = frozenset({"smaller", "tinier", "small", "tiny", "shrink"})
# Words that mean many motifs at once.
GROUPS = {
    "flower": ["flower", *FLORAL], "bloom": ["flower", *FLORAL], "snow": ["snowfall", "snowflake"], "tree": TREES,
    "animal": [], "light": ["bulb", "bokeh", "stars"], "star": ["star", "stars", "twinkle"],
}  # fmt: skip

Change = Callable[[Spec, list[str]], Spec]


def changed(spec: Spec, instruction: str, variation: int = 0, style: str = "") -> Spec:
    """The spec after the instruction. `variation` tells several answers to one instruction apart.

    An instruction with no word we know varies the accents a little and says so in the notes.
    """
    words = words_of(instruction)
    result = spec
    for step in (_tones, _style, _time_and_season, _amounts, _sizes, _colors):
        result = step(result, words)
    if result == spec:
        result = _varied(spec, 1)
        result = replace(
            result,
            notes=(*spec.notes, f"“{instruction.strip()[:80]}” was not understood; the colors were varied."),
        )
    elif style and result.style == spec.style:
        result = replace(result, style=_known_style(style) or result.style)
    return _varied(result, variation)


def _known_style(code: str) -> str:
    return code if code in lexicon.STYLES else ""


def _varied(spec: Spec, times: int) -> Spec:
    """Small turns of color, for candidates of one instruction."""
    if not times:
        return spec
    step = (0.012, -0.012, 0.02, -0.02)[times % 4]
    return replace(spec, warm=spec.warm + step, chroma=spec.chroma * (1 + 0.06 * (times % 3)))


def _tones(spec: Spec, words: list[str]) -> Spec:
    twice = 1.6 if "much" in words or "lot" in words else 0.5 if {"slightly", "bit", "little"} & set(words) else 1.0
    for word in words:
        change = TONES.get(word, {})
        spec = replace(
            spec,
            warm=max(-0.08, min(0.08, spec.warm + twice * change.get("warm", 0))),
            light=max(-0.2, min(0.16, spec.light + twice * change.get("light", 0))),
            chroma=max(0.3, min(1.8, spec.chroma * change.get("chroma", 1) ** twice)),
        )
    return spec


def _style(spec: Spec, words: list[str]) -> Spec:
    style = next((lexicon.STYLE_OF[word] for word in words if word in lexicon.STYLE_OF), "")
    return replace(spec, style=style) if style else spec


def _time_and_season(spec: Spec, words: list[str]) -> Spec:
    removing = bool(REMOVE & set(words))
    for word in words:
        if word in lexicon.TIME_OF and word not in TONES:
            spec = replace(spec, time=lexicon.TIME_OF[word])
        if word in lexicon.SEASON_OF and not removing:
            spec = replace(spec, season=lexicon.SEASON_OF[word])
        if word in lexicon.WEATHER_OF and word != "sunshine":
            spec = replace(spec, weather="none" if removing else lexicon.WEATHER_OF[word])
    return spec


def _names(word: str) -> list[str]:
    if word in GROUPS:
        return GROUPS[word]
    return [lexicon.SUBJECT_OF[word]] if word in lexicon.SUBJECT_OF else []


def _amounts(spec: Spec, words: list[str]) -> Spec:
    mode = ""
    for word in words:
        if word in MORE or word in FEWER or word in REMOVE:
            mode = "more" if word in MORE else "fewer" if word in FEWER else "remove"
        elif mode and _names(word):
            spec = {"more": _more, "fewer": _fewer, "remove": _without}[mode](spec, _names(word))
    return spec


def _more(spec: Spec, names: list[str]) -> Spec:
    more = {**spec.more, **{name: round(spec.more.get(name, 1.0) * 1.8, 3) for name in names}}
    kept = tuple(name for name in spec.removed if name not in names)
    spec = replace(spec, more=more, removed=kept)
    fresh = [name for name in names[:1] if name in motifs() and all(subject.motif != name for subject in spec.subjects)]
    return replace(spec, subjects=(*spec.subjects, *(Subject(name) for name in fresh)))


def _fewer(spec: Spec, names: list[str]) -> Spec:
    return replace(spec, more={**spec.more, **{name: round(spec.more.get(name, 1.0) * 0.5, 3) for name in names}})


def _without(spec: Spec, names: list[str]) -> Spec:
    return replace(spec, removed=tuple(dict.fromkeys((*spec.removed, *names))))


def _sizes(spec: Spec, words: list[str]) -> Spec:
    factor = 1.35 if BIGGER & set(words) else 0.72 if SMALLER & set(words) else 1.0
    if factor == 1.0:
        return spec
    present = {subject.motif for subject in spec.subjects} | {"sun", "moon", "cloud", "tree", *TREES}
    named = [name for word in words for name in _names(word) if name in present]
    names = named or [subject.motif for subject in spec.subjects[:1]]
    scales = {
        **spec.scales,
        **{name: round(min(2.2, max(0.4, spec.scales.get(name, 1.0) * factor)), 3) for name in names},
    }
    return replace(spec, scales=scales)


def _colors(spec: Spec, words: list[str]) -> Spec:
    """A color next to a subject tints it; alone it leads the palette."""
    for number, word in enumerate(words):
        if word not in lexicon.COLOR_OF or (number and words[number - 1] in REMOVE):
            continue
        color = lexicon.COLOR_OF[word]
        around = [
            near for near in words[max(0, number - 4) : number + 3] if near in lexicon.SUBJECT_OF and near != word
        ]
        named = {lexicon.SUBJECT_OF[near] for near in around}
        if any(subject.motif in named for subject in spec.subjects):
            tinted = tuple(
                replace(subject, tint=color) if subject.motif in named else subject for subject in spec.subjects
            )
            spec = replace(spec, subjects=tinted)
        else:
            spec = replace(spec, accents=tuple(dict.fromkeys((color, *spec.accents)))[:3])
    return spec


def understood(instruction: str) -> bool:
    """Whether an instruction names anything we can change; for the studio's hints."""
    return bool(re.search(r"\w", instruction)) and changed(_PROBE, instruction).notes == ()


_PROBE = Spec(prompt="", style="storybook", seed=0, composer="landscape", palette="meadow")
