import numpy as np
import pytest

from model_server.training.tag_drawer import TagDrawer

from .conftest import ring_catalogue


@pytest.fixture
def drawer() -> TagDrawer:
    return TagDrawer(ring_catalogue())


def test_a_drawn_tag_is_one_that_the_movie_carries(drawer: TagDrawer) -> None:
    movies = np.tile(np.array([1, 30, 96], dtype=np.int32), 20)
    drawn = drawer.draw(movies, np.random.default_rng(0))
    assert {movie: set(drawn[movies == movie]) for movie in (1, 30, 96)} == {
        1: {1, 5},
        30: {2, 5},
        96: {4, 5},
    }


def test_padding_has_no_tag(drawer: TagDrawer) -> None:
    assert drawer.draw(np.zeros(5, dtype=np.int32), np.random.default_rng(0)).tolist() == [0] * 5


def test_no_tag_is_drawn_twice_and_no_more_than_chances_allow(drawer: TagDrawer) -> None:
    movies = np.ones(400, dtype=np.int32)
    drawn = drawer.draw_distinct(movies, (0.25, 0.25, 0.5), np.random.default_rng(0))
    counts = np.count_nonzero(drawn, axis=1)
    assert all(len(set(tags[tags > 0])) == count for tags, count in zip(drawn, counts, strict=True))
    # none in a quarter; two in a half, less the half of those whose second draw repeats the first
    assert (counts == 0).mean() == pytest.approx(0.25, abs=0.06)
    assert (counts == 2).mean() == pytest.approx(0.25, abs=0.06)


def test_what_a_movie_carries_is_known(drawer: TagDrawer) -> None:
    assert drawer.has(np.array([1, 1, 0]), np.array([1, 2, 5])).tolist() == [True, False, False]
