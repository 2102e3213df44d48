"""Several releases as one table: a person who is in two of them under two ids is one person."""

from collections.abc import Iterable, Sequence

import polars as pl

# Two people who rated this many films in the same seconds are one, if that is half of either.
_SHARED = 5


def join_releases(releases: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """All ratings of the releases, people numbered from 0 in the order of the releases.

    A person found in several releases keeps each film's rating from the first of them. Without
    this, a test person's other self would be trained on.
    """
    events = pl.concat(
        [table.with_columns(release=pl.lit(at, pl.Int32)) for at, table in enumerate(releases)]
    )
    person = pl.struct("release", "person").rank("dense").cast(pl.Int32) - 1
    events = events.with_columns(person=person)
    if len(releases) > 1:
        roots = _roots(_same(events))
        events = events.with_columns(pl.col("person").replace(roots))
        events = events.sort("person", "release").unique(["person", "movie_id"], keep="first")
        events = events.with_columns(pl.col("person").rank("dense") - 1)
    return events.drop("release").sort("person", "timestamp", "movie_id")


def _same(events: pl.DataFrame) -> Iterable[tuple[int, int]]:
    """Pairs of people of two releases who are one, the smaller number first."""
    key = ["movie_id", "timestamp"]
    own = events.select(*key, "person", "release")
    met = own.join(own, on=key).filter(pl.col("release") < pl.col("release_right"))
    sizes = events.group_by("person").len()
    pairs = (
        met.group_by("person", "person_right")
        .len("shared")
        .join(sizes, on="person")
        .join(sizes, left_on="person_right", right_on="person", suffix="_right")
        .filter(
            (pl.col("shared") >= _SHARED)
            & (pl.col("shared") * 2 >= pl.min_horizontal("len", "len_right"))
        )
    )
    return pairs.select("person", "person_right").sort(pl.all()).rows()


def _roots(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Each person who has another self, and the smallest number among their selves."""
    parent: dict[int, int] = {}

    def root(person: int) -> int:
        while parent.get(person, person) != person:
            person = parent[person]
        return person

    for one, other in pairs:
        low, high = sorted((root(one), root(other)))
        parent[high] = low
    return {person: root(person) for person in parent}
