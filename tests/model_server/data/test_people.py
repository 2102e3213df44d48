"""A person who is in two releases under two ids is one person."""

import polars as pl

from model_server.data.people import join_releases


def table(*rows):
    """Ratings of (person, movie_id, rating, timestamp)."""
    schema = {
        "person": pl.Int32, "movie_id": pl.Int32, "rating": pl.Float32, "timestamp": pl.Int64,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def history(person, movies, start=1000, rating=4.0):
    return [(person, movie, rating, start + movie) for movie in movies]


def people(joined):
    """Each person's movie ids, oldest first, in the order of the people."""
    grouped = joined.group_by("person", maintain_order=True).agg("movie_id")
    return dict(grouped.rows())


def test_people_of_one_release_are_numbered_from_0():
    joined = join_releases([table(*history(7, [1, 2]), *history(9, [1]))])
    assert people(joined) == {0: [1, 2], 1: [1]}


def test_equal_ids_in_two_releases_are_two_people():
    joined = join_releases([table(*history(1, [1, 2])), table(*history(1, [1, 2], start=9000))])
    assert people(joined) == {0: [1, 2], 1: [1, 2]}


def test_who_rated_five_films_in_the_same_seconds_is_one_person():
    one = table(*history(1, range(1, 7)))
    other = table(*history(40, range(2, 9), rating=2.0))  # films 2 to 6 are shared
    joined = join_releases([one, other])
    assert people(joined) == {0: [1, 2, 3, 4, 5, 6, 7, 8]}
    # the first release's rating of a film is kept
    assert joined["rating"].to_list() == [4.0] * 6 + [2.0] * 2


def test_four_films_in_the_same_seconds_are_chance():
    joined = join_releases([table(*history(1, range(1, 5))), table(*history(2, range(1, 5)))])
    assert joined["person"].n_unique() == 2


def test_five_of_many_films_in_the_same_seconds_are_chance():
    one = table(*history(1, range(1, 6)), *history(1, range(100, 106), start=1))
    other = table(*history(2, range(1, 6)), *history(2, range(200, 206), start=1))
    assert join_releases([one, other])["person"].n_unique() == 2  # 5 of 11 is less than half


def test_a_person_in_three_releases_is_one_though_two_of_them_share_nothing():
    releases = [
        table(*history(1, range(1, 6))),
        table(*history(2, range(1, 11))),
        table(*history(3, range(6, 11))),
    ]
    assert people(join_releases(releases)) == {0: list(range(1, 11))}


def test_people_after_a_merged_one_are_numbered_without_gaps():
    one = table(*history(1, range(1, 7)))
    other = table(*history(1, range(1, 7)), *history(2, [50]))
    assert people(join_releases([one, other])) == {0: [1, 2, 3, 4, 5, 6], 1: [50]}
