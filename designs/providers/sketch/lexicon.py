"""The words the illustrator knows: what they mean, and the words for it (singular; plurals are derived)."""

from collections.abc import Mapping

from designs.providers.sketch.vocabulary import SUBJECTS

# occasion: words | tags of fitting palettes | subjects when none is named (each alternative is one picture's cast)
OCCASIONS = """
birthday: birthday bday birth-day turning party celebrate celebration | birthday party | cake balloon; gift
    balloon bunting; cupcake; hot-air-balloon; bear balloon party-hat; fox balloon gift
christmas: christmas xmas noel yule yuletide advent festive | christmas | christmas-tree gift; robin holly;
    snowman; reindeer; house bauble; penguin gift; wreath
winter: | winter | snowman; penguin; bear; house
hanukkah: hanukkah chanukah | hanukkah | menorah dreidel; menorah; dreidel star
diwali: diwali deepavali | diwali | diya; diya firework; sky-lantern diya
eid: eid ramadan mubarak | eid | crescent lantern; lantern star
lunar: lunar | lunar | lantern; lantern cherry-blossom
newyear: newyear midnight | newyear | firework glasses; glasses; firework
valentine: valentine sweetheart | valentine love | heart rose; fox heart; heart-balloon; flower-heart; bear
    heart; bicycle heart
love: love romance romantic darling iloveyou | love | heart; flower-heart; bird heart; heart-balloon
anniversary: anniversary | anniversary love | rings rose; glasses heart; bicycle heart; flower-heart
wedding: wedding marriage bride groom married engagement engaged bridal | wedding | wedding-cake; rings peony;
    bouquet; glasses; bird heart
thanks: thanks grateful gratitude appreciate | thanks | bouquet; vase; cup teapot; fox daisy; bird envelope
sympathy: sympathy condolence loss grief sorry bereavement remember memory memorial | sympathy | olive-branch;
    lavender; bird; dandelion
getwell: getwell recovery healing | tea thanks calm | cup book; teddy; bouquet; bear cup; smiling-sun
baby: newborn baby christening baptism birthannouncement | baby | teddy; elephant balloon; pram; rabbit; stork;
    hot-air-balloon; lion
graduation: graduation graduate graduating congrats congratulations exam | graduation | mortarboard scroll; owl
    mortarboard; mortarboard balloon
halloween: halloween spooky trick haunted | halloween | jack-o-lantern bat; ghost; cat pumpkin bat; owl bat;
    witch-hat pumpkin
easter: easter | easter spring | rabbit egg; chick egg; egg tulip; sheep daisy
thanksgiving: thanksgiving harvest | thanksgiving autumn | pumpkin; squirrel pumpkin; pumpkin wheat; fox pumpkin
mother: mother mom mum mama mommy mummy grandma grandmother nana granny | mother | bouquet; vase; teapot cup;
    flower-heart; bear heart; cup rose
father: father dad daddy papa grandpa grandfather | metro nature travel | bear; tent; guitar; sailboat; bicycle;
    car
patrick: patrick irish ireland | patricks | clover; rainbow clover
independence: independence | independence | firework; firework star
housewarming: housewarming moving | cozy joy | house; cottage plant-pot; house key
farewell: farewell goodbye leaving retirement retire voyage | travel | hot-air-balloon; sailboat; suitcase
    plane; van
goodluck: goodluck luck lucky | patricks joy | clover; ladybird clover; hot-air-balloon
friend: friend friendship bestie hello hi missing miss hug invitation | joy | dog; bear; cat; fox; bird envelope
kids: kids child children toddler nursery | baby birthday joy | elephant; lion; rocket; giraffe; whale;
    dinosaur; unicorn
"""

SEASONS = {
    "spring": "spring springtime april march may",
    "summer": "summer summertime sunny june july august",
    "autumn": "autumn fall autumnal september october november",
    "winter": "winter wintry wintertime snowy frosty december january february ice icy frost",
}
TIMES = {
    "night": "night midnight nighttime moonlit moonlight starry starlit dark bedtime nocturnal stargazing",
    "dusk": "dusk sunset evening twilight sundown",
    "dawn": "dawn sunrise morning daybreak",
    "day": "day daytime noon daylight",
}
WEATHERS = {
    "snow": "snow snowfall snowstorm blizzard snowing",
    "rain": "rain rainy raining drizzle shower",
    "storm": "storm stormy thunderstorm thunder lightning tempest gale hurricane",
    "sun": "sunshine",
    "leaves": "windy breezy wind breeze windswept",
}
PLACES = {
    "forest": "forest wood woodland jungle grove",
    "mountains": "mountain alp alpine peak hike hiking summit",
    "beach": "beach shore seaside coast sand tropical island",
    "sea": "sea ocean wave harbor harbour bay",
    "underwater": "underwater reef aquarium",
    "lake": "lake pond river stream fjord",
    "garden": "garden backyard greenhouse allotment",
    "meadow": "meadow field prairie countryside pasture hill valley",
    "farm": "farm farmyard barnyard ranch",
    "village": "village hamlet town",
    "city": "city skyline downtown urban street metropolis london paris york tokyo rome skyscraper rooftop",
    "desert": "desert dune sahara arizona",
    "space": "space galaxy universe cosmos cosmic astronaut orbit",
    "kitchen": "kitchen table bakery cafe breakfast stilllife tablescape",
    "room": "room indoors living sofa fireplace armchair hearth fireside",
    "sky": "sky air flying",
    "park": "park playground",
    "camp": "camping camp campfire",
    "vineyard": "vineyard tuscany provence",
    "lapland": "lapland arctic antarctic northpole pole iceberg igloo",
}
MOODS = {
    "calm": "calm peaceful serene quiet gentle soft tender soothing still",
    "joy": "joyful happy cheerful fun funny playful silly bright joy lively vibrant colorful",
    "cozy": "cozy cosy warm snug homely hygge",
    "elegant": "elegant classy refined luxurious sophisticated formal",
    "dreamy": "dreamy magical whimsical enchanted fairytale fairy mystical",
    "retro": "retro vintage nostalgic old-fashioned",
    "modern": "modern minimalist abstract contemporary simple clean",
}
STYLES = {
    "watercolor": "watercolor watercolour aquarelle wash painterly",
    "paper-cut": "papercut papercraft cutout layered collage origami",
    "linocut": "linocut woodcut woodblock blockprint print engraving",
    "mid-century": "midcentury retro fifties sixties atomic",
    "geometric": "geometric lowpoly cubist bauhaus quilt quilted patchwork polygon",
    "night-glow": "nightglow glowing neon luminous glow",
    "botanical": "botanical herbarium naturalist",
    "storybook": "storybook gouache illustrated illustration picturebook",
    "minimal": "minimal minimalist minimalistic simple",
    "ink": "ink brush sumi calligraphic sketch sketched doodle pencil",
    "cyanotype": "cyanotype blueprint sunprint monochrome",
    "gold-foil": "goldfoil foil gilded gilt",
    "risograph": "risograph riso screenprint silkscreen duotone",
    "kraft": "kraft kraftpaper wrappingpaper",
    "pastel": "pastel chalk chalky",
    "stained-glass": "stainedglass glasspane mosaic",
    "folk": "folk folkart rosemaling scandinavian nordic",
    "crayon": "crayon wax childlike scribble scribbled",
    "pop": "pop popart comic halftone",
}
COLORS = {
    "#d9362f": "red crimson scarlet ruby", "#f07f2e": "orange tangerine amber", "#f5bf36": "yellow mustard lemonyellow",
    "#e3b04b": "gold golden", "#3f9a5c": "green emerald", "#2b6b4a": "forestgreen hunter", "#9dbb8a": "sage mint",
    "#7d8a4f": "olivegreen khaki", "#3577c9": "blue cobalt azure sapphire", "#1f3a6e": "navy indigo midnightblue",
    "#7fc0e8": "skyblue babyblue", "#2aa6a1": "teal turquoise aqua cyan", "#8a5cc4": "purple violet plum amethyst",
    "#b9a3e3": "lilac lavendercolor mauve", "#f27ea6": "pink fuchsia magenta", "#f4b8c4": "blush rosepink",
    "#f6a58a": "peach coral salmon apricot", "#d9a08f": "rosegold copper", "#8a5a3c": "brown chocolate caramel bronze",
    "#8f2438": "burgundy maroon claret wine-red", "#c7673f": "terracotta rust", "#f7efe0": "cream ivory beige",
    "#fbfaf6": "white", "#2b2a33": "black charcoal", "#a9adb6": "gray grey silver",
}  # fmt: skip
NUMBERS = {
    "one": 1, "single": 1, "two": 2, "pair": 2, "couple": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "many": 9, "several": 5, "few": 3, "lots": 12, "dozen": 12,
}  # fmt: skip
IRREGULAR = {
    "mice": "mouse", "geese": "goose", "leaves": "leaf", "scarves": "scarf", "wolves": "wolf", "foxes": "fox",
    "sheeps": "sheep", "cacti": "cactus", "daisies": "daisy", "peonies": "peony", "cherries": "cherry",
    "berries": "berry", "babies": "baby", "puppies": "puppy", "kitties": "kitty", "ponies": "pony",
    "bunnies": "bunny", "candies": "candy", "strawberries": "strawberry", "poppies": "poppy",
    "butterflies": "butterfly", "teddies": "teddy", "churches": "church", "octopi": "octopus",
}  # fmt: skip
NEGATIONS = frozenset({"no", "without", "not", "none", "minus", "except", "never", "avoid", "sans"})
ASIDES = frozenset({"a", "an", "any", "the", "of", "very", "some", "more", "other", "too"})
ARTICLES = frozenset({"a", "an", "one", "single", "the", "his", "her", "my", "its"})
# Words that tie the one before to the thing after; `holds` and `with` differ in that only a hat is worn by "with".
LINKS = {
    "on": "on", "upon": "on", "atop": "on", "riding": "on", "rides": "on", "ride": "on", "aboard": "in", "in": "in",
    "inside": "in", "into": "in", "driving": "in", "drives": "in", "steering": "in", "under": "under",
    "beneath": "under", "below": "under",
    "holding": "holds", "holds": "holds", "carrying": "holds", "carries": "holds", "wearing": "holds",
    "wears": "holds", "playing": "holds", "plays": "holds", "drinking": "holds", "eating": "holds", "hugging": "holds",
    "giving": "holds", "bringing": "holds", "having": "holds", "with": "with", "and": "",
}  # fmt: skip
# Things named by what is done with them.
DOINGS = {"reading": "holds", "knitting": "holds", "sailing": "in", "cycling": "on", "gardening": "holds",
          "biking": "on", "sledding": "on", "sledging": "on", "tobogganing": "on", "baking": "holds",
          "painting": "holds", "fishing": "holds"}  # fmt: skip
ACTS = {
    "dancing": "dances", "dance": "dances", "dances": "dances", "waltzing": "dances", "twirling": "dances",
    "jumping": "jumps", "jump": "jumps", "jumps": "jumps", "leaping": "jumps", "hopping": "jumps",
}  # fmt: skip
MONTHS = {
    "january": "penguin; snowman; robin; bear sled", "february": "fox heart; bear cup; owl; penguin",
    "march": "kite; rabbit; bird; sheep", "april": "duck umbrella; bird; rabbit; tulip",
    "may": "butterfly ladybird; bicycle; bee; bouquet", "june": "bee; sailboat; hot-air-balloon; strawberry",
    "july": "ice-cream; sailboat; van; whale", "august": "tent; lighthouse; picnic; sunflower",
    "september": "apple; squirrel; hedgehog; hot-air-balloon", "october": "pumpkin; owl; fox mushroom; squirrel",
    "november": "deer; hedgehog; cup book; owl", "december": "reindeer; robin; house; penguin",
}  # fmt: skip
FILLERS = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "with",
        "and",
        "or",
        "by",
        "from",
        "is",
        "are",
        "be",
        "was",
        "as",
        "it",
        "its",
        "my",
        "our",
        "your",
        "his",
        "her",
        "their",
        "this",
        "that",
        "me",
        "i",
        "we",
        "you",
        "he",
        "she",
        "they",
        "into",
        "over",
        "under",
        "near",
        "beside",
        "behind",
        "between",
        "around",
        "above",
        "below",
        "through",
        "across",
        "card",
        "picture",
        "image",
        "greeting",
        "front",
        "draw",
        "drawn",
        "make",
        "made",
        "show",
        "showing",
        "style",
        "scene",
        "some",
        "very",
        "little",
        "small",
        "big",
        "large",
        "tiny",
        "cute",
        "sweet",
        "lovely",
        "nice",
        "beautiful",
        "pretty",
        "please",
        "background",
        "full",
        "standing",
        "sitting",
        "holding",
        "wearing",
        "playing",
        "having",
        "looking",
        "walking",
        "running",
        "watching",
        "wishing",
        "happy",
        "old",
        "new",
        "year",
        "who",
        "which",
        "where",
        "while",
        "up",
        "down",
        "out",
        "off",
    ]
)


def lines(text: str) -> list[str]:
    """The entries of a table; an indented line continues the one before."""
    return text.strip().replace("\n    ", " ").splitlines()


def table(text: str) -> dict[str, str]:
    """word: meaning, from lines of "meaning: words"."""
    found = {}
    for line in lines(text):
        meaning, _, words = line.partition(":")
        found.update(dict.fromkeys(words.split(), meaning.strip()))
    return found


def inverted(groups: Mapping[str, str]) -> dict[str, str]:
    return {word: meaning for meaning, words in groups.items() for word in words.split()}


SUBJECT_OF = table(SUBJECTS)
OCCASION_OF = {
    word: line.split(":")[0] for line in lines(OCCASIONS) for word in line.split(":")[1].split("|")[0].split()
}
SEASON_OF, TIME_OF, WEATHER_OF, PLACE_OF = inverted(SEASONS), inverted(TIMES), inverted(WEATHERS), inverted(PLACES)
MOOD_OF, STYLE_OF, COLOR_OF = inverted(MOODS), inverted(STYLES), inverted(COLORS)


def occasion_row(occasion: str) -> tuple[frozenset[str], list[list[str]]]:
    """The palette tags of an occasion and the casts to choose from."""
    for line in lines(OCCASIONS):
        name, _, rest = line.partition(":")
        if name == occasion:
            _, tags, casts = rest.split("|")
            return frozenset(tags.split()), [cast.split() for cast in casts.split(";")]
    return frozenset(), []
