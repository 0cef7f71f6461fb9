"""What admission removes and refuses, as data. Plain words match whole words in any case, accents and common disguises.

A first, simple table: it errs on the side of letting a greeting through and of stopping what nobody prints.
"""

from dataclasses import dataclass

PROMPT, WORDS = "prompt", "words"
BOTH = frozenset({PROMPT, WORDS})
PROMPT_ONLY = frozenset({PROMPT})


@dataclass(frozen=True, slots=True)
class Removal:
    """Personal data to cut out. `label` is said to the person; `check` names a further test of what matched."""

    label: str
    pattern: str
    purposes: frozenset[str] = PROMPT_ONLY
    check: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """Text that is refused: any of `terms`, and any of `together` as well where that is given."""

    reason: str
    message: str
    terms: tuple[str, ...]
    together: tuple[str, ...] = ()
    purposes: frozenset[str] = BOTH


STREET = (
    r"(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|terrace|highway|hwy|parkway|pkwy|close|"
    r"crescent)"
)
NAME_WORD = r"[A-Z][\w'’.-]*"
US_ADDRESS = (
    rf"\b\d{{1,5}}[A-Za-z]?\s+(?:{NAME_WORD}\s+){{1,4}}(?i:{STREET})\b\.?"
    r"(?:,?\s*(?i:apt|suite|unit|#)\.?\s*\w+)?"
    rf"(?:,\s*{NAME_WORD}(?:\s+{NAME_WORD}){{0,2}})?"
    r"(?:,?\s*[A-Z]{2}\s+\d{5}(?:-\d{4})?)?"
)
GERMAN_ADDRESS = (
    r"\b[A-ZÄÖÜ][\wäöüß-]*(?:straße|strasse|str\.|weg|gasse|platz|allee)\s+\d{1,4}[a-z]?"
    r"(?:,?\s*\d{5}\s+[A-ZÄÖÜ][\wäöüß-]+)?"
)
PHONE = r"(?<![\w.-])(?:\+|00)?\d{0,3}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d{2,5}(?:[ .-]\d{2,5}){1,4}(?![\w-])"
IBAN = r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,4})?\b"

# In order: a card number must be tried before the phone number that its middle looks like.
REMOVALS = (
    Removal("an e-mail address", r"(?i)\b[\w.+%-]+@[\w-]+(?:\.[\w-]+)+\b"),
    Removal("a card number", r"(?<![\w+-])\d(?:[ -]?\d){12,18}(?![\w-])", BOTH, check="luhn"),
    Removal("a social security number", r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])", BOTH),
    Removal("a bank account number", IBAN, BOTH, check="digits"),
    Removal("a postal address", US_ADDRESS),
    Removal("a postal address", rf"(?i)\b\d{{1,5}}\s+[a-z]+\s+{STREET}\b\.?(?=\s*(?:,|$|\n))"),
    Removal("a postal address", GERMAN_ADDRESS),
    Removal("a postal address", r"(?i)\bp\.?\s?o\.?\s?box\s+\d+\b"),
    Removal("a postal code", r"\b[A-Z]{2}\s+\d{5}(?:-\d{4})?\b"),
    Removal("a postal code", r"\b[A-Z]{1,2}\d[A-Z\d]?\s+\d[A-Z]{2}\b"),
    Removal("a phone number", PHONE, check="phone"),
    Removal("a phone number", r"(?<![\w.-])\+\d{7,15}(?![\w-])"),
    Removal("a long number", r"(?<!\w)\d{8,}(?!\w)"),
)


def terms(listed: str) -> tuple[str, ...]:
    """Terms parted by commas, over as many lines as they need."""
    return tuple(" ".join(term.split()) for term in listed.split(","))


MINORS = terms(
    """
    child, children, kid, kids, minor, minors, underage, preteen, teen, teens, teenager, toddler, baby, infant,
    boy, girl, schoolgirl, schoolboy, little girl, little boy, young girl, young boy
    """
)
SEXUAL = terms(
    """
    sex, sexual, sexy, nude, naked, erotic, porn, porno, pornographic, topless, lingerie, fetish, seductive,
    undressed, nsfw, hentai, lewd, orgasm, genitals
    """
)
EXPLICIT = terms(
    """
    porn, porno, pornographic, nsfw, hentai, genitals, explicit sex, sex scene, having sex, orgy, blowjob,
    cumshot, masturbating, nude woman, nude man, naked woman, naked man
    """
)
GROUPS = terms(
    """
    jews, muslims, christians, blacks, black people, gays, gay people, lesbians, trans people, immigrants,
    refugees, gypsies, roma, asians, mexicans, arabs, disabled people, women
    """
)
VIOLENCE = terms(
    """
    kill all, kill the, gas the, exterminate, death to, hang the, shoot the, burn the, get rid of the, should
    die, are vermin, are subhuman
    """
)
HATE = terms(
    """
    heil hitler, sieg heil, white power, white supremacy, swastika, kkk, ku klux klan, nazi salute, nazi flag,
    race war, ethnic cleansing, gas chamber, nigger, niggers, kike, kikes, faggot, faggots, chink, chinks, spic,
    spics, tranny, wetback, wetbacks, raghead
    """
)
SELF_HARM = terms(
    """
    kill yourself, kill myself, killing myself, hang yourself, hang myself, slit my wrists, slit your wrists,
    slitting wrists, cut myself, cutting myself, end my life, want to die, commit suicide, how to overdose,
    self-harm, self harm
    """
)
PROTECTED = terms(
    """
    mickey mouse, minnie mouse, donald duck, disney, pixar, winnie the pooh, elsa from frozen, spider-man,
    spiderman, batman, superman, wonder woman, iron man, marvel, star wars, darth vader, baby yoda, grogu, harry
    potter, hogwarts, pokemon, pikachu, super mario, hello kitty, peppa pig, paw patrol, bluey, barbie, snoopy,
    garfield, spongebob, the simpsons, homer simpson, minions, shrek, sesame street, coca-cola, coca cola, nike,
    adidas, lego, taylor swift, beyonce, elon musk, donald trump, joe biden, banksy, studio ghibli
    """
)

RULES = (
    Rule("minors", "We do not make anything sexual with children.", SEXUAL, together=MINORS),
    Rule("sexual", "We do not make explicit pictures or words.", EXPLICIT),
    Rule("hate", "We do not print hate.", HATE),
    Rule("hate", "We do not print hate.", VIOLENCE, together=GROUPS),
    Rule(
        "self_harm", "We cannot make this. If you are struggling, please talk to someone: findahelpline.com.", SELF_HARM
    ),
    Rule(
        "protected_name",
        "“{term}” is a protected name. Describe what you would like to see in your own words.",
        PROTECTED,
        purposes=PROMPT_ONLY,
    ),
)
# Numbers written for letters. Applied only to words that mix both, so that "2024" stays a year.
DISGUISES = str.maketrans("013457@$!", "oieastasi")
