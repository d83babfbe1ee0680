"""The language of a report, by its small words."""

from __future__ import annotations

import re

from geo.i18n import Message, message
from geo.reports.plaintext import Plain

_FRENCH = frozenset(
    ["le", "la", "les", "des", "du", "une", "est", "dans", "par", "pour", "sur", "ont", "aux",
     "qui", "selon", "entre", "et", "au"]
)  # fmt: skip
_ENGLISH = frozenset(
    ["the", "of", "and", "in", "to", "was", "were", "by", "at", "from", "with", "that", "has",
     "have", "for"]
)  # fmt: skip
# Small words of languages in which reports of the region are met, one paragraph each: German,
# Spanish, Portuguese, Italian, Dutch, Bambara, Hausa, Songhay, Fulfulde.
_SMALL = """
der die das und dem den ein eine einen auf bei mit nach von vom zum zur wurde wurden haben hat
sind ist nicht sich am im als auch aus

el los las del una unos que por con para fue fueron como más según segun desde hasta sobre
murieron y

os uma um não nao foram foi pelo pela pelos com dos das nos nas mais são

il lo gli che di della dei degli delle nel nella sono stati stato con per una

het een van zijn werden werd bij naar niet voor door aan ook zich uit tussen

ka ye ni kɛra bɛ min olu kan fɛ tun kera ko nin don yɛrɛ mɔgɔ mogo minnu caman

da ta ya sun suka wasu ke cikin kuma daga mai ne ce wani sai bayan aka kan

be ga nda kaŋ no boro ra gonda ma cine kulu hala sanda izo te banda wala

e nder ɗon ko ndee nde ɓe hakkunde haa mo fuu ngam wonde oo kala ɗo gooto
"""
_TERSE = """
on a an is are near after two killed wounded kia wia ied attack attacked ambush convoy soldiers
civilians mine road axis village army

l d en de à a près après deux tués tué blessés eei attaque embuscade convoi soldats militaires
civils axe route armée
"""
_OTHERS = tuple(frozenset(words.split()) for words in _SMALL.split("\n\n"))
#: What stands in bulletins that have no sentences, with the small words of each language.
_KNOWN = tuple(
    own | frozenset(words.split())
    for own, words in zip((_ENGLISH, _FRENCH), _TERSE.split("\n\n"), strict=True)
)
#: Most words may be names and figures, but hardly nineteen in twenty.
_LONG, _LEAST_SHARE = 20, 0.05
_LETTERS = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[a-zà-öø-ɏḁ-ỹ\u0253-\u028b]", re.IGNORECASE)
_ENOUGH = 20_000


def language_of(plain: Plain) -> str:
    """Return ``fr`` or ``en``."""
    if "language" not in plain.kept:
        small = re.findall(r"[a-z]+", plain.text[:_ENOUGH])
        french = sum(word in _FRENCH for word in small)
        english = sum(word in _ENGLISH for word in small)
        plain.kept["language"] = "fr" if french > english else "en"
    return str(plain.kept["language"])


def unread(text: str) -> Message | None:
    """Return that a text does not seem to be in a language that Piste reads, ``None`` if it does.

    Parameters
    ----------
    text
        As written.

    Notes
    -----
    By its letters; by small words of other languages that are more than those of English and
    French; in a long text also by how few of these there are at all.
    """
    begun = text[:_ENOUGH].lower()
    letters = _LETTERS.findall(begun)
    latin = sum(_LATIN.match(letter) is not None for letter in letters)
    if len(letters) > 2 * latin:
        return _UNREAD
    words = re.findall(r"[^\W\d_]+", begun)
    own = max(sum(word in known for word in words) for known in (_FRENCH, _ENGLISH))
    found = [[word for word in words if word in known] for known in _OTHERS]
    other = max(len(each) if len(set(each)) > 1 else 0 for each in found)
    known = max(sum(word in own_words for word in words) for own_words in _KNOWN)
    few = len(words) >= _LONG and known < _LEAST_SHARE * len(words)
    return _UNREAD if other > own or few else None


_UNREAD = message(
    "This text does not seem to be English or French, which Piste reads. It was read as if it "
    "were: check every draft against the text."
)
