"""What stories are told with, as data: themes with a scene for each of twelve sheets, and how the months look where.

Scenes follow "the people": they begin with a verb in -ing or a place, name things that can be drawn, and hold no words
that would have to be written into the picture.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """A kind of year. `words` call for it; `cover` and `scenes`, one for each sheet, go on from who is shown."""

    name: str
    words: frozenset[str]
    cover: str
    scenes: tuple[str, ...]


def theme(name: str, words: str, cover: str, scenes: str) -> Theme:
    told = tuple(" ".join(scene.split()) for scene in scenes.strip().split(";"))
    return Theme(name, frozenset(words.split()), cover, told)


THEMES: tuple[Theme, ...] = (
    theme(
        "travel",
        "travel travels travelling traveling trip journey journeys world tour countries voyage explore explores"
        " exploring adventure adventures abroad backpack wander wandering",
        "standing before a big round globe with suitcases and a paper plane",
        """
        looking over snowy mountains from a wooden train; crossing a stone bridge in a city of canals;
        riding through a valley of blossoming trees; walking below a tall iron tower in the rain;
        sailing along a rocky coast with a lighthouse; having tea in a garden of tulips and windmills;
        swimming beside palm trees on a white beach; riding camels over golden dunes at sunset;
        climbing to a stone castle above vineyards; drifting over a forest in a hot air balloon;
        reading a map in a harbor with old boats; coming home to a cabin with glowing windows
        """,
    ),
    theme(
        "space",
        "space spaceship rocket rockets astronaut astronauts galaxy galaxies planets planet moon mars cosmos cosmic"
        " stars universe",
        "in astronaut suits before a rocket and a large bright planet",
        """
        packing a small rocket in a snowy field; lifting off over sleeping hills;
        floating past a friendly round moon; planting flowers on a green planet;
        having a picnic on a ring of ice and stars; fishing for shooting stars from a cloud;
        surfing on the tail of a comet; repairing a robot under two suns;
        meeting a shy alien in a forest of mushrooms; drawing pictures between the stars;
        steering home through a purple nebula; landing beside a small house in the snow
        """,
    ),
    theme(
        "heroes",
        "hero heroes superhero superheroes heroine cape capes powers rescue rescues saves saving",
        "as heroes with flowing capes above the roofs of a city",
        """
        finding a red cape in a snowy attic; learning to fly above the garden;
        rescuing a kitten from a tall tree; carrying umbrellas to a flooded town;
        holding up an old stone bridge; racing a train through green hills;
        lifting a stranded whale back into the sea; cooling a hot city with a breeze;
        guiding lost birds to the south; lighting a dark forest with lanterns;
        mending the roofs after a storm; sharing soup in a small kitchen after a long day
        """,
    ),
    theme(
        "tales",
        "fairy tale tales fairytale fairytales magic magical wizard wizards dragon dragons castle knight knights"
        " kingdom enchanted princess prince unicorn unicorns myth mythical fantasy",
        "at the gate of a fairy tale castle with a small friendly dragon",
        """
        finding an old key under the snow; crossing a frozen lake to a castle;
        waking a sleeping dragon with flowers; listening to a talking owl in the rain;
        dancing in a ring of mushrooms; riding a white horse through a meadow;
        sailing a walnut boat over a lake; climbing a beanstalk into warm clouds;
        trading apples at a market of gnomes; carrying lanterns through a deep forest;
        warming their hands at a dragon's fire; feasting in a hall full of candles
        """,
    ),
    theme(
        "food",
        "food cook cooks cooking bake bakes baking baker chef chefs kitchen cake cakes eat eating foodie recipes dishes"
        " dinner",
        "in a bright kitchen behind a table full of fruit, bread and cake",
        """
        stirring a big pot of soup; baking heart-shaped cookies;
        rolling pasta on a floury table; decorating a cake with berries;
        picking strawberries in a garden; having a picnic with bread and cheese;
        eating ice cream by the sea; grilling corn in a green garden;
        carrying baskets of apples; carving a large orange pumpkin;
        setting a long table by candlelight; building a gingerbread house
        """,
    ),
    theme(
        "sports",
        "sport sports sporty run runs running marathon bike bikes cycling soccer football tennis ski skiing surf"
        " surfing hike hikes hiking athletes fitness team",
        "cheering with a ball, a bicycle and skis on a green hill",
        """
        skiing down a bright slope; skating on a frozen pond;
        running through a park of crocuses; cycling along a river;
        rowing a small boat on a lake; playing tennis in the sun;
        surfing a long blue wave; playing volleyball on the beach;
        hiking to a mountain hut; kicking a ball through red leaves;
        climbing a wall of warm rock; sledding down a hill at dusk
        """,
    ),
    theme(
        "garden",
        "garden gardens gardening gardener flowers flower plants plant farm farms farmer orchard vegetables bees",
        "in a garden full of flowers, with a watering can and a wheelbarrow",
        """
        feeding birds in a white garden; sowing seeds on a windowsill;
        planting young trees in a row; watering tulips and daffodils;
        resting below a blossoming apple tree; cutting roses at an arbor;
        eating cherries on a ladder; sitting among tall sunflowers;
        filling a cart with vegetables; raking a hill of leaves;
        drinking tea in a greenhouse; tying lights around a fir tree
        """,
    ),
    theme(
        "sea",
        "sea ocean beach island islands sail sails sailing boat boats ship pirate pirates mermaid mermaids diving fish"
        " whale whales dolphin dolphins lighthouse",
        "on a small sailing boat before a lighthouse",
        """
        watching waves from a lighthouse; mending nets in a quiet harbor;
        painting an old wooden boat; sailing out past white cliffs;
        meeting dolphins in clear water; finding a chest on a sandy island;
        diving over a coral garden; building a castle of sand;
        following whales at sunset; sheltering in a cave from a storm;
        steering by the stars; coming home to a harbor full of lights
        """,
    ),
    theme(
        "animals",
        "animals animal zoo safari wildlife jungle forest woods bear bears elephant elephants lion lions penguins",
        "among a fox, a bear, an owl and an elephant",
        """
        sledding with penguins; sharing a scarf with a deer;
        waking a bear with honey; walking ducks through the rain;
        counting lambs in a meadow; reading to a family of foxes;
        riding an elephant through a river; sleeping beside a lion under a tree;
        gathering nuts with squirrels; listening to an owl in the woods;
        building a house for hedgehogs; decorating a tree for the birds
        """,
    ),
    theme(
        "music",
        "music musical band bands concert sing sings singing dance dances dancing guitar piano orchestra song songs",
        "on a small stage with a guitar, a drum and a piano",
        """
        playing the piano by a frosty window; dancing in a warm kitchen;
        playing the violin on a bridge; drumming with the rain;
        singing in a garden of birds; marching with a brass band;
        playing the guitar at a campfire; dancing barefoot on the beach;
        playing the accordion at a market; singing under falling leaves;
        listening to records by lamplight; caroling in a snowy street
        """,
    ),
    theme(
        "history",
        "history historic historical ancient egypt roman romans vikings medieval renaissance dinosaurs dinosaur time"
        " decades past centuries",
        "in front of a wooden time machine with a large clock",
        """
        painting mammoths on a cave wall; building a pyramid in the sun;
        sailing a viking ship; walking through a roman market;
        guarding a stone castle; copying a golden book by candlelight;
        discovering an island from a tall ship; dancing at a ball of the past;
        riding the first steam train; flying an early wooden airplane;
        driving an old car over hills; watching the moon landing at home
        """,
    ),
    theme(
        "art",
        "art arts artist artists paint paints painting paintings museum colors sculpture draw drawing",
        "in a studio full of easels, brushes and bright colors",
        """
        painting the snow in blues and whites; cutting paper hearts;
        drawing the first crocus; painting umbrellas in the rain;
        sketching by a lily pond; painting a field of poppies;
        drawing in the sand; painting sunflowers in the heat;
        sketching a harvest; painting a wood of red and gold;
        modeling clay by a lamp; hanging paper stars in a window
        """,
    ),
)

# What a sheet shows when the sentence calls for none of the themes: the sentence itself, in twelve places of a year.
YEAR = Theme(
    "year",
    frozenset(),
    "together, surrounded by spring blossoms, summer sun, autumn leaves and snow",
    (
        "in a quiet white landscape", "by a warm window", "on a path through the hills", "under an umbrella",
        "in a blossoming garden", "by a calm lake", "on a wide beach", "in a field of tall grass",
        "at a harvest market", "in a colorful forest", "around a table with candles", "before a decorated house",
    ),
)  # fmt: skip

# What the month itself adds, from January on, north and south of the equator; two ways to say it.
NORTH = (
    ("fresh snow and clear cold light", "frost on the branches"),
    ("a pale sun over melting snow", "the first snowdrops"),
    ("crocuses and soft morning light", "young green leaves"),
    ("rain showers and a rainbow", "tulips and drifting clouds"),
    ("blossoming trees in warm light", "a meadow full of flowers"),
    ("long golden evening light", "roses and a blue sky"),
    ("bright summer sun", "high white clouds in a blue sky"),
    ("warm sunset colors", "sunflowers under a hot sky"),
    ("ripe apples and mellow light", "the first golden leaves"),
    ("red and orange leaves in the wind", "mist between colorful trees"),
    ("bare trees and warm lamplight", "morning fog and the last leaves"),
    ("softly falling snow at dusk", "a starry winter night"),
)
SOUTH = NORTH[6:] + NORTH[:6]
SOUTHERN = frozenset({"AU", "NZ", "ZA", "AR", "CL", "UY", "BR", "PY", "BO", "PE", "NA", "BW", "ZW", "MZ", "MG"})

# country -> month -> what its people celebrate; "" is known nearly everywhere
FESTIVE: Mapping[str, Mapping[int, str]] = {
    "": {1: "sparklers for the new year", 2: "paper hearts", 10: "glowing pumpkins", 12: "a decorated fir tree"},
    "US": {7: "fireworks in the evening sky", 11: "a thanksgiving table with pumpkins"},
    "CA": {7: "fireworks and red maple leaves", 10: "a thanksgiving table with pumpkins"},
    "GB": {5: "a maypole with ribbons", 11: "a bonfire with fireworks"},
    "IE": {3: "green ribbons and clover", 11: "a bonfire"},
    "DE": {2: "colorful carnival confetti", 4: "painted eggs in a basket", 12: "a christmas market"},
    "AT": {2: "colorful carnival confetti", 4: "painted eggs in a basket", 12: "a christmas market"},
    "CH": {2: "colorful carnival confetti", 8: "lanterns and a bonfire on a mountain", 12: "a christmas market"},
    "FR": {7: "fireworks over a river", 4: "painted eggs in a basket"},
    "IT": {2: "carnival masks", 8: "a feast under string lights"},
    "ES": {1: "three kings with gifts", 4: "a fair with paper lanterns"},
    "MX": {9: "fireworks and paper flags", 11: "marigolds and candles"},
    "BR": {2: "colorful carnival feathers", 6: "paper flags and a bonfire"},
    "NL": {4: "orange flags and tulips", 12: "a basket of gifts at the door"},
    "SE": {6: "a midsummer pole with flowers", 12: "candles in the windows"},
    "AU": {1: "a barbecue on the beach", 10: "jacaranda blossoms", 12: "gifts under a palm tree"},
    "NZ": {2: "a picnic by the bay", 12: "gifts under a red blossoming tree"},
}
