"""Palettes made by hand. One line each: name: tags | paper deep | sky top, low | land far, mid, near | four accents."""

from dataclasses import dataclass, replace

from designs.providers.sketch.color import contrast, distance, lab, lightness, mix, shift

TABLE = """
robin: christmas winter cozy red green
    | fbf3e6 16332d | 8fb8bd f6e6d2 | b9d0c6 5f917f 24564a | c63d34 e9b44c 2f6b55 f3c9a8
hearth: christmas winter cozy red
    | fff6ea 3a1420 | d8a07a fbe5c8 | d9b596 a35f4a 6d2b2c | b3282d d9a441 1f5a4c f7dcc0
frost: winter christmas calm blue silver
    | f6fafd 15294a | 86acd6 e3effa | c9dcf0 9dbbdc 6b8fbd | 2f5d9c d6e6f7 e27d60 9fb4d0
snowberry: winter calm pink
    | f9f6fa 2a2447 | bcc8ea fbe6e6 | dfe3f2 b7bfdd 7f86b5 | d4476b f0b27a 5b7fb5 f4d9df
firelight: winter cozy orange
    | fbf5ee 1e2a3f | a9bfd4 fde6cc | d5dde6 9fb1c5 5f768f | d9633f f2b95a 3f7f78 f1ddc6
glacier: winter calm blue teal
    | f4fbfb 123545 | 9cd0dc eef8f2 | cfe6e8 93c3ca 4f8a97 | ef7d5a f3c969 2c7f95 d9eef0
cider: autumn cozy orange green
    | fdf5e6 33241c | c9d6c3 fbeeda | dcc59a b98d4e 6f5a2c | c8502d e9a93c 7a3b3f 8f9f63
northern: winter night calm green blue
    | eef7f5 0b1f3b | 12315c 4fa89a | 3b6e8c 25506f 142f4d | 7fe0bf f4d06f b58bd9 e8f3ef
ginger: christmas autumn birthday brown cozy orange
    | fff4e3 3c2015 | f0c79b fde9cf | e0b98d b97a4b 7d4526 | d9632e 8a1f2d f0b541 5d7f55
blossom: spring wedding love birthday baby pink
    | fff6f3 4b2236 | f9cfd3 fff0e6 | e6d3c4 a9bf9a 6d9373 | ee8fa2 f6bfa6 d45d79 fbe08d
meadow: spring summer birthday garden green yellow
    | fffbe9 1f3d2b | a8d8e8 f7f4d5 | bcd9a6 83b86a 3f8151 | f4b92f ef6f5e 5d7fd1 fbe7e0
tulip: spring easter birthday thanks pink orange
    | fffaf2 2c3157 | b7dcec fdeee0 | c7dfb2 8fbf7f 4f8f5c | f2668b f99f48 8f6fd0 fde07a
lilac: spring love wedding calm purple
    | fbf7ff 33254f | c9c0ee f8e9f3 | cfc6e4 9d9ac9 64649d | a678d4 f0a6c3 7cb69a f7dc94
easterlily: easter spring baby calm pastel yellow
    | fffdf2 3b3a5a | cfe6f2 fff6da | d4e6c3 a7cf9c 72ab7d | f7c6d9 f9e07f b6a7e6 8fd0cf
lemonade: summer birthday joy yellow
    | fffbe6 4a2a12 | ffe08a fff6cf | cfe3a1 8cc084 3f8f74 | f7b801 f35b04 e83f6f 38a3a5
seaside: summer beach calm travel blue
    | fdf9ef 0f3350 | 6cc3e0 fbeed3 | 8ccfd0 3f9fb8 1f6d92 | f4845f f9c74f ffffff e8dcc2
lagoon: summer beach joy teal turquoise
    | f3fffb 063b47 | 5fd0cf e9fbe6 | 7ed0b8 2fa79b 12727a | ff7a59 ffd166 f9f4e6 ef5b86
reef: sea underwater blue joy teal
    | eafcff 06294a | 3fb6d9 0f5fa8 | 2a93c4 176ba2 0c3f74 | ff8a5b ffd25e f76c8a 7fe3c4
harvest: autumn thanks thanksgiving orange brown cozy
    | fff5e4 3a2112 | f3c892 fdeed5 | ddb57b b27a3c 74491f | d9541e e7a325 8f2f2a 6d7a3a
maple: autumn calm red orange
    | fdf3e7 2d1b2b | e9b79b fbe8d3 | d8a183 ae5f45 6f2f33 | d94a2b f2a541 7d1f35 5f6f52
forest: autumn summer nature calm green
    | f7f5e8 14291f | b9d3bd f3f0d9 | a9c3a4 5f8a66 28523c | d98a3d e6c35c a34a32 86a86b
moss: nature calm sympathy green
    | f6f6ec 22302a | c8d6cc f2efe2 | b8c8b8 84a08a 51705c | c9a66b a7b89b 7f6a5b e3d3b8
quiet: sympathy calm grey blue
    | f7f6f3 2a3340 | bfcbd6 efebe4 | c3cbd1 95a3b0 647484 | a4b2c4 d8c3b0 7d8ca3 e8dfd5
pearl: wedding sympathy calm white beige gold
    | fffdf8 40382f | e9e2d6 fbf6ec | e2d9ca c6bba5 948a72 | c9a96a d8c4b6 a9b39a efe2c9
champagne: wedding anniversary gold newyear
    | fffaf0 33261a | f0dcb8 fff3dc | e4cfa5 c7a76c 8c6d3c | d4a94a f1dcae b5838d 6d6875
rose: love valentine mother anniversary red pink
    | fff4f3 4a0f24 | f6b8bd ffe7df | efb9b3 cf7b84 923e54 | d7263d f46a7e 8e1b3a ffd0c2
sweetheart: love valentine birthday pink
    | fff5f7 52163b | ffc2d4 ffeee6 | f6c1cf e68aa8 b04f7f | ef476f ff9fb2 9b2c6b ffd6a5
claret: love valentine night red
    | fdeef0 2b0716 | 3c0d25 a83a55 | 7b2340 541530 360b20 | f2545b f7b267 ffd9da c9184a
carnival: birthday joy party rainbow bright
    | fffaf0 27214d | 7fd1f2 fff1c9 | a7e0c4 5cc39a 2f8f83 | f94f6d ffb627 5b5fe0 18b6a4
confetti: birthday party joy baby pastel
    | fffdf8 3a2e5c | cdeafc fff0f0 | d6ecd2 a9d8c0 74b6a6 | ff8fab ffd166 8ec5fc b69df0
jubilee: birthday graduation newyear party blue gold
    | fff9ec 121d45 | 27408b f4c97a | 48629f 2d437c 172554 | f2b134 ed553b 8fb8ed fbe3b5
gala: newyear night party gold black
    | fdf4dc 0d0b1e | 171238 5a3a78 | 3a2a5e 261b46 140e2b | ffc857 e9724c 9d79d6 fff0c2
scholar: graduation thanks blue gold
    | fbf8ef 12264a | a9c6e8 f6ecd4 | b4c6dc 7390b8 34558a | e0a526 1f4e8c c8553d 8fae7e
nursery: baby calm pastel blue
    | fffcf4 34496b | cfe6f5 fff3e2 | d5e6dc a9cfc4 7dad9f | f7c59f f4a7a7 9cc5e8 fbe7a1
cradle: baby calm pastel pink peach
    | fffaf5 553a4c | fbdcd5 fff4e6 | ecd9d0 d0bfb4 a58f86 | f3a6a0 f9d29d b7c9b0 c9b2d6
pumpkin: halloween autumn night orange purple
    | fff0dc 1b1030 | 2d1b4e f08a3c | 5d3a6e 3d2454 23123b | ff7a1a ffc145 8bc34a b388eb
harbor: night calm blue teal orange
    | f2f7f7 08202f | 0f2f4c 5c94a6 | 3b6b80 214a62 112f45 | ff9e6d ffd98a 6ec6c1 e6eef0
aurora: night space dreamy purple green
    | f4f2ff 120c30 | 1c1550 5a78b8 | 4a4a92 2d2c68 181844 | 7fe6c3 f3a6d8 ffd98f a59bf0
midnight: night calm blue star
    | f1f3fb 0a1030 | 0f1a45 4a5c9e | 3a4a86 252f63 131a40 | ffd77a f2a6a0 9fb8f5 dfe6ff
twilight: night dusk calm purple orange
    | fff3ea 1e1538 | 3a2d6b f7a278 | 7a5a93 523c78 2d2150 | ffc06e ff7f7f b69be8 ffe3c2
dawn: dawn morning spring calm peach pink
    | fff8ef 3d2b45 | a9bfe6 ffd9bf | d7b8b8 a98ea6 6b5c7e | ff9f80 ffd08a 7f9ccf fbe6d4
sunset: dusk summer love travel orange red
    | fff3e4 3a1533 | 6d3b6f ffb067 | b8566b 7e355f 471d47 | ff6b4a ffd06b e23e74 ffe6c9
diwali: diwali lantern night gold purple
    | fff4dd 2a0b33 | 3d1150 d9683a | 7e2a63 561a52 330d3a | ffb52e f2603a e83f8a 27a69a
vermilion: lunar newyear love red gold
    | fff4e6 4d0c10 | e0523c ffd9a0 | c8402f a12a22 6e1718 | f2b035 ffe7b8 d8342b 7a1f4a
marigold: diwali wedding joy orange pink
    | fff6e3 3d1030 | f7a13c ffe3a6 | e8806a b5477a 6d2358 | ff9a1f e0348b ffd45a 2a9d8f
lunar: lunar newyear red gold lantern
    | fff3df 4a0a12 | b71f2b f2784b | a8222f 7f1522 560c18 | f6b93b ffe0a3 d92f2f 2b7a6b
emerald: eid ramadan night green gold
    | fbf7e6 07302c | 0e4a46 7bb79b | 2f7a6b 17584f 0a3a36 | f0bf57 e9e4c9 57b59b d98c5f
hanukkah: hanukkah winter night blue silver gold
    | f7f9ff 0d1f4d | 1d3a80 9db9ea | 5f80c4 36559c 1b3570 | f5c451 dfe8fb 6f9ae8 ffffff
clover: patricks spring green joy
    | fbfbea 103622 | b5e0c0 f6f6d4 | a7d79c 58ad63 1f7a43 | f2b632 2f9e54 e98a4b dff0c4
parade: independence summer party red blue white
    | fdf9f2 12234a | 2b4a86 f3d9c4 | 6b86b8 3d5a94 1d3568 | d7313f f7f3ea 5b86d6 f2b84b
olive: nature thanks calm green beige
    | faf6e9 2f2f1c | d7dcc3 f7f0dc | c8cda8 9aa36f 676f3f | c97b4a e0b65c 7d8a4f a8584a
terracotta: thanks calm travel desert orange pink
    | fff5ea 3f2018 | f6c9a8 fdebd7 | e6a883 c8744f 8c4530 | d1603d e9a15b 3f7d78 f3d5b5
cactus: desert summer joy green pink
    | fff7ec 233a35 | fbd3b4 fff0dd | efbd97 d79472 7fa387 | ef6f6c 4f9d7d f9c74f b76e9b
ink: calm modern black white grey
    | fbfaf6 16181d | dfe3e6 f6f4ee | cfd3d6 9aa1a8 4d545c | d8433b 2b3038 a3a9b0 e9e5db
nordic: winter calm modern blue red
    | faf8f4 1d2b3a | c5d7e3 f4efe6 | c4d3da 8fa9b5 3f5f70 | cf4f3f e8c07d 35566b dfe6e4
plum: mother birthday calm purple pink
    | fdf5f6 2f1638 | d9b6d6 fce8e4 | cfaecb 9c719f 64406d | a4478d ee9480 6f8f72 f6d3a2
citrus: summer thanks joy orange green yellow
    | fffcea 26402a | bfe5d4 fff4c7 | c3e09c 85bf63 3c8a4a | ff8c1a ffd23f ef5a3c 2fa36b
berry: summer birthday thanks pink red purple
    | fff6f5 3a1034 | f3c7d8 fff0e8 | d3d6b4 98b58a 577f65 | c2255c 7b2d8e f08ba3 f9d17d
starship: space night joy purple blue
    | f3efff 0c0a2a | 120f3d 4f2f86 | 3b2c7a 281d5c 150f3a | ff9f5a 5fd4e8 f46fb0 ffe38f
metro: city modern travel blue orange
    | fbf6ec 1b2a41 | 8fb6d9 fbe3c6 | a9bfd3 6d89a8 324a68 | ee6c4d f6bd60 3d7ea6 e6e2d8
gingham: picnic summer thanks red blue joy
    | fffaf0 213052 | b5daf0 fff3d9 | c0dcaa 83b56e 47804e | e4483f f7c04a 4a74c9 fce3d2
tea: thanks calm mother cozy beige pink
    | fdf6ec 46302b | e8d3c3 faf0e3 | dcc7b4 b79c88 7d6657 | c97f72 d9b08c 8f9f86 efd9cb
"""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colors by the part they play. `paper` and `deep` carry words on each other; `glow` is the light. `lamps`: it is
    late enough for a light in the windows, whether or not the sky is dark."""

    name: str
    tags: frozenset[str]
    paper: str
    deep: str
    sky: tuple[str, str]
    land: tuple[str, str, str]
    accents: tuple[str, str, str, str]
    glow: str = "#ffe2a0"
    night: bool = False
    lamps: bool = False

    @property
    def is_dark(self) -> bool:
        return lightness(self.sky[0]) < 0.5

    @property
    def bright(self) -> tuple[str, ...]:
        """The accents that stand out from paper, strongest first; never empty."""
        seen = [accent for accent in self.accents if distance(accent, self.paper) > 0.12]
        return tuple(seen or self.accents)

    def recolored(self, change: "Recoloring") -> "Palette":
        return replace(
            self,
            paper=change(self.paper),
            deep=change(self.deep),
            sky=(change(self.sky[0]), change(self.sky[1])),
            land=(change(self.land[0]), change(self.land[1]), change(self.land[2])),
            accents=tuple(map(change, self.accents)),  # type: ignore[arg-type]  # always four
            glow=change(self.glow),
        )

    def at_night(self) -> "Palette":
        """The same place after dark: sky and land go blue and deep, accents keep enough light to be read."""
        if self.night:
            return self
        top, low = self.sky
        return replace(
            self,
            sky=(mix(_lit(top, 0.24), "#0b1440", 0.68), mix(_lit(low, 0.46), "#33407f", 0.6)),
            land=(
                mix(_lit(self.land[0], 0.4), "#2b3870", 0.6),
                mix(_lit(self.land[1], 0.3), "#1b2556", 0.6),
                mix(_lit(self.land[2], 0.22), "#0f1638", 0.6),
            ),
            glow="#ffd889",
            night=True,
        )

    def washed(self, color: str) -> "Palette":
        """Sky, land and paper take some of a color, so that it is felt everywhere and not only in the accents."""
        top, low = self.sky
        return replace(
            self,
            paper=mix(self.paper, color, 0.05),
            sky=(mix(top, color, 0.28), mix(low, color, 0.12)),
            land=(
                mix(self.land[0], color, 0.34),
                mix(self.land[1], shift(color, -0.06), 0.36),
                mix(self.land[2], shift(color, -0.18), 0.34),
            ),
        )

    def with_accents(self, colors: list[str]) -> "Palette":
        """The colors that were asked for come first, as they are; the nearest of the old ones give way.

        Of two that were asked for the others are tints: a third color would spoil what was meant.
        """
        if len(colors) > 1:
            kept = [mix(color, self.paper, 0.45) for color in colors[:2]]
            return replace(self, accents=tuple((colors + kept)[:4]))  # type: ignore[arg-type]  # always four
        kept = sorted(self.accents, key=lambda accent: -min((distance(accent, color) for color in colors), default=1))
        return replace(self, accents=tuple((colors + kept)[:4]))  # type: ignore[arg-type]  # always four


def _lit(color: str, light: float) -> str:
    _, a, b = lab(color)
    return shift(color, light - lightness(color), 0.9 if abs(a) + abs(b) < 0.2 else 0.7)


@dataclass(frozen=True, slots=True)
class Recoloring:
    """One change to a whole palette: lighter, stronger, warmer (each 0 or 1 = no change)."""

    light: float = 0.0
    chroma: float = 1.0
    warm: float = 0.0

    def __call__(self, color: str) -> str:
        return shift(color, self.light, self.chroma, self.warm)


def _parse(line: str) -> Palette:
    head, ends, sky, land, accents = (part.split() for part in line.split("|"))
    hexes = [[f"#{color}" for color in group] for group in (ends, sky, land, accents)]
    return Palette(
        name=head[0].rstrip(":"),
        tags=frozenset(head[1:]),
        paper=hexes[0][0],
        deep=hexes[0][1],
        sky=(hexes[1][0], hexes[1][1]),
        land=(hexes[2][0], hexes[2][1], hexes[2][2]),
        accents=(hexes[3][0], hexes[3][1], hexes[3][2], hexes[3][3]),
        night="night" in head[1:],
    )


PALETTES = {palette.name: palette for palette in map(_parse, TABLE.strip().replace("\n    ", " ").splitlines())}


def words_contrast(palette: Palette) -> float:
    """How well `deep` reads on `paper` (WCAG ratio)."""
    return contrast(palette.paper, palette.deep)
