"""What a text finds: films, also through the people in them, tags, people, and what was meant."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

from web.domain import Movie, Person, Tag
from web.searching import (
    Hits,
    Named,
    Query,
    begins,
    by_renown,
    fame_of,
    in_order,
    is_known,
    is_named,
    parse,
    rank,
    spelled,
    weight,
)
from web.stores.cached_catalogue import CachedCatalogue
from web.text import fold

MAX_PEOPLE: Final = 6


@dataclass(frozen=True, slots=True)
class Match:
    """A film that was found, and through whom, if not by its own name."""

    movie: Movie
    person: str | None = None


@dataclass(frozen=True, slots=True)
class PersonFound:
    """A person, and the films of that person, the best known first."""

    person: Person
    movies: tuple[Movie, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a text finds, each the best first.

    did_you_mean: the name that is nearest, of a film, a tag or a person, when the text itself is
    no name, no beginning of one, and no word of one that is at all known.
    """

    matches: tuple[Match, ...] = ()
    tags: tuple[Tag, ...] = ()
    people: tuple[PersonFound, ...] = ()
    did_you_mean: str | None = None


def find(catalogue: CachedCatalogue, text: str, limit: int) -> Finding:
    """What a text finds, at most `limit` films and tags; nothing if it has no letter or digit."""
    query = parse(text)
    if query is None:
        return Finding()
    movies = catalogue.search_movies(query)
    tags = catalogue.tags().find(query)
    people = catalogue.people().find(query)
    meant = _meant(query, movies, tags, people)
    shown = in_order(query, people) if isinstance(meant, Person) else people.fits
    found = _with_films(catalogue, shown[:MAX_PEOPLE])
    return Finding(
        tuple(islice(_matches(query, movies, found), limit)),
        tuple(in_order(query, tags)[:limit]),
        found,
        None if meant is None else spelled(query, meant),
    )


def _meant(
    query: Query, movies: Hits[Movie], tags: Hits[Tag], people: Hits[Person]
) -> Named | None:
    """What has the nearest name of all; None if the text is a name or begins one, or if its words
    are those of a name that is known beside the nearest.
    """
    nearly: list[Named] = [*movies.nearly[:1], *tags.nearly[:1], *people.nearly[:1]]
    if not nearly:
        return None
    best = rank(query, nearly, is_tolerant=True)[0]
    fits: Iterator[Named] = chain(movies.fits, tags.fits, people.fits)
    if any(begins(query, one) or is_known(query, one, weight(best)) for one in fits):
        return None
    name = fold(spelled(query, best))  # "alien" is a tag, but the film's is the better spelling
    return next(one for one in nearly if fold(spelled(query, one)) == name)


def _with_films(catalogue: CachedCatalogue, people: Sequence[Person]) -> tuple[PersonFound, ...]:
    films = catalogue.movies({movie_id for person in people for movie_id in person.movies})
    return tuple(
        PersonFound(person, tuple(films[one] for one in person.movies if one in films))
        for person in people
    )


def _matches(query: Query, movies: Hits[Movie], people: tuple[PersonFound, ...]) -> Iterator[Match]:
    """Films whose own name fits, then those of the people and those whose name nearly fits, first
    whichever are nearer.

    A name that fits but is all but unknown beside what is nearly fitting, or beside a person who
    is named, comes last.
    """
    through = [Match(movie, one.person.name) for one in people for movie in one.movies]
    nearly = [Match(movie) for movie in movies.nearly]
    fame = fame_of(movies.nearly)
    if through and is_named(query, people[0].person):
        fame = max(fame, weight(through[0].movie))
    known, unknown = by_renown(query, movies.fits, fame)
    first: list[Named] = [*movies.nearly[:1], *(one.person for one in people[:1])]
    is_film_nearer = rank(query, first, is_tolerant=True)[:1] == list(movies.nearly[:1])
    rest = chain(nearly, through) if is_film_nearer else chain(through, nearly)
    return _once(chain(map(Match, known), rest, map(Match, unknown)))


def _once(matches: Iterable[Match]) -> Iterator[Match]:
    """The matches without those of films that came before."""
    seen: set[int] = set()
    for match in matches:
        if match.movie.id not in seen:
            seen.add(match.movie.id)
            yield match
