"""People in a prompt: who is in the picture, and who is only spoken to ("for my mother", "dear Dad")."""

import re
from functools import partial

SHOWN = r"(?= (?:and|with|in|on|at|who|is|are|under|by|near|holding|\w+ing)\b)"
# Words for people, and the words we know for what is drawn. The first that fits is taken.
PEOPLE = (
    (r"(?:mother|mom|mum|mama|mommy|mummy|woman|lady) (?:and|with|holding|hugging|rocking|cradling)"
     r"(?: (?:a|the|her|newborn|new|little|sleeping|small))* (?:baby|newborn|infant)", "motherandbaby mother"),
    (r"it'?s a (?:girl|boy)", "newborn babyfigure"),
    (r"(?:dancing couple|couple (?:is |are )?(?:dancing|waltzing))", "dancers"),
    (r"(?:old|elderly) (?:woman|lady)", "grandmafigure"),
    (r"(?:old|elderly) (?:man|gentleman)", "grandpafigure"),
    (r"(?:grandma|grandmother|granny|nana)" + SHOWN, "grandmafigure mother"),
    (r"(?:grandpa|grandfather|grandad|granddad)" + SHOWN, "grandpafigure father"),
    (r"grandparents", "grandmafigure grandpafigure"),
    (r"(?:mother|mom|mum|mama|mommy|mummy)" + SHOWN, "woman mother"),
    (r"(?:father|dad|daddy|papa)" + SHOWN, "man father"),
    (r"parents", "woman man"),
    (r"family" + r"(?! (?:reunion|tree|recipe|home|house|crest))", "woman man childfigure"),
    (r"couple(?! (?:of|more)\b)", "woman man"),
    (r"two (?:\w+ )?friends", "two womans friend"),
    (r"(?:three|four|five) (?:\w+ )?friends", "three womans friend"),
    (r"(?:children|kids)", "girl boy kids"),
    (r"(?:child|toddler|kid)", "childfigure kids"),
    (r"(?:(?<=a )|(?<=the )|(?<=her )|(?<=his ))(?:little |sleeping |smiling |happy )*baby"
     r"(?=$| (?:and|with|in|on|at|is|\w+ing)\b|[,.;!])", "babyfigure"),
    (r"women", "womans"),
    (r"men", "mans"),
)  # fmt: skip
# Who is spoken to is not drawn: these words before a person.
LEADS = r"(?:for|dear|from|love|happy|birthday|day|you|thanks|hello|hi|miss|best|to (?:my|our|the|his|her))"
BETWEEN = r"(?: (?:my|our|the|a|an|his|her|your|dear|dearest|little|lovely|sweet|beloved|big|best|new|happy))*"
ADDRESSED = re.compile(rf"\b{LEADS}{BETWEEN} $")
SPOKEN_TO = re.compile(
    rf"\b({LEADS}{BETWEEN}) (girl|boy|daughter|son|niece|nephew|sister|brother|woman|lady|aunt|wife|girlfriend|man|"
    r"gentleman|guy|uncle|husband|boyfriend)s?\b"
)


def _shown(words: str, found: re.Match[str]) -> str:
    return found[0] if ADDRESSED.search(found.string[: found.start()]) else f" {words} "


def told(text: str) -> str:
    """The text (lower case) with people as words the lexicon knows; nobody who is only spoken to is left in it."""
    for pattern, words in PEOPLE:
        text = re.sub(rf"\b{pattern}(?![\w-])", partial(_shown, words), text)
    return SPOKEN_TO.sub(r"\1 \2-dear", text)
