"""Several releases as one table: a person who is in two of them under two ids is one person."""

from collections.abc import Iterable, Iterator, Sequence

import polars as pl

# Two people who rated this many films in the same seconds are one, if that is half of either.
_SHARED = 5


def join_releases(releases: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """All ratings of the releases, people numbered from 0 in the order of the releases.

    A person found in several releases keeps each film's rating from the first of them. Without
    this, a test person's other self would be trained on.
    """
    events = pl.concat(_apart(releases))
    if len(releases) > 1:
        roots = _roots(_same(events))
        events = events.with_columns(pl.col("person").replace(roots))
        events = events.sort("person", "release").unique(["person", "movie_id"], keep="first")
    events = events.with_columns(pl.col("person").rank("dense").cast(pl.Int32) - 1)
    return events.drop("release").sort("person", "timestamp", "movie_id")


def _apart(releases: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """The releases with a number each, no two of which share a person's number."""
    first = 0
    for at, table in enumerate(releases):
        yield table.with_columns(pl.col("person") + first, release=pl.lit(at, pl.Int32))
        first += int(table["person"].max() or 0) + 1  # type: ignore[arg-type]  # person is int32


def _same(events: pl.DataFrame) -> Iterable[tuple[int, int]]:
    """Pairs of people of two releases who are one, the smaller number first."""
    own = events.select("movie_id", "timestamp", "person", "release")
    met = [
        own.filter(pl.col("release") < at)
        .join(own.filter(pl.col("release") == at), on=["movie_id", "timestamp"])
        .group_by("person", "person_right")
        .len("shared")
        for at in range(1, int(own["release"].n_unique()))
    ]
    sizes = events.group_by("person").len()
    pairs = (
        pl.concat(met)
        .filter(pl.col("shared") >= _SHARED)
        .join(sizes, on="person")
        .join(sizes, left_on="person_right", right_on="person", suffix="_right")
        .filter(pl.col("shared") * 2 >= pl.min_horizontal("len", "len_right"))
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
