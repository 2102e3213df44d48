import numpy as np
import pytest

from model_server.evaluation import __main__ as command
from model_server.evaluation.popularity import draw, render_pages
from model_server.evaluation.reach import Pages


@pytest.fixture
def pages():
    """Two engines' pages of two films after one like; the second engine's are the most popular."""
    popular = np.tile([1, 2], (4, 1))
    return [
        Pages("1 like alone", "LSTM", np.tile([3, 4], (4, 1)), np.array([1, 1, 60, 60])),
        Pages("1 like alone", "Popularity", popular, np.array([60, 60, 60, 1])),
    ]


def test_a_row_says_how_popular_and_how_mixed_an_engines_pages_are(pages, catalogue):
    catalogue.likes[1:5] = 8, 6, 4, 3
    rows = [
        line.strip("| ").split(" | ") for line in render_pages(pages, catalogue).splitlines()[2:]
    ]
    # films 3 and 4 share no tag, 1 and 2 share all; 2 of 8 films are shown
    assert rows == [
        [
            "1 like alone",
            "LSTM",
            "4",
            "0.500 (0.500 … 0.500)",
            "4",
            "0.250",
            "2",
            "1.000",
            "0.5000",
        ],
        ["1 like alone", "Popularity", "7", "1.000", "2", "0.250", "2", "0.000", "0.2500"],
    ]


def test_where_nobody_liked_anything_nothing_is_popular(pages, catalogue):
    assert "| - |" in render_pages(pages, catalogue)


def test_the_figure_is_drawn(pages, catalogue, tmp_path):
    catalogue.likes[1:5] = 8, 6, 4, 3
    draw(pages, catalogue, tmp_path / "figure.png")
    assert (tmp_path / "figure.png").stat().st_size > 1000


@pytest.mark.slow
def test_the_part_writes_its_page_and_figure(tmp_path, monkeypatch):
    monkeypatch.delenv("MARQUEE_DATA", raising=False)
    monkeypatch.delenv("ARTIFACT", raising=False)
    arguments = ["popularity", "--people", "12", "--out", str(tmp_path)]
    monkeypatch.setattr("sys.argv", ["evaluate", *arguments])
    assert command.main() == 0
    page = (tmp_path / "popularity-validation-ml-latest-small.md").read_text()
    assert (tmp_path / "popularity-validation-ml-latest-small.png").is_file()
    assert page.count("| whole history | ") == 8
