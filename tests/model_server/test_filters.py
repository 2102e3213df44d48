"""Which filters were given, and what is left without one."""

import pytest

from model_server.filters import FILTER_NAMES, Filters

EVERYTHING = Filters((1990,), 1991, 1999, 7.0, 9.0, (1,), (2,))


def test_every_filter_that_is_given_is_named():
    assert Filters().given == ()
    assert EVERYTHING.given == FILTER_NAMES


@pytest.mark.parametrize(
    ("filters", "name"),
    [
        (Filters(decades=(1990,)), "decades"),
        (Filters(year_from=0), "years"),
        (Filters(year_to=1999), "years"),
        (Filters(rating_min=0), "rating"),
        (Filters(rating_max=9), "rating"),
        (Filters(genres=(1,)), "genres"),
        (Filters(exclude_genres=(1,)), "exclude_genres"),
    ],
)
def test_a_filter_is_given_by_either_of_its_fields_and_gone_without_both(filters, name):
    assert filters.given == (name,)
    assert filters.without(name) == Filters()


@pytest.mark.parametrize("name", FILTER_NAMES)
def test_without_one_filter_the_others_stay(name):
    assert EVERYTHING.without(name).given == tuple(one for one in FILTER_NAMES if one != name)
