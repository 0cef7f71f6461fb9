"""Alt text: what the picture shows, in one sentence."""

from designs.providers.sketch.motifs import motifs
from designs.providers.sketch.scene import Spec, Subject

WAYS = {
    "landscape": "in a layered landscape",
    "botanical": "framed by leaves and flowers",
    "floating": "floating in an open sky",
    "nightlights": "among lights at night",
    "medallion": "in a medallion",
    "skyline": "before a city skyline",
    "quilt": "in a quilt of shapes",
    "table": "on a table",
    "papercut": "in layers of cut paper",
    "portrait": "large and close, among flowers",
    "ornament": "as a symmetric ornament",
    "sea": "by the sea",
    "album": "in a scene",
    "garlanded": "about an oval frame",
    "clothesline": "under a string of prints",
    "baubles": "with glass baubles",
    "ascent": "under hot-air balloons",
    "patchwork": "in a quilt",
    "gathering": "in a scene",
    "still": "as a product shot",
}
SEASON_TEXT = {"winter": "in winter", "autumn": "in autumn", "spring": "in spring", "summer": "in summer"}
TIME_TEXT = {"night": "at night", "dusk": "at dusk", "dawn": "at dawn"}
PLURALS = {"woman": "women", "man": "men", "child": "children", "baby": "babies"}
NUMBER_TEXT = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}


def description(spec: Spec) -> str:
    shown = [_named(subject) for subject in spec.subjects if subject.motif not in spec.removed][:3]
    what = " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown) if shown else "a calm scene"
    when = TIME_TEXT.get(spec.time) or SEASON_TEXT.get(spec.season, "")
    where = WAYS[spec.composer]
    text = f"{spec.style.replace('-', ' ').capitalize()} illustration: {what} {where}"
    if spec.photos:
        text += ", with your photo" if len(spec.photos) == 1 else f", with {len(spec.photos)} of your photos"
    if when and when.split()[-1] not in where:
        text += f", {when}"
    return f"{text}. {' '.join(spec.notes[-1:])}".strip()


def _named(subject: Subject) -> str:
    title = motifs()[subject.motif].title
    if subject.count > 1:
        plural = PLURALS.get(title) or (title if title.endswith(("s", "fish", "sheep", "deer")) else f"{title}s")
        return f"{NUMBER_TEXT.get(subject.count, 'many')} {plural}"
    article = "an" if title[0].lower() in "aeiou" else "a"
    return title if title.endswith(("s", "confetti", "bunting", "lavender", "grass", "Claus")) else f"{article} {title}"
