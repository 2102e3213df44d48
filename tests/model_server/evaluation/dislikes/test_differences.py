import numpy as np
import pytest

from model_server.evaluation.dislikes.differences import compare_sides, render_differences
from model_server.evaluation.dislikes.targets import Target, View

VIEW = View("", 2.5)


def asked(*people_and_stars):
    return [Target(person, 1, stars, (), 0) for person, stars in people_and_stars]


@pytest.fixture
def two_people():
    """Ranks 1, 3 and 20 of likes, 1 and 11 of dislikes, and one of a film that was neither."""
    targets = asked((0, 5), (0, 4), (1, 3.5), (0, 1), (1, 2.5), (1, 3))
    return targets, np.array([1, 3, 20, 1, 11, 1])


def test_every_target_of_a_side_weighs_alike(two_people):
    targets, ranks = two_people
    found = compare_sides("", ranks, targets, VIEW, resamples=10)
    assert found.liked == pytest.approx([2 / 3, (1 + 1 / 2) / 3])  # 1 / log2(1 + 3) = 1 / 2
    assert found.disliked == pytest.approx([1 / 2, 1 / 2])


def test_people_are_drawn_whole(two_people):
    targets, ranks = two_people
    found = compare_sides("", ranks, targets, VIEW, resamples=200)
    # Person 0 alone: 2 / 2 - 1 / 1; person 1 alone: 0 - 0; both: 2 / 3 - 1 / 2.
    assert set(np.round(found.resampled[:, 0], 9)) == {0.0, np.round(1 / 6, 9)}


def test_a_draw_without_anybody_who_disliked_is_not_counted():
    targets, ranks = asked((0, 5), (0, 1), (1, 5)), np.array([1, 99, 1])
    found = compare_sides("", ranks, targets, VIEW, resamples=200)
    assert np.isnan(found.resampled).any()
    assert [(one.low, one.high) for one in found.intervals()] == [(1, 1), (1, 1)]


def test_engines_are_compared_draw_by_draw(two_people):
    targets, ranks = two_people
    first = compare_sides("", ranks, targets, VIEW, resamples=200)
    again = compare_sides("", ranks, targets, VIEW, resamples=200)
    assert [(one.low, one.high) for one in again.intervals(first)] == [(0, 0), (0, 0)]


def test_a_table_says_all_figures_and_compares_with_its_first_row(two_people):
    targets, ranks = two_people
    rows = [compare_sides(name, ranks, targets, VIEW, resamples=50) for name in ("A", "B")]
    *_, first, second = render_differences(rows).splitlines()
    assert first.startswith("| A | 0.6667 | 0.5000 | +0.1667 (+0.000 … +0.167) | 0.5000 |")
    assert first.endswith(" |  |")
    assert second.endswith("| +0.000 … +0.000 |")
