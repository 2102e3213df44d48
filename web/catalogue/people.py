"""The people of a catalogue, gathered from its films."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from web.domain import Movie, Person, Role
from web.text import fold


def people_of(movies: Sequence[Movie]) -> list[Person]:
    """Everyone whom the films name, the best known first; ties by name.

    The films come the best known first, and so do each person's.
    """
    spellings: dict[str, str] = {}
    roles: defaultdict[str, set[Role]] = defaultdict(set)
    films: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for movie in movies:
        for name, role in _named(movie):
            key = fold(name)
            spellings.setdefault(key, name)
            roles[key].add(role)
            films[key][movie.id] = movie.fame
    order = sorted(filter(None, films), key=lambda key: (-sum(films[key].values()), key))
    return [
        Person(
            number,
            spellings[key],
            tuple(sorted(roles[key], reverse=True)),
            tuple(films[key]),
            sum(films[key].values()),
        )
        for number, key in enumerate(order, start=1)
    ]


def _named(movie: Movie) -> Iterator[tuple[str, Role]]:
    for name in movie.directors:
        yield name, "director"
    for name in movie.cast:
        yield name, "cast"
