import numpy as np
import pytest

from model_server.training.network import DISLIKE, LIKE, START
from model_server.training.sequences import Picks
from model_server.training.windows import Batches, WindowConfig, cut_windows, next_of, pad

from .conftest import MOVIES, ring_catalogue


def picks(movies: list[int], liked: list[int] | None = None) -> Picks:
    is_liked = np.ones(len(movies), dtype=bool) if liked is None else np.array(liked, dtype=bool)
    return Picks(np.array(movies, dtype=np.int32), is_liked)


@pytest.fixture
def batches() -> Batches:
    people = [picks([1, 2, 3, 4, 5, 6], [1, 0, 1, 1, 0, 1]) for _ in range(8)]
    return Batches(people, ring_catalogue(), WindowConfig(length=6, picks_per_batch=60))


def similar() -> np.ndarray:
    """Each movie is most like the two after it."""
    index = np.arange(1 + MOVIES)
    return np.stack([index % MOVIES + 1, (index + 1) % MOVIES + 1], axis=-1).astype(np.int32)


def test_windows_hold_every_pick_once_and_in_order() -> None:
    windows = cut_windows(picks([1, 2, 3, 4, 5, 6, 7]), length=3, phase=2)
    # a first window of 2, then as many of 3 as there are, then the rest
    assert [window.movies.tolist() for window in windows] == [[1, 2], [3, 4, 5], [6, 7]]


def test_a_window_without_a_like_is_left_out() -> None:
    windows = cut_windows(picks([1, 2, 3, 4], [0, 0, 1, 0]), length=2, phase=0)
    assert [window.movies.tolist() for window in windows] == [[3, 4]]


def test_padding_stands_right_and_a_start_token_first() -> None:
    movie, kind = pad([picks([5, 6], [1, 0]), picks([7])])
    assert movie.tolist() == [[0, 5, 6], [0, 7, 0]]
    assert kind[0].tolist() == [START, LIKE, DISLIKE]
    assert kind[1, :2].tolist() == [START, LIKE]


def test_each_step_is_told_the_next_like_and_not_its_own() -> None:
    movies = np.array([[0, 5, 6, 7, 8]])
    liked = np.array([[False, True, False, True, False]])
    # after the start comes 5; after 5 and 6 comes 7, for 6 is disliked; nothing liked follows 7
    assert next_of(movies, liked).tolist() == [[5, 7, 7, 0, 0]]


def test_an_epoch_holds_every_window(batches: Batches) -> None:
    groups = batches.epoch(np.random.default_rng(0))
    assert sum(len(window.movies) for group in groups for window in group) == 8 * 6


def test_no_batch_is_larger_than_allowed(batches: Batches) -> None:
    groups = batches.epoch(np.random.default_rng(0))
    assert max(sum(1 + len(window.movies) for window in group) for group in groups) <= 60


def drawn(batches: Batches) -> list:
    rng = np.random.default_rng(1)
    return list(batches.draw(batches.epoch(rng), rng, similar()))


def test_wanted_tags_belong_to_the_next_liked_movie(batches: Batches) -> None:
    catalogue, seen = ring_catalogue(), 0
    for batch in drawn(batches):
        target = next_of(batch.movie, (batch.movie > 0) & (batch.kind == LIKE))
        lower = target[len(target) // 2 :]
        for place in np.argwhere(batch.wanted_tags):
            tag = batch.wanted_tags[tuple(place)]
            assert tag in catalogue.tags_of(int(lower[place[0], place[1]]))
            seen += 1
    assert seen > 10


def test_unwanted_tags_do_not_belong_to_the_next_liked_movie() -> None:
    people = [picks([1, 30, 60, 90, 2, 40]) for _ in range(8)]
    catalogue, seen = ring_catalogue(), 0
    for batch in drawn(Batches(people, catalogue, WindowConfig(length=6, picks_per_batch=60))):
        target = next_of(batch.movie, batch.movie > 0)
        lower = target[len(target) // 2 :]
        for place in np.argwhere(batch.unwanted_tags):
            tag = batch.unwanted_tags[tuple(place)]
            assert tag not in catalogue.tags_of(int(lower[place[0], place[1]]))
            seen += 1
    assert seen > 3


def test_a_dislike_comes_with_its_movie_its_neighbours_and_the_step_before(
    batches: Batches,
) -> None:
    for batch in drawn(batches):
        time = batch.movie.shape[1]
        for (step, before), neighbours in zip(batch.dislikes, batch.neighbours, strict=True):
            movie = batch.movie.ravel()[step]
            assert batch.steps[before] == step - 1
            assert step < len(batch.movie) // 2 * time
            assert set(neighbours) <= {0, movie, *similar()[movie]}


def test_equal_seeds_draw_equal_batches(batches: Batches) -> None:
    for one, other in zip(drawn(batches), drawn(batches), strict=True):
        assert all((a == b).all() for a, b in zip(one, other, strict=True))
