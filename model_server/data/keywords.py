"""TMDB's keywords, typed by many hands, made into tags: one spelling each, common enough to use."""

import re
import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Set

from model_server.data.keyword_list import LEFT_OUT, NO_PLURALS, SYNONYMS
from model_server.data.records import Tag

MIN_MOVIES = 20
FIRST_ID, ID_RANGE = 1000, 2**30

_PARENTHESES = re.compile(r"\s*\([^()]*\)\s*$")


def key(keyword: str) -> str:
    """What all spellings of a keyword share: its letters and digits, parentheses behind left out.

    >>> key("Artificial Intelligence (A.I.)") == key("artificial-intelligence")
    True
    """
    text = _PARENTHESES.sub("", keyword) or keyword
    text = unicodedata.normalize("NFKD", text.casefold()).replace("&", " and ")
    return "".join(letter for letter in text if letter.isalnum())


def keyword_id(name: str) -> int:
    """A tag id that depends on the name alone, so that a rebuild keeps it."""
    return FIRST_ID + zlib.crc32(name.encode()) % ID_RANGE


def merge_spellings(spellings: Mapping[str, int], kept: Set[str] = frozenset()) -> dict[str, str]:
    """The one name of each spelling; spellings left out of the catalogue are not in it.

    spellings: how many films carry each. kept: names that are tags already and stay so. Else the
    name is the one in SYNONYMS or the commonest spelling (a tie: the first in the alphabet)
    without parentheses behind.
    """
    places = _place_links(spellings)
    roots = _roots(_links(spellings) | places)
    groups: dict[str, list[str]] = defaultdict(list)
    for spelling in spellings:
        own = key(spelling)
        if own and own not in _LEFT_OUT and roots.get(own, own) not in _LEFT_OUT:
            groups[roots.get(own, own)].append(spelling)
    names = {}
    for group_key, group in groups.items():
        ranked = sorted(group, key=lambda word: (key(word) in places, -spellings[word], word))
        name = _FIXED_NAMES.get(group_key) or _PARENTHESES.sub("", ranked[0]) or ranked[0]
        clean = " ".join(name.casefold().strip(" ,").split())
        names.update(dict.fromkeys(group, next((w for w in ranked if w in kept), clean)))
    return names | {name: name for name in kept if name in names}


def _place_links(spellings: Iterable[str]) -> dict[str, str]:
    """Key to key: "rome, italy" is "rome" where that is a keyword too."""
    known = {key(spelling) for spelling in spellings}
    links = {key(s): key(s.split(",")[0]) for s in spellings if "," in s}
    return {full: place for full, place in links.items() if place in known and place != full}


def _links(spellings: Iterable[str]) -> dict[str, str]:
    """Key to key: a plural to its singular, a synonym to its name."""
    known = {key(spelling) for spelling in spellings}
    links = {word: single for word in known if (single := _singular(word, known))}
    for name, others in SYNONYMS.items():
        links.pop(key(name), None)
        links |= {key(other): key(name) for other in others if key(other) != key(name)}
    return links


def _roots(links: Mapping[str, str]) -> dict[str, str]:
    """Each link followed to its end; of a circle, to the last key before it closes."""
    roots = {}
    for start in links:
        seen, at = {start}, start
        while at in links and links[at] not in seen:
            at = links[at]
            seen.add(at)
        roots[start] = at
    return roots


def _singular(word: str, known: Set[str]) -> str | None:
    if word in _NO_PLURALS or len(word) < 4 or not word[-2].isalpha() or word.endswith("ss"):
        return None
    forms = [word.removesuffix("s")] if word.endswith("s") else []
    if word.endswith("ies"):
        forms.append(word.removesuffix("ies") + "y")
    elif word.endswith(("ches", "shes", "xes", "sses", "oes")):
        forms.append(word.removesuffix("es"))
    return next((form for form in forms if form in known), None)


_NO_PLURALS = frozenset(key(word) for word in NO_PLURALS)
_LEFT_OUT = frozenset(key(word) for word in LEFT_OUT)
_FIXED_NAMES = {key(name): name for name in SYNONYMS}


def make_tags(
    keywords: Mapping[int, Set[str]], genres: Iterable[str], kept: Set[str] = frozenset()
) -> tuple[list[Tag], dict[int, tuple[int, ...]]]:
    """The keyword tags that stand in MIN_MOVIES films or more, and each film's tag ids.

    keywords: the raw keywords of every film. genres: names that are tags already, so no keyword
    is made of them. kept: keywords that are tags already and stay so. Tags are sorted by id. A
    film's tags go from the most telling (in the fewest films) to the commonest.
    """
    names = merge_spellings(Counter(word for words in keywords.values() for word in words), kept)
    taken = {key(genre) for genre in genres}
    names = {word: name for word, name in names.items() if key(name) not in taken}
    films = {
        film: {names[word] for word in words if word in names} for film, words in keywords.items()
    }
    counts = Counter(name for own in films.values() for name in own)
    ids = _distinct_ids(name for name in counts if counts[name] >= MIN_MOVIES or name in kept)
    tags = [Tag(id_, name, "keyword", counts[name]) for name, id_ in ids.items()]
    own_tags = {
        film: tuple(ids[name] for name in sorted(own, key=lambda n: (counts[n], n)) if name in ids)
        for film, own in films.items()
    }
    return sorted(tags, key=lambda tag: tag.id), own_tags


def _distinct_ids(names: Iterable[str]) -> dict[str, int]:
    ids = {name: keyword_id(name) for name in names}
    for id_, count in Counter(ids.values()).items():
        if count > 1:
            clash = sorted(name for name in ids if ids[name] == id_)
            raise ValueError(f"keywords {clash} share the id {id_}; merge or rename one")
    return ids
