"""Which films and tags of the catalogue a file's entries are. Never a guess among several."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from web.domain import Kind, Movie, Tag
from web.files.entries import Entry
from web.searching import names_of
from web.stores.cached_catalogue import CachedCatalogue
from web.text import fold, without_article

YEARS_APART: Final = 1  # sites disagree on whether a festival or a release counts

Reason = Literal["unknown", "ambiguous"]
Link = tuple[str, str | int | None]


@dataclass(frozen=True, slots=True)
class Match:
    """The film or tag that an entry is, or the reason why there is none."""

    entry: Entry
    id: int | None
    reason: Reason = "unknown"

    @property
    def key(self) -> tuple[Kind, int] | None:
        """The kind and id by which picks are known."""
        return None if self.id is None else (self.entry.kind, self.id)


def match(entries: Sequence[Entry], catalogue: CachedCatalogue) -> list[Match]:
    """What the entries are, in their order: by their ids, else by title and year.

    The ids of MovieLens count most, then IMDb's, then TMDB's. Of a title, case, accents,
    punctuation and articles do not count; its year may be one off; a film whose own ids are
    others is not it. A film that repeats another is that other one. Tags go by their name.
    """
    films = [entry for entry in entries if entry.kind == "movie"]
    by_id = _ByIds(films, catalogue)
    by_name = _ByNames([entry for entry in films if not by_id.candidates(entry)], catalogue)
    tags = {fold(tag.name): tag for tag in catalogue.tags().tags}
    return [
        _match_tag(entry, tags)
        if entry.kind == "tag"
        else _match_film(entry, by_id.candidates(entry) or by_name.candidates(entry))
        for entry in entries
    ]


def _match_tag(entry: Entry, tags: dict[str, Tag]) -> Match:
    tag = tags.get(fold(entry.title))
    return Match(entry, None if tag is None else tag.id)


def _match_film(entry: Entry, candidates: Sequence[Movie]) -> Match:
    if len(candidates) > 1:
        return Match(entry, None, "ambiguous")
    return Match(entry, candidates[0].id if candidates else None)


class _ByIds:
    """The films that the ids of some entries lead to."""

    def __init__(self, entries: Sequence[Entry], catalogue: CachedCatalogue) -> None:
        self._own = catalogue.movies({entry.id for entry in entries if entry.id})
        linked = catalogue.linked_movies(
            {entry.imdb_id for entry in entries if entry.imdb_id},
            {entry.tmdb_id for entry in entries if entry.tmdb_id},
        )
        both = (*self._own.values(), *linked)
        self._kept = catalogue.movies({movie.same_as for movie in both if movie.same_as})
        self._linked: dict[Link, dict[int, Movie]] = {}
        for movie in linked:
            kept = self._kept.get(movie.same_as or 0, movie)
            for link in _links(movie):
                self._linked.setdefault(link, {})[kept.id] = kept

    def candidates(self, entry: Entry) -> Sequence[Movie]:
        """The films of the first id that leads to any; of several those of its title, if any."""
        if movie := self._own.get(entry.id or 0):
            return (self._kept.get(movie.same_as or 0, movie),)
        for link in _links(entry):
            if found := self._linked.get(link):
                movies = tuple(found.values())
                return movies if len(movies) == 1 else _nearest(entry, movies) or movies
        return ()


class _ByNames:
    """The films that the titles of some entries may mean."""

    def __init__(self, entries: Sequence[Entry], catalogue: CachedCatalogue) -> None:
        names = {name for entry in entries for name in _forms(entry.title)}
        self._named: dict[str, list[Movie]] = {}
        for movie in catalogue.named_movies(names):
            for name in names.intersection(names_of(movie)):
                self._named.setdefault(name, []).append(movie)

    def candidates(self, entry: Entry) -> Sequence[Movie]:
        """The films that it may be: one, if it can be no other."""
        named = (movie for name in _forms(entry.title) for movie in self._named.get(name, []))
        films = {movie.id: movie for movie in named if not _contradict(entry, movie)}
        return _nearest(entry, films.values())


def _links(one: Entry | Movie) -> tuple[Link, ...]:
    given = (("imdb", one.imdb_id), ("tmdb", one.tmdb_id))
    return tuple(link for link in given if link[1] is not None)


def _contradict(entry: Entry, movie: Movie) -> bool:
    both = ((entry.imdb_id, movie.imdb_id), (entry.tmdb_id, movie.tmdb_id))
    return any(None not in pair and pair[0] != pair[1] for pair in both)


def _nearest(entry: Entry, movies: Iterable[Movie]) -> Sequence[Movie]:
    """Of the films that it may be, those that no other is nearer to in year or in name.

    When one is nearer in year and another in name it may be either: all of them.
    """
    distances = [(movie, _years_apart(entry, movie), _name_apart(entry, movie)) for movie in movies]
    possible = [one for one in distances if one[1] <= YEARS_APART and one[2] <= _BARE]
    if not possible:
        return ()
    least = (min(years for _, years, _ in possible), min(name for *_, name in possible))
    best = [movie for movie, *distance in possible if tuple(distance) == least]
    return best or [movie for movie, *_ in possible]


def _years_apart(entry: Entry, movie: Movie) -> int:
    """An entry without a year may be of any; a film without one is of no year."""
    if entry.year is None:
        return 0
    return YEARS_APART + 1 if movie.year is None else abs(entry.year - movie.year)


_TITLE, _OTHER_NAME, _BARE, _NO_NAME = range(4)


def _name_apart(entry: Entry, movie: Movie) -> int:
    """How near the film's nearest name is; bare is without its article."""
    whole = _whole_forms(entry.title)
    if fold(movie.title) in whole:
        return _TITLE
    if any(fold(name) in whole for name in movie.titles):
        return _OTHER_NAME
    return _NO_NAME if _forms(entry.title).isdisjoint(names_of(movie)) else _BARE


def _whole_forms(title: str) -> frozenset[str]:
    """The folded title; of "Matrix, The" both "matrix the" and "the matrix"."""
    folded = fold(title)
    rest, _, last = folded.rpartition(" ")
    turned = f"{last} {rest}"
    is_inverted = "," in title and without_article(turned) != turned
    return frozenset(name for name in (folded, turned if is_inverted else "") if name)


def _forms(title: str) -> frozenset[str]:
    """The names under which a title is looked up, with and without its article."""
    whole = _whole_forms(title)
    return whole.union(map(without_article, whole))
