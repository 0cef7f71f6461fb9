"""What is refused or reviewed in a text, as data: matched on every reading of it, whole words only.

A term may end in "*": any ending. Patterns know groups of people and what is said against them.
"""

from dataclasses import dataclass, field

PROMPT, WORDS = "prompt", "words"
BOTH = frozenset({PROMPT, WORDS})
PROMPT_ONLY = frozenset({PROMPT})
BLOCK, REVIEW = "block", "review"


def terms(listed: str) -> tuple[str, ...]:
    """Terms parted by commas, over as many lines as they need."""
    return tuple(" ".join(term.split()) for term in listed.split(",") if term.strip())


@dataclass(frozen=True, slots=True)
class Rule:
    """Text that is refused or reviewed: any of `terms` or `patterns`, with any of `together` where that is given.

    `unless`: phrases that mean something else and are read over.
    """

    reason: str
    message: str
    terms: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    together_patterns: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    purposes: frozenset[str] = field(default=BOTH)
    action: str = BLOCK


NO_MINORS = "We do not make anything sexual with children."
NOT_EXPLICIT = "We do not make explicit pictures or words."
NO_HATE = "We do not print anything that puts people down for who they are."
NO_THREATS = "We do not print threats or make pictures of cruelty."
KIND = (
    "We cannot make this one. If things are dark right now, you do not have to carry them alone: "
    "findahelpline.com lists people to talk to, free and in your language."
)

MINORS = terms(
    """
    child, children, kid, kids, minor, minors, underage, underaged, preteen*, pre-teen*, teen, teens, teenage*,
    toddler*, baby, babies, infant*, boy, boys, girl, girls, schoolgirl*, schoolboy*, daughter*, son, sons,
    stepdaughter*, stepson*, niece*, nephew*, loli, lolita, shota, kindergart*, pupil, pupils, little one, young one,
    niña, niño
    """
)
AGES = (
    r"\b(?:[1-9]|1[0-7])[ -]?(?:year|yr)s?[ -]?olds?\b",
    r"\b(?:[1-9]|1[0-7]) ?y/?o\b",
    r"\b(?:seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)[ -]year[ -]olds?\b",
    r"\bgrade \d\b",
)
SEXUAL = terms(
    """
    sex, sexual*, sexy, nude, nudes, naked, erotic*, porn*, topless, lingerie, fetish*, seductive*, undress*, nsfw,
    hentai, lewd*, orgasm*, genital*, nudity, provocative*, sensual*, thong, panties, kinky, stripping, striptease,
    without clothes, no clothes, unclothed, bare breasts, spread legs, make out with, making love, molest*, grope*,
    groom*, nackt, desnuda, desnudo, nue
    """
)
INNOCENT_BARE = terms(
    """
    naked mole rat*, naked mole-rat*, naked truth, naked eye, naked cake*, naked neck*, naked juice, naked tree*,
    naked branch*, nude lipstick, nude shade*, nude tone*, nude color*, nude palette, nude heels, nude nail*, sex of
    the baby, sex reveal, baby sex reveal, baby blue, baby grand, girls night*, boys night*, girl power, opposite sex,
    same-sex, same sex, sex and the city, middlesex, essex, sussex, bare knuckle, groom and bride, bride and groom,
    groom to be, groom-to-be, groomsm*, grooms, the groom, dog grooming, pet grooming, cat grooming, grooming salon,
    her groom, his groom, groom's, groom, groomed
    """
)
EXPLICIT = terms(
    """
    porn*, nsfw, hentai, genitals, genitalia, explicit sex, sex scene*, having sex, have sex with, sex position*, oral
    sex, anal sex, orgy, orgies, blowjob*, blow job*, handjob*, hand job*, cumshot*, masturbat*, nude woman, nude
    women, nude man, nude men, nude lady, nude girl*, nude model*, nude couple, nude body, naked woman, naked women,
    naked man, naked men, naked lady, naked ladies, naked girl*, naked people, naked couple, naked body, naked bodies,
    fully nude, full frontal, completely naked, totally naked, bare breasts, bare breasted, exposed breasts, bare
    boobs, exposed nipples, bare nipples, penis, penises, vagina, vulva, dildo*, erection, ejaculat*, gangbang*, gang
    bang, creampie, threesome, bukkake, deepthroat, cunnilingus, fellatio, spread legs, spreading her legs, doggy
    style, doggystyle, cowgirl position, bondage sex, sex toy*, butt plug, strap on, strapon, upskirt, incest,
    bestiality, zoophil*, penetrat* her, penetrat* him, jerking off, jerk off, rule 34, onlyfans, playboy style, femme
    nue, femmes nues, nackte frau*, nackter mann, mujer desnuda, mujeres desnudas, donna nuda, pornografi*, sexfilm,
    fick mich, sexszene
    """
)
SUGGESTIVE = terms(
    """
    sexy, sexual*, nude, nudes, nudity, naked, topless, lingerie, erotic*, seductive*, kinky, fetish*, boudoir,
    stripper*, striptease, pole dancer*, thong, undressing, see-through dress, wet t-shirt, bdsm, dominatrix,
    cleavage, pin-up, busty, huge breasts, big breasts, big boobs, lewd*, nippel*
    """
)
INNOCENT_ART = terms("wet nurse, pin-up board, pin-up style dress")

GROUP = (
    r"(?:jews?|jewish people|muslims?|islamists?|christians|hindus|sikhs|blacks|black people|black men|black women|"
    r"whites|white people|africans|asians|chinese|chinese people|indians|mexicans|latinos|arabs|turks|poles|"
    r"russians|ukrainians|israelis|palestinians|immigrants?|migrants?|refugees?|foreigners|gypsies|gypsy|roma|"
    r"gays?|gay people|gay men|lesbians|homosexuals|trans people|transgenders?|transgender people|queers|"
    r"disabled people|the disabled|autistic people|women|feminists|juden|muslime|ausländer|auslander|schwarze|"
    r"schwule|flüchtlinge|fluchtlinge|juifs|arabes|judíos|judios|negros|maricones)"
)
HARM = (
    r"(?:kill|kills|killing|gas|gassing|exterminate|exterminating|eradicate|lynch|hang|hanging|shoot|burn|behead|bomb|"
    r"deport|eliminate|get rid of|wipe out|cleanse|purge|stab|slaughter|murder|death to|down with|tod den|vergast|"
    r"muerte a|mort aux)"
)
INSULT = (
    r"(?:vermin|subhumans?|animals|pigs|parasites|rats|cockroaches|criminals|terrorists|rapists|inferior|disgusting|filth|"
    r"scum|a disease|a plague|a cancer|monkeys|apes|savages|dirty|evil|stupid|worthless|an abomination|mentally ill|"
    r"not human|less than human|thieves|lazy|abschaum|ungeziefer|unnatural|perverts|pedophiles|trash|garbage)"
)
AGAINST_GROUPS = (
    rf"\b{HARM}(?: (?:all|every|the|those|these|any|more|some|our|of|your|alle|die|los|les)){{0,3}} {GROUP}\b",
    rf"\b{GROUP} (?:people )?(?:are|is|were|sind|son|sont)"
    rf"(?: (?:all|just|nothing but|so|always|the|like|nur|alle)){{0,3}} {INSULT}\b",
    rf"\b{GROUP} (?:should|must|need to|have to|deserve to)(?: (?:all|be|just))*"
    r" (?:die|burn|disappear|killed|shot|hanged|gassed|deported|exterminated)\b",
    rf"\b(?:i|we) (?:hate|despise|loathe)(?: (?:all|the|those))? {GROUP}\b",
    rf"\b(?:no|keep out|ban(?: all)?) {GROUP} (?:allowed|here|in (?:my|our|this)|welcome|from our)\b",
    rf"\b{GROUP} (?:not welcome|go home|go back|get out|out of our|will not replace us|raus)\b",
    rf"\b(?:good|only good) {GROUP} (?:is|are) (?:a )?dead\b",
    r"\bgo back to (?:your country|africa|mexico|china|where you came from)\b",
    r"\bwomen belong in the kitchen\b|\bwomen (?:are|should be) (?:property|slaves|obedient)\b",
    r"\bonly good (?:jew|muslim|indian|black|gay|mexican|immigrant|refugee) is a dead\b",
    r"\byou will not replace us\b",
)
HATE = terms(
    """
    heil hitler, sieg heil, white power, white supremac*, white pride, kkk, ku klux klan, nazi salute, nazi flag, nazi
    symbol*, nazi party, hitler salute, race war, ethnic cleansing, gas chamber*, holohoax, mein kampf, 1488, 14/88,
    hh88, race traitor, white genocide, great replacement, blood and soil, blut und ehre, master race, aryan nation*,
    aryan race, lynching, confederate flag, blackface, minstrel show, final solution, nigger*, nigga*, kike*, faggot*,
    fagg*, chink, chinks, spic, spics, tranny, trannies, wetback*, raghead*, towelhead*, gook, gooks, sandnigger*,
    sand nigger*, coon song, jigaboo*, porch monkey*, darkies, shylock, dyke bitch, dirty jew, dirty jews, dirty
    immigrant*, kanake*, untermensch*, judensau, neger, schwuchtel*, ausländer raus, sale arabe, sale juif, sale noir,
    maricon de mierda, sudaca*, retards
    """
)
INNOCENT_HATE = terms(
    """
    chink in the armor, chink in the armour, chinks in the armor, spic and span, spick and span, faggots and peas,
    porch monkey toy
    """
)
SIGNS = terms(
    """
    swastika*, hakenkreuz*, hitler, nazi, nazis, third reich, ss uniform, wehrmacht, klansm*, slave auction
    """
)
SACRED = terms(
    """
    diwali, hindu*, rangoli, puja, jain*, buddhis*, temple, vastu, ganesh*, navratri, housewarming
    """
)

SELF_HARM = terms(
    """
    kill yourself, kill urself, kys, kill myself, killing myself, killing yourself, hang yourself, hang myself,
    hanging myself, slit my wrist*, slit your wrist*, slitting wrist*, slitting my wrist*, cut myself, cutting myself,
    end my life, ending my life, ending it all, end it all, take my own life, taking my own life, taking her own life,
    taking his own life, want to die, wanna die, better off dead, better off without me, no reason to live, do not
    want to live, don't want to live, dont want to live, tired of living, commit suicide, committing suicide, suicide
    note*, suicidal, how to overdose, overdose on, overdosing, self-harm*, self harm*, selfharm*, jump off a bridge,
    jumping off a bridge, jump off the bridge, starve myself, pro ana, pro-ana, thinspo*, goodbye forever everyone,
    ich will sterben, mich umbringen, bring dich um, selbstmord, je veux mourir, me suicider, quiero morir,
    suicidarme, razor blade on wrist*, noose
    """
)
INNOCENT_END = terms(
    """
    suicide squad, suicide prevention, prevent suicide, suicide awareness, suicide survivor*, die laughing, die of
    laughter, died laughing, want to die laughing, want to die of laughter, to die for, dying to, kill myself
    laughing, bungee jump off a bridge, bungee jumping off a bridge, cut myself a slice, cut myself a piece, cut
    myself some slack, cutting myself a slice, cutting myself some slack, cut yourself some slack, want to die of
    embarrassment, end my life as a bachelor, end my life as a single, overdose on cake, overdose on chocolate,
    overdose on cuteness, overdose on sugar, overdosing on cake, overdosing on chocolate, overdosing on cuteness,
    noose knot
    """
)
HURT = r"(?:find and kill|kill|murder|shoot|stab|rape|behead)"
SOMEBODY = (
    r"(?:boss|ex|wife|husband|mother|father|teacher|neighbou?r|president|coworker|classmates?|girlfriend|boyfriend|"
    r"mother-in-law)"
)
THREATS = (
    r"\b(?:i will|i'll|ill|i am going to|i'm going to|im going to|gonna|we will|we'll)"
    rf" (?:{HURT}|hurt|strangle|burn) (?:you|her|him|them|your family|everyone|my {SOMEBODY})\b",
    rf"\b{HURT} (?:my|your|his|her|the) {SOMEBODY}\b",
    r"\b(?:shoot up|bomb|blow up|burn down) (?:the|a|my|your|our)"
    r" (?:school|church|mosque|synagogue|office|hospital|airport|mall|white house)\b",
    r"\byou(?: are|'re|re) (?:going to die|dead meat|a dead (?:man|woman))\b",
    r"\b(?:hope|wish) you (?:die|get cancer|burn in hell)\b",
    r"\b(?:mass|school) shoot(?:ing|er)s?\b",
)
CRUELTY = terms(
    """
    rape, raped, raping, rapist*, behead*, decapitat*, dismember*, disembowel*, torture porn, snuff, mutilat*, gore,
    gory, corpse pile*, bloody corpse*, execution of, hanged man, terrorist attack, suicide bomb*, car bomb, isis
    flag, massacre*, animal cruelty, torturing, strangling
    """
)
INNOCENT_CRUELTY = terms(
    """
    rapeseed, rape seed, rape field*, field of rape, al gore, gore-tex, gore tex, tipper gore, hanged man tarot, snuff
    box*
    """
)

ABUSE = terms(
    """
    loli, lolicon, shota, shotacon, jailbait, child porn*, kiddie porn, cp pics, pedophil*
    """
)
ASSAULT = terms("rape, raped, raping, snuff film, torture porn, isis flag")

RULES = (
    Rule("minors", NO_MINORS, SEXUAL, together=MINORS, together_patterns=AGES, unless=INNOCENT_BARE),
    Rule("minors", NO_MINORS, ABUSE),
    Rule("sexual", NOT_EXPLICIT, EXPLICIT, unless=INNOCENT_BARE),
    Rule("hate", NO_HATE, HATE, patterns=AGAINST_GROUPS, unless=INNOCENT_HATE),
    Rule("self_harm", KIND, SELF_HARM, unless=INNOCENT_END),
    Rule("violence", NO_THREATS, patterns=THREATS),
    Rule("violence", NO_THREATS, ASSAULT, unless=INNOCENT_CRUELTY),
    Rule("hate", NO_HATE, SIGNS, action=REVIEW),
    Rule("violence", NO_THREATS, CRUELTY, unless=INNOCENT_CRUELTY, action=REVIEW, purposes=PROMPT_ONLY),
    Rule("sexual", NOT_EXPLICIT, SUGGESTIVE, unless=INNOCENT_BARE + INNOCENT_ART, action=REVIEW, purposes=PROMPT_ONLY),
)

# What the word list of the package calls bad and people write on cards every day: animals, plants, kisses, mild oaths.
HARMLESS = terms(
    """
    2 girls 1 cup song, alaskan pipeline, ass, asses, baby batter, babeland, ball kicking, bareback, barenaked,
    bastard, bastardized, bbw, beaver cleaver, big black, big knockers, bimbos, birdlock, blonde action, blonde on
    blonde action, bollocks, bondage, boob, boobs, bs, busty, butt, cock, cocks, coon, coons, cornhole, cum, darkie,
    deep throat, dick, dingleberries, dingleberry, dog style, domination, ecchi, erotic, escort, eunuch, fecal,
    figging, fingering, girl on, girl on top, god damn, grope, hard core, hardcore, hoe, honkey, hooker, hot chick,
    how to kill, how to murder, huge fat, humping, intercourse, jackass, jelly donut, juggs, kinky, knobbing, lmfao,
    lolita, lovemaking, mf, mr hands, negro, nipple, nipples, nude, nudity, octopussy, omfg, paki, panties, panty,
    pegging, pissed, pissing, playboy, pleasure chest, poof, poon, prince albert piercing, pussy, quim, rectum,
    rimming, rosy palm, sadism, santorum, scat, scissoring, semen, sex, sexo, sexy, shrimping, simp, skeet, smut,
    snatch, snowballing, spunk, strip club, suck, sucks, suicide girls, sultry women, swastika, swinger, tainted love,
    taste my, tea bagging, threesome, tied up, tight white, tit, tits, titty, tongue in a, topless, tosser, tushy,
    twink, twinkie, undressing, vibrator, violet wand, voyeur, wrapping men, wtf, xx, xxx, a$$, @ss, 4ss, butthole,
    dumbass, rape, raping, rapist, retard, retarded, bastinado, clover clamps, camel toe, lemon party, wet dream,
    yaoi, strappado, shitshow, male squirting, venus mound, mound of venus, brunette action
    """
)
