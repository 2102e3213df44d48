"""What narrow filters shut out: exact numbers, and only of what was given."""

import pytest

from model_server.engines.registry import Offer, Registry
from model_server.protocol import FEW_MOVIES, Filters, Pick, Recommend, Relaxation, Tuning
from model_server.recommender import Recommender

ACTION, COMEDY, SPACE, HEIST, LOVE = 1, 2, 1001, 1002, 1003
AVOIDS_SPACE, AVOIDS_HEIST = Pick("tag", SPACE, False), Pick("tag", HEIST, False)


@pytest.fixture
def relaxed(recommender):
    """The relaxations of a request, as a dict in their order."""

    def relaxed(**fields) -> dict[str, int]:
        (answer,) = recommender.answer([Recommend(**fields)])
        return {one.condition: one.matching for one in answer.relaxations}

    return relaxed


def test_each_condition_is_given_with_the_movies_that_pass_without_it(relaxed, recommender):
    # 10: 1979 8.5 Action space | 20: 1986 8.4 Action space | 30: 1999 8.7 Action
    # 40: 1989 7.7 Comedy love | 50: 2001 7.7 Comedy heist | 70: 1995 8.3 Action heist
    # 60: unknown, Comedy | 80: 1990 5.0, no tag
    filters = Filters(
        decades=(1980, 1990), rating_min=8, genres=(ACTION,), exclude_genres=(COMEDY,)
    )
    request = {"filters": filters, "picks": (AVOIDS_SPACE, AVOIDS_HEIST)}  # 30 alone
    (answer,) = recommender.answer([Recommend(**request)])
    assert answer.matching == 1
    assert list(relaxed(**request).items()) == [
        ("avoided_tags", 3),  # 20, 30, 70
        ("decades", 1),  # 30; 10 is of space
        ("rating", 1),  # 30
        ("genres", 1),  # 30; of the others none has 8
        ("exclude_genres", 1),
    ]


def test_where_nothing_matches_the_way_out_is_told(relaxed):
    filters = Filters(year_from=1980, year_to=1985, rating_max=8)
    # years alone: 40, 50, 80; without the rating still none of 1980 to 1985
    assert list(relaxed(filters=filters).items()) == [("years", 3), ("rating", 0)]


def test_picked_and_seen_movies_are_not_promised(relaxed):
    filters = Filters(decades=(1960,))
    everything = relaxed(filters=filters)
    less = relaxed(filters=filters, picks=(Pick("movie", 10, True),), seen=(20, 30))
    assert everything == {"decades": 8}
    assert less == {"decades": 5}


def test_what_was_not_given_is_no_condition(relaxed):
    assert relaxed() == {}
    assert relaxed(picks=(Pick("tag", 999_999, False), Pick("tag", SPACE, True))) == {}


def test_avoided_tags_that_are_ignored_are_no_condition(relaxed):
    assert relaxed(picks=(AVOIDS_SPACE,)) == {"avoided_tags": 8}
    assert relaxed(picks=(AVOIDS_SPACE,), tuning=Tuning(dislikes="ignore")) == {}


@pytest.mark.parametrize(("size", "is_told"), [(FEW_MOVIES - 1, True), (FEW_MOVIES, False)])
def test_it_is_told_of_a_list_with_fewer_than_twelve_movies(
    make_catalogue, make_engine, size, is_told
):
    movies = [(n, 1990 if n <= size else 1980, 5.0, ()) for n in range(1, 31)]
    engine = make_engine([1.0] * 30, [1, 1, 1, 1, 1])
    registry = Registry([Offer("lstm", "Toy", lambda: engine)])
    recommender = Recommender(make_catalogue(movies), registry, "toy-1")
    (answer,) = recommender.answer([Recommend(filters=Filters(decades=(1990,)), limit=1)])
    assert answer.matching == size
    assert answer.relaxations == ((Relaxation("decades", 30),) if is_told else ())
