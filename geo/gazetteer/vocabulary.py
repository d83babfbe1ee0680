"""Words that are no names, and names that are no places: what texts are made of besides places."""

from __future__ import annotations

from collections.abc import Mapping


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


COUNTRIES: Mapping[str, str] = {
    "mali": "ML", "burkinafaso": "BF", "burkina": "BF", "niger": "NE", "algeria": "DZ",
    "algerie": "DZ", "mauritania": "MR", "mauritanie": "MR", "senegal": "SN", "guinea": "GN",
    "guinee": "GN", "benin": "BJ", "togo": "TG", "ghana": "GH", "nigeria": "NG",
    "cotedivoire": "CI", "ivorycoast": "CI",
}  # fmt: skip
"""Countries by folded name."""

DEMONYMS: Mapping[str, str] = {
    "malian": "ML", "malien": "ML", "malienne": "ML", "malo": "ML",
    "burkinabe": "BF", "burkinese": "BF", "burkinabee": "BF", "burkinabo": "BF",
    "nigerien": "NE", "nigerienne": "NE", "nigero": "NE",
    "algerian": "DZ", "algerien": "DZ", "algerienne": "DZ", "algero": "DZ",
    "mauritanian": "MR", "mauritanien": "MR", "mauritanienne": "MR", "mauritano": "MR",
    "senegalese": "SN", "senegalais": "SN", "senegalaise": "SN",
    "senegalo": "SN", "guineo": "GN",
    "guinean": "GN", "guineen": "GN", "guineenne": "GN",
    "beninese": "BJ", "beninois": "BJ", "beninoise": "BJ", "benino": "BJ",
    "togolese": "TG", "togolais": "TG", "togolaise": "TG", "ghanaian": "GH", "ghaneenne": "GH",
    "nigerian": "NG", "nigeriane": "NG",
    "ivorian": "CI", "ivoirien": "CI", "ivoirienne": "CI", "ivoiro": "CI",
}  # fmt: skip
"""What is of a country, by folded word, and the first halves of “malo-nigérien”."""

COUNTRY_CODES: Mapping[str, str] = {
    **COUNTRIES,
    **DEMONYMS,
    **{f"{name}s": code for name, code in DEMONYMS.items()},
}
"""Codes by the folded name of a country or of what is of it, one or many."""

RIVERS = _words(
    "niger bani mouhoun sourou sirba nakanbe mekrou alibori faga gorouol comoe"
    " senegal bagoe baoule bakoye falem faleme"
)
"""Folded names of rivers; the Niger and the Senegal are countries too."""

GRAMMAR_WORDS = _words("""
    a about abords ainsi an and approximately approaching around at au aux avec axe axis before
    between by camp carrefour cercle circle city close closer coming commune cote dans de del
    department departement des direction district du en entre entry entrance environ environs
    est et exit exact exactly far five forest foret frontiere from gate half in junction
    kilometer kilometers kilometre kilometres km kms la le leaving les less limit loin mine near
    nord north not of off on or ou ouest outskirts over par peu piste pk place point pont pres
    proche province proximite region road route rn rr secteur sector section sous south stretch
    sud sur than the to toward towards town track troncon un under une vers via vicinity village
    ville way west east with zone bridge poste post some quelque quelques quelconque moins plus
    regions centre center northern southern eastern western next outside beside alentours autour
    north-east north-west south-east south-west nord-est nord-ouest sud-est sud-ouest dizaine
    quinzaine vingtaine trentaine quarantaine cinquantaine soixantaine centaine national
    nationale highway area this that there l d border river fleuve non within plusieurs corridor
    sens attack attaque n ne e se s sw so w o nw no beyond past least more rather plutot kp mi
    miles metres meters m hundred kilometrique left quitte quittant quitter pour for radius
    rayon tri triborder frontiers frontieres trois three midway halfway chemin distance trunk
    dozen douzaine axle rte dir situe situee located btw nne ene ese sse ssw sso wsw oso wnw
    ono nnw nno
    """)
"""Words that are not names, wherever they stand and however they are written."""

CAPITALISED_WORDS = _words("""
    january february march april may june july august september october november december
    janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre monday
    tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi samedi
    dimanche jan feb mar apr jun jul aug sep sept oct nov dec janv fevr avr juil minusma un onu
    fama jnim gsim eigs isgs is issp sahel army armee barkhane wagner ong ngo afp rfi ied eei
    csp fla dna csp-dpa gatia msa vdp fds fdsi gendarmerie gendarmes police douane customs
    attack attacks attaque attaques ambush ambushed embuscade embuscades explosion explosions
    mine mines convoy convoi convois clash clashes accrochage accrochages affrontement
    affrontements incident incidents soldiers soldats militaires militants terrorists
    terroristes djihadistes jihadists bandits gunmen armed hommes armes bus truck camion camions
    vehicle vehicles vehicule vehicules car cars coach patrol patrouille checkpoint checkpoints
    camp base poste post barrage peage marche market president minister governor gouverneur
    security securite alert alerte alertes attn info urgent flash suspected several plusieurs
    two deux three trois four quatre five cinq une one the le la les des du au aux en dans sur
    we nous they ils elle il he she it its enlevement abduction kidnapping blocus blockade tirs
    shots shooting fire incendie braquage passage circulation traffic trafic transport
    passengers passagers villageois villagers civilians civils population habitants residents
    coup coups tir drone frappe strike airstrike assaut assault raid engin engins explosif
    explosive device commune mairie maire mayor prefet sous-prefet somewhere quelque nombreux
    many no aucun after apres before avant when quand lorsque while pendant during hier
    yesterday today aujourd'hui ce cette ces his her leur delta inner inland interieur bend
    boucle loop rivers riviere valley vallee ml bf ministry ministere defence defense embassy
    ambassade council conseil government gouvernement their our my these those
    """)
"""Words that are written with a capital without being places."""

TITLES = _words("""
    president minister premier ministre general colonel captain capitaine commander commandant
    lieutenant sergeant sergent marshal marechal corporal caporal imam sheikh cheikh emir
    mr mrs ms dr doctor docteur professor professeur monsieur madame mme mlle ambassador
    ambassadeur senator bishop mgr father pere spokesman spokeswoman analyst
    """)
"""Words before the name of a person, which is no place whatever it is spelled like."""

NO_NAMES = GRAMMAR_WORDS | CAPITALISED_WORDS | TITLES

EVERYDAY_NAMES = frozenset({"you", "say", "san", "bla", "thy", "dia", "est", "nord", "centre"})
"""Places spelled like common words: only a capital makes them names."""

INTRODUCING = _words("near from between towards toward pres entre vers proche outside vicinity at")
"""Words after which a name is expected even without a capital."""

CAPITALS: Mapping[str, str] = {"ML": "Bamako", "BF": "Ouagadougou", "NE": "Niamey"}
"""Names of “the Malian capital” and its like, by code."""

KINDS: Mapping[str, str] = {
    "mine": "mine", "mine d'or": "mine", "gold mine": "mine", "site minier": "mine",
    "pont": "bridge", "bridge": "bridge", "camp": "camp", "refugee camp": "camp",
    "border post": "border_post", "poste frontiere": "border_post",
}  # fmt: skip
"""Kinds of places by the word before “of” or behind the name."""

OPENING = frozenset({"in", "i", "n", "ti", "tin"})
"""Words that open Tamasheq names; alone they are English, or nothing."""
THREE_BORDERS = frozenset({"liptakogourma"})
"""Names of the land where Mali, Burkina Faso and Niger meet, besides “three borders”."""
