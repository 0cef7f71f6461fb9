"""The words for subjects, and phrases that become one word. A line: motif: words (singular; plurals are derived)."""

SUBJECTS = """
fox: fox vixen
wolf: wolf husky coyote
cat: cat kitten kitty tabby tomcat
dog: dog puppy pup doggy hound terrier retriever labrador beagle spaniel corgi dachshund poodle pug
rabbit: rabbit bunny hare
mouse: mouse hamster gerbil
bird: bird songbird sparrow bluebird finch swallow parrot canary dove wren nightingale
robin: robin
butterfly: butterfly moth
dragonfly: dragonfly
bee: bee bumblebee honeybee
ladybird: ladybird ladybug
snail: snail
hedgehog: hedgehog porcupine
bear: bear grizzly
panda: panda
owl: owl owlet
deer: deer doe fawn stag elk moose
reindeer: reindeer rudolph
squirrel: squirrel chipmunk
penguin: penguin
elephant: elephant
lion: lion
giraffe: giraffe
sheep: sheep lamb ewe
horse: horse pony mare foal stallion
koala: koala
chick: chick chicken hen
duck: duck duckling mallard
swan: swan goose
flamingo: flamingo
frog: frog toad
pig: pig piglet piggy
cow: cow calf
dinosaur: dinosaur dino trex
unicorn: unicorn
stork: stork
whale: whale orca
fish: fish goldfish clownfish fishing
turtle: turtle tortoise
octopus: octopus squid
jellyfish: jellyfish
starfish: starfish
shell: shell seashell
coral: coralreef
seaweed: seaweed kelp
mermaid-tail: mermaid
daisy: daisy chamomile marguerite
sunflower: sunflower
rose: rose
peony: peony dahlia carnation ranunculus
poppy: poppy
cherry-blossom: blossom sakura
anemone: anemone pansy hibiscus
cosmos: cosmos aster cornflower
poinsettia: poinsettia
tulip: tulip
lavender: lavender
bluebell: bluebell snowdrop
dandelion: dandelion
wheat: wheat corn barley
cotton: cotton
sprig: leaf sprig greenery foliage ivy
eucalyptus: eucalyptus
fern: fern bracken
olive-branch: olive
berries: berry cranberry rowan
holly: holly
mistletoe: mistletoe
monstera: monstera
palm-leaf: jungle
autumn-leaf: maple
oak-leaf: acorn
clover: clover shamrock
pine: pine fir spruce evergreen
christmas-tree: xmastree
round-tree: tree oak elm orchard
poplar: poplar cypress
birch: birch aspen
blossom-tree: cherrytree
bare-tree: baretree
palm: palm
cactus: cactus succulent
mushroom: mushroom toadstool
pumpkin: pumpkin squash
jack-o-lantern: jackolantern
bush: bush hedge shrub
balloon: balloon
heart-balloon: heartballoon
hot-air-balloon: hotairballoon airship
heart: heart
flower-heart: flowerheart
gift: gift present parcel
bunting: bunting garland pennant
party-hat: partyhat
confetto: confetti streamer
glasses: champagne prosecco toast cheers bubbly
rings: ring
crown: crown queen king princess prince tiara
mortarboard: mortarboard cap
scroll: diploma scroll degree
lantern: lantern
sky-lantern: skylantern
diya: diya lamp
menorah: menorah
dreidel: dreidel
cake: cake
wedding-cake: weddingcake
cupcake: cupcake muffin baking
candle: candle candlelight candlelit
ice-cream: icecream gelato sorbet
cup: cup mug coffee tea cocoa
teapot: teapot kettle
apple: apple
strawberry: strawberry
lemon: lemon lime
orange: orangefruit tangerine mandarin clementine
cherries: cherry
bread: gingerbread
candy-cane: candycane
wine: wine bottle
picnic: picnic basket
sun: sun sunshine
smiling-sun: smilingsun
moon: moon
crescent: crescent
star: star
shooting-star: shootingstar comet meteor
cloud: cloud
rainbow: rainbow
snowflake: snowflake
raindrop: raindrop
planet: planet saturn
firework: firework sparkler
kite: kite
snowman: snowman
bauble: bauble ornament
stocking: stocking
mitten: mitten glove
sled: sled sleigh toboggan sledding sledging tobogganing
santa: santa claus
angel: angel
bell: bell
ghost: ghost
bat: bat
witch-hat: witch
egg: egg
house: house home
cottage: cottage cabin hut
church: church chapel
castle: castle palace
lighthouse: lighthouse
windmill: windmill
barn: barn
tent: tent campsite
eiffel: eiffel paris
bridge: bridge
lamp: streetlamp lamppost
bench: bench
signpost: signpost
sailboat: sailboat boat yacht sailing
ship: ship steamer ferry
galleon: galleon pirate schooner
anchor: anchor
car: car beetle automobile
van: van campervan camper
bicycle: bicycle bike cycling biking
train: train locomotive
plane: plane airplane aeroplane aircraft
rocket: rocket spaceship spacecraft
tractor: tractor
scooter: scooter vespa moped
guitar: guitar ukulele
camera: camera photographer
umbrella: umbrella parasol
watering-can: wateringcan gardening gardener
key: key
suitcase: suitcase luggage
globe: globe
paintbrush: paint paintbrush artist painting
ball: football soccer
yarn: yarn knitting wool
hat: sunhat
music: music musician song
book: book reading novel
envelope: letter envelope mail
armchair: armchair
fireplace: fireplace hearth
teddy: teddy
pram: pram stroller pushchair
bottle: babybottle
vase: vase
wall-clock: clock
chair: chair
headphones: headphone
puzzle: puzzle jigsaw
notebook: notebook diary
bouquet: bouquet posy
plant-pot: houseplant potplant
scarf: scarf muffler shawl
santa-hat: santahat
bobble-hat: bobblehat beanie
girl: girl daughter niece sister schoolgirl
boy: boy son nephew brother schoolboy
child: childfigure
woman: woman lady aunt wife girlfriend
man: man gentleman guy uncle husband boyfriend farmer fisherman
grandma: grandmafigure
grandpa: grandpafigure
baby: babyfigure
mother-and-baby: motherandbaby
dancers: dancers
bride: bride
groom: groom bridegroom
bulb: fairylight stringlight lightbulb
"""

PHRASES = {
    "snow man": "snowman",
    "santa hat": "santahat",
    "santa's hat": "santahat",
    "christmas hat": "santahat",
    "woolly hat": "bobblehat",
    "wooly hat": "bobblehat",
    "bobble hat": "bobblehat",
    "winter hat": "bobblehat",
    "flies a kite": "with a kite",
    "flying a kite": "with a kite",
    "flying kite": "with kite",
    "hot air balloon": "hotairballoon",
    "hot-air balloon": "hotairballoon",
    "christmas tree": "xmastree christmas",
    "xmas tree": "xmastree christmas",
    "heart balloon": "heartballoon",
    "heart shaped balloon": "heartballoon",
    "sky lantern": "skylantern",
    "paper lantern": "lantern",
    "paper-lantern": "lantern",
    "floating lantern": "skylantern",
    "birthday cake": "cake birthday",
    "wedding cake": "weddingcake wedding",
    "ice cream": "icecream",
    "party hat": "partyhat",
    "candy cane": "candycane",
    "gingerbread man": "gingerbread",
    "gingerbread house": "gingerbread house",
    "shooting star": "shootingstar",
    "smiling sun": "smilingsun",
    "happy sun": "smilingsun",
    "teddy bear": "teddy",
    "baby bottle": "babybottle",
    "watering can": "wateringcan",
    "coral reef": "coralreef underwater",
    "cherry blossom": "blossom",
    "cherry tree": "cherrytree",
    "fairy light": "fairylight",
    "string light": "stringlight",
    "string of lights": "stringlight",
    "light bulb": "lightbulb",
    "palm tree": "palm",
    "pot plant": "potplant",
    "potted plant": "potplant",
    "carved pumpkin": "jackolantern",
    "jack o lantern": "jackolantern",
    "jack-o-lantern": "jackolantern",
    "street lamp": "streetlamp",
    "oil lamp": "diya",
    "camper van": "campervan",
    "eiffel tower": "eiffel paris",
    "olive branch": "olive",
    "polar bear": "white bear",
    "raven": "black bird",
    "crow": "black bird",
    "magpie": "black bird",
    "blackbird": "black bird",
    "pigeon": "gray bird",
    "seagull": "white bird",
    "gull": "white bird",
    "peacock": "blue bird",
    "cardinal": "red bird",
    "tiger": "orange cat",
    "donkey": "gray horse",
    "zebra": "horse",
    "goat": "white deer",
    "alpaca": "white sheep",
    "llama": "sheep",
    "dolphin": "whale",
    "shark": "whale",
    "tall ship": "galleon",
    "pirate ship": "galleon",
    "sailing ship": "galleon",
    "sea monster": "octopus",
    "christmas pudding": "cake christmas",
    "sun hat": "sunhat",
    "santa claus": "santa",
    "father christmas": "santa",
    "thank you": "thanks",
    "thank-you": "thanks",
    "get well": "getwell",
    "good luck": "goodluck",
    "new baby": "newborn",
    "baby shower": "newborn",
    "new year": "newyear",
    "lunar new year": "lunar",
    "chinese new year": "lunar",
    "mother's day": "mother",
    "mothers day": "mother",
    "father's day": "father",
    "fathers day": "father",
    "valentine's day": "valentine",
    "saint patrick": "patrick",
    "st patrick": "patrick",
    "st. patrick": "patrick",
    "fourth of july": "independence",
    "4th of july": "independence",
    "july 4th": "independence",
    "july fourth": "independence",
    "independence day": "independence",
    "bastille day": "independence",
    "canada day": "independence",
    "bonfire night": "independence firework",
    "guy fawkes": "independence firework",
    "mardi gras": "newyear confetti",
    "carnival": "newyear confetti",
    "labor day": "summer picnic",
    "memorial day": "summer picnic",
    "earth day": "spring globe",
    "three kings": "christmas star",
    "epiphany": "christmas star",
    "boxing day": "christmas gift",
    "saint nicholas": "christmas santa",
    "st nicholas": "christmas santa",
    "groundhog day": "winter squirrel",
    "midsummer": "summer wreath",
    "mid-autumn festival": "lunar moon lantern",
    "oktoberfest": "autumn bread",
    "cinco de mayo": "spring cactus guitar",
    "day of the dead": "halloween candle",
    "holi": "spring confetti",
    "kwanzaa": "winter candle",
    "rosh hashanah": "autumn apple",
    "passover": "spring cup",
    "new home": "housewarming house",
    "bon voyage": "farewell",
    "mid-century": "midcentury",
    "mid century": "midcentury",
    "paper-cut": "papercut",
    "paper cut": "papercut",
    "lino cut": "linocut",
    "water color": "watercolor",
    "water colour": "watercolor",
    "night glow": "nightglow",
    "crescent moon": "crescent",
    "gold foil": "goldfoil",
    "gold-foil": "goldfoil",
    "stained glass": "stainedglass",
    "stained-glass": "stainedglass",
    "folk art": "folkart",
    "pop art": "popart",
    "kraft paper": "kraftpaper",
    "screen print": "screenprint",
    "pen and ink": "ink",
    "story book": "storybook",
    "falling leaves": "maple autumn",
    "falling leaf": "maple autumn",
    "autumn leaves": "autumn maple",
    "under the sea": "underwater",
    "under water": "underwater",
    "outer space": "space",
    "at night": "night",
    "navy blue": "navy",
    "light blue": "skyblue",
    "sky blue": "skyblue",
    "dark green": "forestgreen",
    "dark blue": "navy",
    "rose gold": "rosegold",
    "lily of the valley": "bluebell",
    "grave stone": "",
    "red nose": "reindeer",
    "still life": "stilllife",
    "hen party": "wedding",
}
