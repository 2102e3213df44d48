"""Which facts of the metadata table are about the film they stand beside.

The table was joined by MovieLens's own links where there are any and by title and year for the
rest, and both go wrong:

- A join by title compared ASCII letters only, so every film of 2019 whose title is written in
  Greek or Cyrillic became "기생충" (Parasite), with Parasite's 1.1 million votes.
- Four films are called "Alone" and are of 2020; the join gave all four the same ids.
- Some of MovieLens's own links name a remake or a film of the same name of another decade.

A wrong poster or rating is worse than none: `believable` takes away what cannot be trusted.
"""

from collections import defaultdict
from collections.abc import Mapping

from model_server.data.records import Facts, Link
from model_server.data.titles import Title, fold

# Of the linked films, those more than this many years from TMDB's release are other films.
_MOST_YEARS_APART = 3


def believable(
    facts: Mapping[int, Facts],
    titles: Mapping[int, Title],
    links: Mapping[int, Link],
    ratings: Mapping[int, int],
) -> dict[int, Facts]:
    """The facts of each film with those taken away that are another film's.

    links: MovieLens's own. ratings: how many people rated each film; it decides between films
    that cannot be told apart otherwise.
    """
    kept = {}
    owners = _owners(facts, titles, links, ratings)
    for movie_id, own in facts.items():
        if own.tmdb_id is None or movie_id in owners[own.tmdb_id]:
            kept[movie_id] = own
        elif movie_id in links:
            kept[movie_id] = _without_tmdb(own)
        else:
            kept[movie_id] = Facts()
    return kept


def _without_tmdb(facts: Facts) -> Facts:
    """What comes from IMDb, whose id is right when TMDB's is wrong."""
    return Facts(imdb_id=facts.imdb_id, rating=facts.rating, votes=facts.votes)


def _owners(
    facts: Mapping[int, Facts],
    titles: Mapping[int, Title],
    links: Mapping[int, Link],
    ratings: Mapping[int, int],
) -> dict[int, set[int]]:
    claims: dict[int, list[int]] = defaultdict(list)
    for movie_id, own in facts.items():
        if own.tmdb_id is not None:
            claims[own.tmdb_id].append(movie_id)
    owners = {}
    for tmdb_id, claimants in claims.items():
        linked = [film for film in claimants if film in links]
        if linked:
            owners[tmdb_id] = _linked_owners(linked, facts, titles, ratings)
        else:
            likely = [film for film in claimants if _may_be(titles[film], facts[film])]
            owners[tmdb_id] = _only_one(likely, facts, titles, ratings)
    return owners


def _linked_owners(
    films: list[int],
    facts: Mapping[int, Facts],
    titles: Mapping[int, Title],
    ratings: Mapping[int, int],
) -> set[int]:
    """Of films that MovieLens links to one TMDB id: all those it can be.

    One film under two MovieLens ids (titles alike, at most a year apart) is right twice.
    """
    near = [
        film
        for film in films
        if (_years_apart(titles[film], facts[film]) or 0) <= _MOST_YEARS_APART
    ]
    if len(near) < 2:
        return set(near)
    best = max(near, key=lambda film: (_is_named(titles[film], facts[film]), ratings.get(film, 0)))
    return {film for film in near if is_same_film(titles[film], titles[best])}


def is_same_film(one: Title, other: Title) -> bool:
    """Whether two titles that share an id are one film listed twice: a name and the year agree."""
    years_agree = abs((one.year or 0) - (other.year or 0)) <= 1
    return years_agree and bool(_folded(one) & _folded(other))


def _only_one(
    films: list[int],
    facts: Mapping[int, Facts],
    titles: Mapping[int, Title],
    ratings: Mapping[int, int],
) -> set[int]:
    """The one of several films joined by title that people rated or whose year is exact.

    Nobody when that leaves several: better no poster than the poster of another "Alone".
    """
    rated = [film for film in films if ratings.get(film, 0) > 0]
    exact = [film for film in films if _years_apart(titles[film], facts[film]) == 0]
    alone = (those for those in (films, rated, exact) if len(those) == 1)
    return set(next(alone, ()))


def _may_be(title: Title, facts: Facts) -> bool:
    """Whether a join by title and year can be right: not one that compared one letter or none."""
    letters = [letter for letter in fold(title.name) if letter.isascii()]
    return not _is_other_time(title, facts) and (len(letters) > 1 or _is_named(title, facts))


def _is_named(title: Title, facts: Facts) -> bool:
    return fold(facts.original_title or "") in _folded(title)


def _folded(title: Title) -> set[str]:
    return {fold(name) for name in (title.name, *title.names)}


def _is_other_time(title: Title, facts: Facts) -> bool:
    return (_years_apart(title, facts) or 0) > _MOST_YEARS_APART


def _years_apart(title: Title, facts: Facts) -> int | None:
    """Between MovieLens's year and TMDB's release, None where either is not known.

    A release date of four digits stands in rows that were joined from elsewhere ("2004" for the
    film of 1956 with the poster of 1956): it says nothing.
    """
    if title.year is None or not facts.release_date or len(facts.release_date) < 10:
        return None
    return abs(int(facts.release_date[:4]) - title.year)
