"""What texts say about a place, as patterns over skeletons: small pieces, then whole phrases.

Both languages share each pattern: the pieces below hold the words of either.  ``<p0>`` is a place,
``<c0>`` a country, ``<n0>`` what is of one, ``<a0>`` an administrative unit.  Repetitions have a
limit: no text, however long, may take long.
"""

from __future__ import annotations

from geo.gazetteer.drafting import UNIT_NAME
from geo.gazetteer.quantities import ABOUT, ANY_DIR, COUNT, DIR, ODD, STREAM, UNDER, UNIT

SIDE = DIR.replace("?P<dir>", "?:")

# Names.
N = r"<p(\d+)>"
C = r"<[cn](\d+)>"
DE = r"(?:de la |de l'|des |de |du |d')"
OF = rf"(?:of |from |{DE})"
THE = r"(?:the |la |le |les |l')"
SETTLEMENT = (
    r"(?:towns?|villages?|cities|city|settlements?|localit(?:y|ies)|localites?|villes?|hamlets?"
    r"|hameaux?|bourg|bourgade|commune)"
)
ADJECTIVE = (
    rf"(?:{SIDE}(?:ern)?|central|small|large|main|key|rural|remote|nearby|neighbou?ring|regional"
    r"|strategic|petite?|grande?|principale)"
)
P = (
    rf"(?:{THE}?(?:{ADJECTIVE} )?{SETTLEMENT}(?: rurale| urbaine)? {OF}"
    rf"|{THE}?(?:{ADJECTIVE} )?capitale?(?: city)?(?: {ADJECTIVE})?,? (?:{OF})?"
    rf"|(?:celle|celui|that) {OF}|{THE}|{DE})?{N}"
)
OF_UNIT = rf"(?:{OF}{THE}?)?{UNIT_NAME}"
AND = r"(?:and|et|&|,)"
HYPHEN = r"\s?[-/]\s?"
MORE = rf"(?:(?:\s?,\s?|\s?{AND}\s?|\s?/\s?){{1,3}}{N}){{0,20}}"
LIST = rf"{N}{MORE}"
LEVELS = r"(?P<level>regions|cercles|provinces|departe?ments|districts|communes)"
LEVEL = r"(?P<level>regions?|cercles?|circle|provinces?|departe?ments?|district|commune)"

WIDER = (
    r"(?:(?:, | \()(?P<wider><[pa]\d+>)"
    r"(?! (?:region|cercle|province|departe?ment|district|commune))\)?)?"
)

# Sides and directions.
TO_THE = r"(?:to the|au|a l'|on the|cote|vers le|vers l')"
EDGE_WORD = (
    r"(?:entrance|exit|entry|edge|gates?|way (?:in|out)|entree|sortie|lisiere|bordure|banlieue)"
)

COMPASS = (
    rf"(?P<compass>(?:(?:centre|center|central)[- ]?)?{SIDE}|centre|center|plateau[- ]central)"
)
COMPASS_REGION = rf"{COMPASS} region(?! of {N})|region {DE}{COMPASS.replace('compass', 'name')}\b"

# Roads and ways along them.
ROAD = (
    r"(?:axis|road|route|rte|track|corridor|highway|section|stretch|axe|troncon|piste|way|line"
    r"|trunk|msr|axe routier|troncon routier)"
)
LEADING = (
    r"(?:(?:that |which |qui )?(?:leads?|leading|going|goes|mene|menant|conduit|conduisant|allant"
    r"|va) )"
)
TOWARDS = (
    r"(?:towards?|in the direction of|in direction of|vers|en direction (?:de|du|d')"
    r"|direction(?: de| du| d')?|dir\.?|en ?route (?:to|for|pour|vers)|bound for"
    r"|on (?:the|its|their|his|her) way to(?:wards)?|a destination (?:de|du|d'))"
)
ROAD_WAY = (
    rf"(?:(?:on |along |sur )?{THE}?{ROAD} {LEADING}?"
    r"(?:to|towards?|for|vers|menant a|a|au|de|du|d')|rte|axe|axis|piste|route)"
)
EN_ROUTE = r"(?:(?:while |when )?(?:travell?ing|driving) from )"
MOVING = (
    r"(?:(?:heading|headed|travell?(?:ed|ing)|driving|drove|going|went|moving|making its way"
    r"|proceeding|on its way) (?:to|for|towards?)"
    r"|(?:se rendait|se rendaient|se rendant|allait|allaient|roulait|roulaient"
    r"|faisait route|faisaient route|partait|partaient) (?:a|au|vers|pour|sur)"
    r"|rallia(?:it|ient|nt))"
)
GOES = r"(?:(?:when |quand |en )?(?:on |one |you |vous )?(?:go|goes|going|va|vont|allez|allant) )"
TO = rf"(?:{GOES}?(?:{TOWARDS}|to)|{GOES}(?:a|au)|for|pour|{MOVING}|{ROAD_WAY})"
COMING_FROM = (
    r"(?:(?:when |while |en |in |quand on )?(?:coming|comes|came|arriving|returning|returned"
    r"|return(?: trip| journey)?|back"
    rf"|(?:re)?venant|retour|vient|venait|venaient|revenait|revenaient|provenance) (?:from |{DE}))"
)
LEAVING = (
    r"(?:from|out of|de|depuis|between|leaving|left|quitt(?:es?|ant|er|ait|aient)"
    r"|partie? de|partis de|au depart de)"
)

# Distances.
BEFORE = r"(?:before |short of |avant (?:d'arriver a |d'atteindre |d'entrer (?:a|dans) )?|outside )"
PAST = (
    r"(?P<past>(?:after|apres)(?: (?:leaving|departing|avoir quitte|etre sortis? d[eu]))?"
    r"|beyond|past|au-dela de|au-dela d'|au dela de|au dela d')"
)
OUT_OF = (
    r"(?:out of |out from |into (?:the |its |their )?(?:journey|trip|way|drive) (?:from |out of ))"
)
OFF_EDGE = rf"(?:(?:a |de |from |after |apres |at )?{THE}?{EDGE_WORD}(?: {SIDE})? {OF})"
HOW_FAR = rf"(?:{UNDER} |{ABOUT} )?(?:{ABOUT} )?{COUNT}{ODD}[ -]?{UNIT}"
DISTANCE = (
    rf"(?:(?:a|at) )?{HOW_FAR}(?: (?:away|off|road|along the road|de piste|de route))?"
    rf"(?:,? {TO_THE} ?)?(?: ?{ANY_DIR})?(?: side)?(?: {STREAM})?,?"
    rf" (?:{OFF_EDGE}|{OUT_OF}|{OF}|{BEFORE}|{PAST} ?)?{P}"
    rf"(?:,? (?:{TO}|(?P<coming>{COMING_FROM}|{EN_ROUTE})) ?{P}(?!{HYPHEN}<p))?"
)
ASIDE_THEN_FAR = (
    rf"{DIR}(?:ern part)? (?:of|de|du|d') ?{P}(?: town)?,? ?\(?(?:(?:a|at) )?{HOW_FAR}"
    rf"(?! ?(?:{TO_THE}|of|from|de|du|d')(?! (?:it|there|la))\b)"
)
TRAILING = (
    rf"{N},? ?\(?(?:a |at )?(?:{ABOUT} )?{COUNT}[ -]?{UNIT}(?: {TO_THE} ?)? ?{ANY_DIR}\)?"
    r"(?! ?(?:side|of|from|de|du|d'|<p))"
)
RADIUS = rf"(?:within )?(?:an? )?{COUNT}[ -]?{UNIT} (?P<under>radius) (?:of|around|from) {P}"
RAYON = rf"(?P<under>rayon) (?:de |d'){COUNT}[ -]?{UNIT} (?:autour )?{DE}{P}"
LIES = (
    rf"{N} (?:is|lies|sits|est|se trouve|se situe)(?: located| situated| situee?| distante? de)?"
    rf" (?:a )?(?:{ABOUT} )?{COUNT} ?{UNIT}(?: {TO_THE} ?)?(?: ?{ANY_DIR})?"
    rf" (?:of|from|de|du|d') ?{P}"
)
PK = r"(?<!\d )(?:pk|kp|km|point kilometrique|kilometre) ?(\d{1,4}(?: ?\+ ?\d{3})?)(?![\d.,]*\d)"
PKS = rf"(?:(?:between|from|entre|de|du|des|les) )?{PK} ?(?:-|and|to|et|a|au) ?(?:le )?{PK}"
PK_FROM = rf"{PK},? (?:(?:a |de )?(?:la |l'|the )?{EDGE_WORD} )?(?:de|du|d'|from|of) ?{P}"

# Stretches.
HALF = (
    r"(?P<halfway>half ?-?way|mid ?-?way|(?:a )?mi-?\s?(?:chemin|distance|parcours|route)"
    rf"|au milieu (?:de la |de l'|du ){ROAD}|in the middle of the {ROAD})"
)
LINKING = (
    r"(?:linking|links|connecting|connects|joining|joins|reliant|relie|relient|menant d[eu]"
    r"|allant d[eu]|leading from|running from|in between|btw|b/w|between|entre)"
)
HALFWAY = (
    rf"{HALF}(?: (?:on|along|sur) {THE}?{ROAD})? (?:{LINKING}|from|of|{DE.rstrip()}) ?{P}"
    rf" (?:and|to|et|a|with) {P}"
)
OWNER = rf"{N}(?:'s (?:\w+ )?(?=<[pa])|-based\b)"
BETWEEN = (
    rf"{LINKING} {P}(?: ?, {P}){{0,5}},? (?:and|et|&|to|with|a|au|vers|jusqu'a) {P}(?: {LEVEL})?"
    rf"(?:,? {HALF})?"
)
VIA = r"(?:via|through|by way of|par|en passant par)"
JOURNEY = (
    rf"(?:{ROAD} )?{LEAVING} ?{P}(?: camp| base)?(?: {VIA} {P})?"
    rf",?(?: (?:and|et))?(?: (?:who|which|that|qui))?"
    rf" (?:(?:up |all the way )?to|towards?|for|a|au|vers|pour|jusqu'a|{TOWARDS}|{MOVING}) "
    rf"{P}(?P<via> {VIA} {P})?"
)
ROAD_BACK = (
    rf"(?:(?:on |along |sur )?{THE}?{ROAD} {LEADING}?"
    r"(?:to|towards?|for|vers|menant a|a|au|de|du|d') ?"
    rf"{P},? (?:from|depuis|a partir d[eu]|au depart d[eu]|en venant d[eu]) ?{P}"
    rf"|(?:on |along )?the {N} {ROAD} (?:from|out of) {P})"
)
ROAD_TO = rf"(?:{ROAD_WAY}) ?{P}(?:{HYPHEN}{N}){{0,9}}"
HEADING = rf"(?:{TOWARDS}|{MOVING}) ?{P}(?:{HYPHEN}{N}){{0,9}}"
COMING = rf"{COMING_FROM}{P}"
ABROAD = (
    rf"(?:{COMING_FROM}|{LEAVING} ?{P} (?:to|towards?|for|vers|pour) |(?:{TOWARDS}|{MOVING}) )"
    rf"{THE}?{C}"
)

# Beside a place.
EDGE = (
    rf"(?:(?:{DIR}(?:ern)? )?{EDGE_WORD}(?: {SIDE})?"
    rf"|{SIDE}(?:ern)? (?:side|suburbs?|flank|fringes?|perimeter)) (?:of|to|de|du|d') ?{P}"
)
CODED = rf"(?P<code>ml|bf|ne){HYPHEN}{UNIT_NAME}(?:{HYPHEN}{UNIT_NAME}){{0,4}}"
UNITS_DOWN = rf"<a(?:\d+)>(?:{HYPHEN}{UNIT_NAME}){{1,4}}"
"""Ways of tables to write where a place is: by hyphens or slashes, the widest unit first."""
EDGE_ON_ROAD = rf"{N} {EDGE_WORD} (?:of|to) {P}"
TRIANGLE = (
    rf"triangle (?:(?:(?:formed|delimited|bounded) by|between|of|forme par|entre) |{DE})?{P}"
    rf"(?:{HYPHEN}|, ){P}(?:{HYPHEN}|,? {AND} |, ){P}"
)
AREA = (
    r"(?:in the )?(?:area|zone|sector|secteur|environs|alentours|abords|surroundings|autour|around"
    rf"|vicinity|parages|cote)(?: (?:of|as|de|du|que|d'))? ?{P}"
)
NEAR = (
    r"(?:near|nr|(?:a )?(?:short|small) distance (?:from|of)|a (?:courte|faible|peu de) distance"
    r" (?:de|du|d')|a quelques encablures (?:de|du|d')|close to|next to|just outside"
    r"|outside|outskirts of|opposite|facing|across (?:the river )?from|approaching"
    r"|not far from|nearby"
    r"|pres (?:de|du|d')|proche (?:de|du|d')|non loin (?:de|du|d')|pas loin (?:de|du|d')"
    r"|a proximite (?:de|du|d')|a (?:la )?hauteur (?:de|du|d')|au niveau (?:de|du|d')"
    r"|peripherie (?:de|du|d')|en face (?:de|du|d')) ?(?:the )?(?:camp (?:at|of) )?"
    rf"{P}{MORE}"
)
OWNED = (
    r"(?:convoys?|bus(?:es)?|coach(?:es)?|trucks?|residents?|traders?|mayor|prefect|governor"
    r"|herders?|farmers?|merchants?|drivers?|garrison|villagers|militia(?:men)?)"
)
"""What may be called after a place and be elsewhere: “a Gao bus”, which is not “à Gao”."""
OWNING = rf"an? {N}(?= {OWNED}\b)"
AT = (
    rf"(?:at|in|a|au|dans|in the {SETTLEMENT} of|(?:le )?village de|ville de)"
    rf" {LIST}"
)
EVENT = (
    r"(?:ambush|attack|massacre|killings?|blast|explosion|clash|embuscade|attaque|tuerie|assaut"
    r"|accrochage)"
)
OTHER_EVENT = (
    rf"(?:before|after|since|following|avant|apres|depuis|suite a) {THE}?"
    rf"(?:{EVENT} (?:of|at|in|near|de|du|d'|a) ?{P}|{N} {EVENT})"
)
NEGATED = (
    r"(?:not |pas |et non |rather than |plutot qu(?:e |'))(?:pas )?"
    rf"(?:(?:in|at|near|from|on|a|au|aux|de|dans|en|pres de) )?(?:{P}|<[ac]\d+>)"
)

# Borders, rivers, sides of countries.
BORDER_WORD = r"(?:borders?|frontiers?|frontieres?)(?! (?:post|town|village|city|crossing))"
JOINING = rf"(?:\s?[-/,]\s?| and {THE}?| et {THE}?| )?"
OFF_BORDER = (
    r"(?:(?P<aim>(?<!close )to|towards?|vers|jusqu'a|a destination de) )?"
    rf"(?:{HOW_FAR}(?: away)?(?: {TO_THE} ?)?(?: ?{ANY_DIR})? {OF})?"
    r"(?:the |la |le |les |a la |de la |des )?"
)
ITS_BORDER = (
    rf"{OFF_BORDER}(?:{C}(?:'s)?{JOINING}){{1,3}}{BORDER_WORD}"
    rf"(?: (?:area|region|zone))?(?: (?:with|of|avec) {THE}?{C})?"
)
BORDER_OF = (
    rf"{OFF_BORDER}{BORDER_WORD}"
    r"(?: (?:commune|with|between|of|the|avec|entre|de|du|la|le|l')){0,4} ?"
    rf"(?:{C}(?:'s)?{JOINING}){{1,3}}"
)
BETWEEN_COUNTRIES = rf"(?:between|entre) {THE}?{C} (?:and|et) {THE}?{C}"
THREE_BORDERS = (
    rf"(?:(?:{THE}|zone |region |area ){{0,4}}(?:dite )?(?:of the |des |de la |du |de )?"
    r"(?:tri-?\s?borders?|triple[- ]frontieres?|(?:three|trois|3)[- ](?:borders?|frontieres?)"
    r"|<t\d+>)(?: (?:area|region|zone))?"
    rf"(?: (?:with|between|of|avec|entre|du|de) (?:{THE}?{C}{JOINING}){{1,3}})?)"
)
NEAR_COUNTRY = rf"{HOW_FAR} {OF}{THE}?{C}|(?:near|close to|pres du|proche du|non loin du) {C}"
TO_A_BORDER = (
    rf"(?:(?:between|from|entre|de|depuis) |d'){P} (?:and|to|et|a|jusqu'a|vers) {THE}?"
    rf"(?:{C}(?:'s)? {BORDER_WORD}|{BORDER_WORD}(?: (?:with|avec|du|de|la|le|l'))* ?{C})"
)
BANK = (
    r"(?:(?:(?:left|right|other|opposite) )?banks? (?:of )?|(?:rives?|berges?|bords?)"
    r"(?: (?:gauche|droite))? |le long )"
)
RIVER = (
    rf"(?:(?:(?:on|along|across|over|sur|in|dans) )?{THE}?(?:{BANK}{DE}?{THE}?)?"
    r"(?:<[cpaw](?P<before>\d+)> (?:rivers?|bend|loop|inland delta|delta)\b"
    rf"|(?:river|fleuve|riviere)(?: {OF.rstrip()})?(?: {THE})? ?<[cpaw](?P<after>\d+)>"
    r"|<w(?P<alone>\d+)>|(?:river|fleuve)\b))"
)
STREAMWARDS = rf"{STREAM} (?:of|from|de|du|d') ?{P}"
PART = (
    rf"(?:{THE}?(?:far |extreme[ -]?)?(?:{DIR}(?:ern)?|(?P<middle>central|centre|center))"
    rf"(?: part)? ?{OF}?{THE}?{C}|{C}'s (?:far )?{SIDE}(?:ern)?\b(?! <p))"
)
GROUND = rf"{C} (?:side|soil|territory|{SETTLEMENT} (?:of|de))"
FRENCH_GROUND = rf"(?:cote|territoire|sol|{SETTLEMENT}) <n(\d+)>"
