import numpy as np
import pytest

from model_server.engines.base import Event
from model_server.engines.baseline import Baseline, stack_shelf
from model_server.evaluation.blend import best_blend, blend
from model_server.evaluation.cases import Case

HISTORY = (Event(8, True),)


@pytest.fixture
def rated(catalogue):
    """A baseline that rates movies 1, 2, 3... as given, whatever was said."""
    shelf = stack_shelf(catalogue, np.zeros(9, dtype=np.int64))

    def build(title, *ratings):
        rating = np.zeros(9, dtype=np.float32)
        rating[1 : 1 + len(ratings)] = ratings
        return Baseline(title, title, lambda _events: rating, shelf)

    return build


def test_a_blend_adds_ratings_by_weight_in_their_standard_deviations(rated):
    # over 9 places: [9] has mean 1 and variance 9 - 1 = 8; [0, 18] has mean 2 and variance 36 - 4
    mixed = blend(rated("A", 9), rated("B", 0, 18), weight=0.3)
    rating = mixed.rate(HISTORY)
    np.testing.assert_allclose(rating[1:3], [0.3 * 9 / 8**0.5, 0.7 * 18 / 32**0.5], rtol=1e-6)


def test_a_rating_of_nothing_blends_in_nothing(rated):
    mixed = blend(rated("A"), rated("B", 0, 18), weight=0.3)
    assert mixed.rate(HISTORY)[1:3].tolist() == [0, pytest.approx(0.7 * 18 / 32**0.5)]


def test_a_blend_says_what_it_is_made_of(rated):
    assert blend(rated("A"), rated("B"), weight=0.3).title == "Blend: 0.3 A + 0.7 B"


def test_the_best_weight_finds_the_targets(rated):
    # Movie 3 is nobody's favourite. Both ratings have the same deviation, so only their values
    # count: .8 is above both w and 1 - w for w between .2 and .8, and tied there
    first, second = rated("A", 1, 0, 0.8), rated("B", 0, 1, 0.8)
    found = best_blend(first, [second], [Case(0, HISTORY, 3, ())])
    weight = float(found.title.split()[1])
    assert 0.3 <= weight <= 0.7


def test_the_better_second_is_chosen(rated):
    useless, useful = rated("useless", 1, 0), rated("useful", 0, 0, 0, 5)
    found = best_blend(rated("A", 0, 1, 0, 0.5), [useless, useful], [Case(0, HISTORY, 4, ())])
    assert found.title.endswith("useful")


def test_progress_counts_each_case_for_each_second(rated):
    done = []
    cases = [Case(person, HISTORY, 1, ()) for person in range(3)]
    best_blend(rated("A", 1), [rated("B", 1), rated("C", 1)], cases, done.append)
    assert sum(done) == 3 * 2
