"""Words that say "this is an address", in the languages of the countries we ship to. Small letters, without accents."""


def listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


# After a name: 12 Elm Street, 4 Victor Hugo utca.
AFTER = listed(
    """
    street st avenue ave av road rd lane ln drive dr boulevard blvd court ct terrace ter highway hwy parkway pkwy
    close crescent cres way place pl square sq circle cir trail trl pike row walk mews gardens gdns grove alley plaza
    turnpike expressway freeway quay wharf esplanade bypass causeway cul-de-sac utca u ut utja ter korut setany ulica
    ul cesta trg namesti nabrezi trida gade vej alle straede gatan vagen gata vegen veien tie katu kuja polku straat
    laan weg plein gracht strasse str gasse platz allee ring damm ufer steig tori caddesi sokak dori chome
    """
)
# After a name too, and in many other places besides: they count where more speaks for an address.
AFTER_MAYBE = listed(
    """
    hill hills loop point pointe ridge run pass path crossing station stravenue spur fork forks junction mission route
    rapids island islands isle key keys knoll knolls lake lakes landing light lights locks lodge manor manors meadow
    meadows mill mills mount mountain mountains neck orchard oval overpass park parks passage pine pines plain plains
    port ports prairie radial ramp ranch rest river shoal shoals shore shores skyway spring springs stream summit
    throughway trace track trafficway tunnel underpass union unions valley valleys via viaduct view views village
    ville vista walks wall well wells camp cape center centers cliff cliffs club common corner corners course courts
    cove coves creek crest dale dam divide estate estates extension extensions fall falls ferry field fields flat
    flats ford forest forge fort garden gateway glen glens green greens groves harbor harbors haven heights hollow
    inlet bend bluff bluffs bottom branch bridge brook brooks burg burgs beach bayou
    """
)
# Before a name: Rue de la Paix 3, ul. Okolna 133, C/ Eras 47.
BEFORE = listed(
    """
    rue avenue av boulevard bd chemin allee allees impasse quai cours place passage route via viale piazza piazzale
    corso vicolo largo strada calle c/ cl avenida avda avd paseo plaza camino carrer carretera ronda travesia rua r
    travessa praca alameda estrada ul ulica aleja al os plac strasse odos leoforos jalan jl kampung lorong
    """
)
# At the end of one word: Hauptstrasse, Baarlandhof, Ostbygatan, Hasselvej.
ENDINGS = tuple(
    listed(
        """
    strasse straße str. gasse platz allee damm ufer steig graben markt straat laan plein gracht kade dijk dreef hof
    weg singel gatan gata vagen gränd grand vegen veien vej gade stræde straede alle bakken parken tie katu kuja polku
    braut vegur vellir fjordur fjorður stigen stien holmen haugen lia toften marken strook pad kamp stal
    """
    )
)
UNITS = listed(
    "apt apartment suite ste unit flat room floor fl bldg building appartement app etage lgh tur depto piso dept"
)
ABBREVIATED = AFTER | BEFORE | UNITS | listed("no nr mt ft p.o po p n s e w ne nw se sw sta st.")
LINKING = listed(
    """
    de la le les du des d di da do dos das del della dello degli dei van der den ter ten von vom zum zur am an of the
    y e et und i na nad pod os nan
    """
)
