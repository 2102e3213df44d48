import numpy as np
import pytest

from model_server.evaluation.visitor.habits import FILMS_ALONE, OTHERS, TELLING
from model_server.evaluation.visitor.page import describe_visitors, draw_curves, render_rows
from model_server.evaluation.visitor.rows import Row
from model_server.evaluation.visitor.walk import LIMIT, Walked


def row(habit: str, maker: str, *clicks: int) -> Row:
    clicked = np.array(clicks)
    tags = np.minimum(clicked, 1)
    return Row(habit, maker, Walked(clicked, tags, np.minimum(clicked - tags, 1)))


@pytest.fixture
def rows():
    return [
        row(TELLING.title, "LSTM", 0, 2, 2, 6),
        row(TELLING.title, "Popularity", 1, 3, 3, 7),
        row(FILMS_ALONE.title, "LSTM", 1, 4, 9, LIMIT + 1),
        row(OTHERS[0].title, "LSTM", 0, 2, 2, 6),
    ]


@pytest.fixture
def kinds():
    return {"all": np.ones(4, dtype=np.bool_), "none": np.zeros(4, dtype=np.bool_)}


def cells(page: str, start: str) -> list[list[str]]:
    lines = [line.strip("| ").split(" | ") for line in page.splitlines()]
    return [line for line in lines if line[0] == start]


def test_a_row_says_how_many_found_it_within_so_many_clicks(rows, kinds):
    page = render_rows(rows, kinds)
    (found,) = cells(page, "Popularity")
    assert found[1:5] == ["0.000", "0.250", "0.250", "0.750"]
    assert found[5].startswith("0.750 (")
    assert found[6:8] == ["1.000", "1.000"]
    assert found[8].startswith("3.500 (")
    assert found[9:] == ["3", "+1.00 (+1.00 … +1.00)"]  # one click more for everybody


def test_who_gives_up_counts_in_the_mean(rows, kinds):
    alone = cells(render_rows(rows, kinds), "LSTM")[1]
    assert alone[7] == "0.750"
    assert alone[8].startswith(f"{(1 + 4 + 9 + LIMIT + 1) / 4:.3f} (")


def test_a_table_for_each_habit_and_one_for_all_others(rows, kinds):
    page = render_rows(rows, kinds)
    assert page.count("## ") == 4
    assert len(cells(page, "LSTM")) == 2
    assert len(cells(page, OTHERS[0].title)) == 1
    assert cells(page, OTHERS[0].title)[0][-1] == "+0.00 (+0.00 … +0.00)"


def test_hard_wishes_are_told_apart_by_what_was_clicked(rows, kinds):
    page = render_rows(rows, kinds)
    # 10 clicks of 4 people: 3 on tags, 3 on films, 4 for the next page
    assert cells(page, "all") == [["all", "4", "0.750", "2.50", "0.75", "0.75", "1.00"]]
    assert cells(page, "none") == [["none", "0", "-", "-", "-", "-", "-"]]


def test_the_notes_say_how_those_who_give_up_are_counted():
    notes = " ".join(describe_visitors(40, 2, 8, "validation", 7))
    assert f"gives up and counts as {LIMIT + 1}" in notes
    assert "40 validation people" in notes
    assert "(seed 7)" in notes


def test_the_curves_are_drawn(rows, tmp_path):
    draw_curves(rows, tmp_path / "curves.png")
    assert (tmp_path / "curves.png").stat().st_size > 1000
