import numpy as np
import pytest

from model_server.engines.base import DISLIKE, LIKE, START
from model_server.training.candidates import CandidateConfig
from model_server.training.lags import Lags
from model_server.training.sequences import Picks
from model_server.training.windows import Batch, Batches, WindowConfig, cut_windows, next_of, pad

from .conftest import MOVIES, ring_catalogue, ring_lags

LIFTED_SHARE = 0.3


def picks(movies: list[int], liked: list[int] | None = None) -> Picks:
    is_liked = np.ones(len(movies), dtype=bool) if liked is None else np.array(liked, dtype=bool)
    return Picks(np.array(movies, dtype=np.int32), is_liked)


@pytest.fixture
def batches() -> Batches:
    people = [picks([1, 2, 3, 4, 5, 6], [1, 0, 1, 1, 0, 1]) for _ in range(8)]
    return make_batches(people)


def make_batches(people: list[Picks]) -> Batches:
    config = WindowConfig(
        length=6,
        picks_per_batch=60,
        wanted_tags=(0.4, 0.3, 0.3),
        unwanted_tags=(0.4, 0.3, 0.3),
        dislikes_per_batch=9,
        lifted_share=LIFTED_SHARE,
        candidates=CandidateConfig(head=2, sampled=9),
    )
    return Batches(people, ring_catalogue(), config, ring_lags())


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
    assert sum(len(window.picks.movies) for group in groups for window in group) == 8 * 6


def test_no_batch_is_larger_than_allowed(batches: Batches) -> None:
    groups = batches.epoch(np.random.default_rng(0))
    sizes = [sum(1 + len(window.picks.movies) for window in group) for group in groups]
    assert max(sizes) <= 60


def drawn(batches: Batches) -> list:
    rng = np.random.default_rng(1)
    return list(batches.draw(batches.epoch(rng), rng, similar()))


def test_every_step_with_a_like_to_come_is_a_target_once(batches: Batches) -> None:
    for batch in drawn(batches):
        steps = np.concatenate([batch.plain, batch.tagged, batch.lifted])
        target = next_of(batch.movie, (batch.movie > 0) & (batch.kind == LIKE)).ravel()
        assert np.array_equal(np.sort(steps), np.flatnonzero(target))
        assert np.array_equal(batch.target, target[steps])


def test_tagged_steps_know_a_tag_each_and_some_steps_know_none(batches: Batches) -> None:
    for batch in drawn(batches):
        assert len(batch.plain)
        assert len(batch.tagged)
        knows = batch.wanted_tags.any(axis=1) | batch.unwanted_tags.any(axis=1)
        assert knows[: len(batch.tagged)].all()


def test_a_share_of_all_steps_teaches_lifts_whether_tags_are_known_or_not() -> None:
    people = [picks([1, 2, 3, 4, 5, 6])] * 300
    found = drawn(make_batches(people))
    lifted = sum(len(batch.lifted) for batch in found)
    # of 1800 steps each is drawn by itself, with a standard deviation of 19
    assert lifted == pytest.approx(LIFTED_SHARE * 1800, abs=80)
    told = np.concatenate([batch.wanted_tags[len(batch.tagged) :] for batch in found])
    assert 0 < np.count_nonzero(told.any(axis=1)) < lifted
    assert all(batch.recent.shape == (len(batch.lifted), 5) for batch in found)


def test_no_step_teaches_lifts_that_are_none() -> None:
    people = [picks([1, 2, 3, 4, 5, 6])] * 8
    batches = Batches(people, ring_catalogue(), WindowConfig(length=6), Lags(0, 0, MOVIES))
    assert [len(batch.lifted) for batch in drawn(batches)] == [0]


def test_what_a_batch_asks_of_is_among_its_candidates(batches: Batches) -> None:
    for batch in drawn(batches):
        asked = np.concatenate([batch.target, batch.rejected, batch.neighbours.ravel()])
        columns = batch.candidates.columns[asked[asked > 0]]
        assert (columns > 0).all()
        assert not batch.candidates.log_weights[columns].any()


def tagged_targets(batch: Batch) -> np.ndarray:
    return batch.target[len(batch.plain) :]


def test_wanted_tags_belong_to_the_next_liked_movie(batches: Batches) -> None:
    catalogue, seen = ring_catalogue(), 0
    for batch in drawn(batches):
        for target, tags in zip(tagged_targets(batch), batch.wanted_tags, strict=True):
            assert set(tags) - {0} <= set(catalogue.tags_of(int(target)))
            seen += int(np.count_nonzero(tags))
    assert seen > 10


def test_unwanted_tags_do_not_belong_to_the_next_liked_movie() -> None:
    people = [picks([1, 30, 60, 90, 2, 40]) for _ in range(8)]
    catalogue, seen = ring_catalogue(), 0
    for batch in drawn(make_batches(people)):
        for target, tags in zip(tagged_targets(batch), batch.unwanted_tags, strict=True):
            assert not set(tags) & set(catalogue.tags_of(int(target)))
            seen += int(np.count_nonzero(tags))
    assert seen > 3


def test_a_dislike_comes_with_its_movie_its_neighbours_and_the_picks_around_it(
    batches: Batches,
) -> None:
    lags, seen = ring_lags(), 0
    for batch in drawn(batches):
        movie, kind = batch.movie.ravel(), batch.kind.ravel()
        assert 0 < len(batch.dislikes) <= 9
        for place, step in enumerate(batch.dislikes):
            before, after = batch.recent_before[place], batch.recent_after[place]
            assert set(batch.neighbours[place]) <= {0, movie[step], *similar()[movie[step]]}
            assert np.array_equal(after[: lags.likes], before[: lags.likes])
            assert after[lags.likes] % (1 + MOVIES) == movie[step]
            assert kind[step] == LIKE or batch.neighbours[place, 0] == movie[step]
            seen += 1
    assert seen > 8


def test_equal_seeds_draw_equal_batches(batches: Batches) -> None:
    for one, other in zip(drawn(batches), drawn(batches), strict=True):
        pairs = zip((*one[:-1], *one.candidates), (*other[:-1], *other.candidates), strict=True)
        assert all(np.array_equal(a, b) for a, b in pairs)
