import numpy as np
import pytest

from model_server.evaluation.metrics import NO_RANK
from model_server.evaluation.table import Measured, figures, render, render_leads


def test_figures_are_hit_gain_and_wide_hit():
    # rank 3: within 10, 1 / log2(4), within 50; rank 20: within 50 alone
    np.testing.assert_allclose(figures(np.array([3, 20])), [[1, 1 / 2, 1], [0, 0, 1]])


@pytest.fixture
def rows():
    return [
        Measured("LSTM", "all", np.array([1, 1, 60, 20])),
        Measured("Popularity", "all", np.array([1, 60, 60, 20])),
        Measured("LSTM", "2 tags", np.array([1, 1, 1, 1])),
    ]


def cells_of(table):
    return [line.strip("| ").split(" | ") for line in table.splitlines()[2:]]


def test_each_row_is_one_engine_told_so_much(rows):
    cells = [row[:2] for row in cells_of(render(rows, "LSTM"))]
    assert cells == [["all", "LSTM"], ["all", "Popularity"], ["2 tags", "LSTM"]]


def test_the_reference_has_figures_without_intervals(rows):
    # HR@10: 2 of 4; NDCG@10: two ranks of 1; HR@50: 3 of 4
    assert render(rows, "LSTM").splitlines()[2] == "| all | LSTM | 0.5000 | 0.5000 | 0.7500 |"


def test_another_engine_has_the_interval_of_its_difference(rows):
    cells = cells_of(render(rows, "LSTM"))[1]
    # one person of four is found no more: -1/4, between none and all but few of the draws
    assert cells[2].startswith("0.2500 (-0.7")
    assert cells[2].endswith("… +0.000)")
    assert cells[4].startswith("0.5000 (-0.7")


def test_cases_of_one_person_are_no_proof_of_each_other(rows):
    # all four cases are one person's, so that no draw differs from another
    cells = cells_of(render(rows, "LSTM", np.zeros(4, dtype=np.int64)))[1]
    assert cells[2] == "0.2500 (-0.250 … -0.250)"


def test_a_lead_is_the_ratio_to_the_best_other_engine(rows):
    better = Measured("EASE", "all", np.array([60, 1, 1, 1]))
    cells = cells_of(render_leads([rows[0], better, rows[1]], "LSTM"))
    assert cells[0][:5] == ["all", "LSTM", "0.5000", "EASE", "0.7500"]
    assert cells[0][5].startswith("0.667 (")  # 2 of 4 by 3 of 4


def test_a_lead_over_nothing_found_is_no_figure(rows):
    lost = Measured("EASE", "all", np.full(4, NO_RANK))
    assert cells_of(render_leads([rows[0], lost], "LSTM"))[0][5] == "-"


def test_an_engine_without_others_leads_nobody(rows):
    assert cells_of(render_leads(rows[2:], "LSTM")) == []
