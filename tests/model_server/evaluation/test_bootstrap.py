import numpy as np
import pytest

from model_server.evaluation.bootstrap import (
    Interval,
    paired_intervals,
    ratio_interval,
    resampled_means,
)


def test_an_equal_difference_for_everyone_is_certain():
    interval = paired_intervals(np.full((20, 1), 0.25), resamples=200)[0]
    assert (interval.low, interval.high) == (pytest.approx(0.25), pytest.approx(0.25))


def test_an_interval_is_that_of_the_normal_law_where_many_differ():
    # 900 people at +1 or -1: the mean's standard error is 1 / 30, so 1.96 / 30 either side of 0
    differences = np.where(np.arange(900) % 2, 1.0, -1.0)[:, None]
    interval = paired_intervals(differences, resamples=4000)[0]
    assert interval.low == pytest.approx(-1.96 / 30, abs=0.006)
    assert interval.high == pytest.approx(1.96 / 30, abs=0.006)


def test_equal_seeds_give_equal_intervals():
    differences = np.arange(50, dtype=float)[:, None]
    one, other = (paired_intervals(differences, resamples=100) for _ in range(2))
    assert one == other


def test_cases_of_one_person_are_drawn_together():
    # 30 people with 30 equal cases each: as sure as 30 cases are, 1 / sqrt(30) either way
    people = np.repeat(np.arange(30), 30)
    differences = np.where(people % 2, 1.0, -1.0)[:, None]
    interval = paired_intervals(differences, people, resamples=4000)[0]
    assert interval.low == pytest.approx(-1.96 / 30**0.5, abs=0.05)
    assert interval.high == pytest.approx(1.96 / 30**0.5, abs=0.05)


def test_people_with_more_cases_count_for_more():
    people, values = np.array([7, 7, 7, 4]), np.array([[1.0], [1.0], [1.0], [0.0]])
    means = resampled_means(values, people, resamples=500)
    # both of two draws are the one or the other, or one of each: 3 cases of 4
    assert sorted(set(means[:, 0].tolist())) == [0, 3 / 4, 1]


def test_cases_need_not_stand_together():
    values = np.array([[1.0], [0.0], [1.0], [1.0]])
    apart = resampled_means(values, np.array([7, 4, 7, 7]), resamples=50)
    together = resampled_means(values[[1, 0, 2, 3]], np.array([4, 7, 7, 7]), resamples=50)
    np.testing.assert_array_equal(apart, together)


def test_more_resamples_than_are_drawn_at_once_are_all_drawn():
    assert resampled_means(np.ones((5, 2)), resamples=2500).shape == (2500, 2)


def test_a_ratio_of_equal_figures_is_one():
    assert ratio_interval(np.ones((20, 2)), resamples=100) == Interval(1, 1)


def test_a_ratio_is_of_the_first_to_the_second():
    interval = ratio_interval(np.tile([3.0, 2.0], (20, 1)), resamples=100)
    assert (interval.low, interval.high) == (1.5, 1.5)


def test_a_ratio_to_nothing_is_infinite():
    assert ratio_interval(np.tile([1.0, 0.0], (5, 1)), resamples=100).high == np.inf
