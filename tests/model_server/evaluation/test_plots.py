import pytest
from matplotlib import image

from model_server.evaluation.plots import (
    DOTS,
    SIZE,
    Labels,
    write_lines,
    write_panels,
)

LABELS = Labels("Found", "k", "HR@k")
LINES = {"LSTM": (range(1, 51), [k / 50 for k in range(1, 51)]), "Popularity": ([1, 50], [0, 0.5])}

WRITERS = {
    "lines": lambda path: write_lines(path, LABELS, LINES),
    "panels": lambda path: write_panels(path, {LABELS: LINES, Labels("Loss", "epoch", ""): LINES}),
}


@pytest.fixture(params=WRITERS)
def write(request):
    return WRITERS[request.param]


def test_a_figure_is_a_png_on_white(write, tmp_path):
    path = tmp_path / "docs" / "figure.png"
    write(path)
    pixels = image.imread(path)
    assert pixels.shape[0] == SIZE[1] * DOTS
    assert pixels[0, 0, :3].tolist() == [1, 1, 1]


def test_equal_numbers_give_equal_files(write, tmp_path):
    for name in ("one.png", "other.png"):
        write(tmp_path / name)
    assert (tmp_path / "one.png").read_bytes() == (tmp_path / "other.png").read_bytes()


def test_other_numbers_give_another_figure(tmp_path):
    write_lines(tmp_path / "one.png", LABELS, {"LSTM": ([1, 2], [0.1, 0.2])})
    write_lines(tmp_path / "other.png", LABELS, {"LSTM": ([1, 2], [0.1, 0.3])})
    assert (tmp_path / "one.png").read_bytes() != (tmp_path / "other.png").read_bytes()
