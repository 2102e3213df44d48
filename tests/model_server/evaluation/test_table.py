import numpy as np
import pytest

from model_server.evaluation.table import Measured, figures, paired_intervals, render


def test_figures_are_hit_gain_and_wide_hit():
    # rank 3: within 10, 1 / log2(4), within 50; rank 20: within 50 alone
    np.testing.assert_allclose(figures(np.array([3, 20])), [[1, 1 / 2, 1], [0, 0, 1]])


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


@pytest.fixture
def rows():
    return [
        Measured("LSTM", 0, np.array([1, 1, 60, 20])),
        Measured("Popularity", 0, np.array([1, 60, 60, 20])),
        Measured("LSTM", 2, np.array([1, 1, 1, 1])),
    ]


def test_each_row_is_one_engine_with_so_many_tags_known(rows):
    cells = [line.strip("| ").split(" | ")[:2] for line in render(rows, "LSTM").splitlines()[2:]]
    assert cells == [["0", "LSTM"], ["0", "Popularity"], ["2", "LSTM"]]


def test_the_reference_has_figures_without_intervals(rows):
    # HR@10: 2 of 4; NDCG@10: two ranks of 1; HR@50: 3 of 4
    assert render(rows, "LSTM").splitlines()[2] == "| 0 | LSTM | 0.5000 | 0.5000 | 0.7500 |"


def test_another_engine_has_the_interval_of_its_difference(rows):
    cells = render(rows, "LSTM").splitlines()[3].strip("| ").split(" | ")
    # one person of four is found no more: -1/4, between none and all but few of the draws
    assert cells[2].startswith("0.2500 (-0.7")
    assert cells[2].endswith("… +0.000)")
