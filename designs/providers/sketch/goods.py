"""What a product picture is of, and how it is shown: read from the prompt that was planned."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from designs.providers.sketch import lexicon
from designs.providers.sketch.reading import Reading, read, words_of
from designs.providers.sketch.scene import Subject

UNKNOWN = "carton"
# motif: words that mean it in a shop; several words in one with a plus between them
GOODS = """
mug: mug
cup: cup teacup tumbler espresso+cup
teapot: teapot kettle
plate: plate dish platter saucer
bowl: bowl
jug: jug pitcher carafe
vase: vase
jar: scented+candle candle+jar jar
preserve: honey jam marmalade preserves chutney
candle: candle
flask: bottle flask shampoo perfume oil lotion cream wine water+bottle
soap: soap
board: cutting+board chopping+board board tray
notebook: notebook journal diary planner
book: book
tote: tote bag tote+bag shopper handbag
backpack: backpack rucksack
suitcase: suitcase trolley
scarf: scarf shawl
t-shirt: t-shirt tshirt shirt tee top
sweater: sweater jumper pullover cardigan hoodie sweatshirt
socks: socks sock
mittens: mittens mitten gloves glove
hat: hat cap beanie sunhat
shoes: shoes shoe sneakers sneaker boots slippers
cushion: cushion pillow throw+pillow
blanket: blanket throw plaid towel quilt
desk-lamp: lamp desk+lamp table+lamp lampshade
wall-clock: clock wall+clock watch
poster: poster print picture+frame frame painting canvas
planter: planter plant+pot plant flowerpot succulent
necklace: necklace pendant chain bracelet
ring-box: ring rings earrings earring jewelry jewellery
wallet: wallet purse card+holder
puzzle: puzzle jigsaw game
rattle: toy rattle blocks
ball: ball football
guitar: guitar ukulele
camera: camera
umbrella: umbrella parasol
phone-case: phone+case phone phonecase
headphones: headphones headphone earphones speaker
chair: chair stool
armchair: armchair sofa
watering-can: watering+can
globe: globe
yarn: yarn wool knitting+wool
gift: gift+box gift present
bread: gingerbread cookies cookie
cake: cake
cupcake: cupcake muffin
lantern: lantern
picnic: basket hamper
apple: apple
lemon: lemon
key: key keyring keychain
"""
# What can be printed or embroidered on, and the words before what is.
PRINTABLE = frozenset({"mug", "tote", "t-shirt", "sweater", "cushion", "notebook", "phone-case", "poster", "plate"})
BEARS = re.compile(r"\b(?:with|of|showing|featuring)\b(.*)")
LEAD = re.compile(r"^.*?\b(?:picture|photo|image|shot) of\b", re.IGNORECASE)
PICTURED = frozenset({"lemon", "apple", "guitar", "ball", "camera", "umbrella", "globe", "cake", "cupcake", "lantern"})
PAIRED = frozenset({"socks", "mittens", "shoes"})  # two of them are one product
MOST = 4  # of a product side by side
BACKGROUNDS = ("white", "pastel", "wooden", "marble", "linen", "garden", "kitchen", "windowsill")
ANGLES = {"above": "above", "close-up": "close", "low": "low", "three-quarter": "turned", "use": "used"}


@dataclass(frozen=True, slots=True)
class Showing:
    """How a product is shown. Empty words: nothing was said."""

    background: str = ""
    angle: str = ""
    light: str = ""
    season: str = ""
    market: str = ""


def parted(prompt: str) -> tuple[str, str]:
    """What is for sale, and how it is shown: before and after the first semicolon."""
    subject, _, shown = prompt.partition(";")
    return LEAD.sub("", subject), shown


def product_of(prompt: str) -> Subject:
    """The thing for sale with its color; a box with a label for what there is no drawing of."""
    subject, _ = parted(prompt)
    plain = f" {' '.join(re.findall(r'[a-z0-9-]+', subject.casefold()))} "
    # What is named last is the thing; of two words there the longer one: a phone case is no phone.
    found = [(plain.rfind(f" {words} "), len(words), name) for words, name in _words()]
    named = sorted((place for place in found if place[0] >= 0), reverse=True) or [(0, 0, UNKNOWN)]
    name = named[0][2]
    if name in PICTURED and BEARS.search(plain):  # a cushion with lemons is no lemon
        name = next((other for _, _, other in named if other in PRINTABLE), name)
    return Subject(name, _count(plain, name), next(iter(colors_of(prompt)), ""))


def colors_of(prompt: str) -> list[str]:
    """The colors named for the product, in turn; "three mugs in red and blue" has two."""
    words = words_of(parted(prompt)[0])
    return list(dict.fromkeys(lexicon.COLOR_OF[word] for word in words if word in lexicon.COLOR_OF))


def print_of(prompt: str) -> Subject | None:
    """What is printed on a product that can bear it: "a mug with a fox on it"."""
    subject, _ = parted(prompt)
    product, borne = product_of(prompt).motif, BEARS.search(subject.casefold())
    if product not in PRINTABLE or borne is None:
        return None
    return next((one for one in read(borne.group(1)).subjects if one.motif != product), None)


def _count(plain: str, name: str) -> int:
    said = (lexicon.NUMBERS.get(word, 1) for word in plain.split())
    return 1 if name in PAIRED else min(MOST, next((number for number in said if number > 1), 1))


def showing_of(prompt: str) -> Showing:
    said = set(re.findall(r"[a-z]+(?:-[a-z]+)*", parted(prompt)[1].casefold()))
    light = next((name for name in ("studio", "morning", "golden", "candlelight", "cool") if name in said), "")
    seasons = ("spring", "summer", "autumn", "winter", "christmas", "hearts")
    markets = ("minimal", "handmade", "wrapped", "cheerful", "elegant")
    return Showing(
        background=next((name for name in BACKGROUNDS if name in said), ""),
        angle=next((meant for word, meant in ANGLES.items() if word in said), ""),
        light=light,
        season=next((name for name in reversed(seasons) if name in said), ""),
        market=next((name for name in markets if name in said), ""),
    )


def reading_of(prompt: str, negative: str) -> Reading:
    """As other prompts are read, but about the product alone: what stands around it is the composer's."""
    reading = read(parted(prompt)[1], negative)
    reading.subjects, reading.colors, reading.bonds = [product_of(prompt)], [], []
    reading.occasion = reading.place = reading.mood = reading.style = ""
    reading.flowers = False
    return reading


@cache
def _words() -> Sequence[tuple[str, str]]:
    pairs = []
    for line in GOODS.strip().splitlines():
        name, _, words = line.partition(":")
        pairs += [(word.replace("+", " "), name) for word in words.split()]
    return [(form, name) for word, name in pairs for form in (word, f"{word}s")]
