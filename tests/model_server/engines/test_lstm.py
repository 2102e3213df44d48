"""How the engine walks sessions, held with a runner whose sums are known by heart."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from model_server.engines.base import Event, Query, Scores
from model_server.engines.lstm import (
    DISLIKE,
    LIKE,
    ROWS_AT_ONCE,
    START,
    TAGS_READ,
    LstmEngine,
    States,
    Steps,
    Told,
)

UNITS = 1
NO_MATCH = SimpleNamespace(add=lambda scores, queries, newest: None)


class SumRunner:
    """A state is 10 times the last state plus the movie, its scores are that and the tags."""

    units = UNITS
    like_lags, dislike_lags = 2, 1

    def __init__(self) -> None:
        self.advanced: list[int] = []
        self.predicted: list[Steps] = []
        self.told: list[Told] = []

    def advance(self, steps: Steps) -> np.ndarray:
        self.advanced.append(len(steps.movie))
        return self._after(steps)

    def predict(self, steps: Steps, told: Told):
        self.predicted.append(steps)
        self.told.append(told)
        after = self._after(steps)
        tags = told.liked.sum(axis=1) - told.disliked.sum(axis=1)
        movies = np.stack([after[:, 0, 0], tags.astype(np.float32)], axis=1)
        return after, Scores(movies, movies)

    def _after(self, steps: Steps) -> np.ndarray:
        return steps.states * 10 + (steps.movie + 0.1 * steps.kind)[:, None, None]


@pytest.fixture
def runner() -> SumRunner:
    return SumRunner()


@pytest.fixture
def engine(runner: SumRunner) -> LstmEngine:
    return LstmEngine(runner, NO_MATCH, SimpleNamespace())


def liked(*movies: int) -> Query:
    return Query(tuple(Event(movie, True) for movie in movies))


def test_an_empty_session_reads_the_start_alone(engine: LstmEngine, runner: SumRunner) -> None:
    engine.score([Query()])
    assert runner.advanced == []
    assert runner.predicted[0].kind.tolist() == [START]


def test_a_session_is_read_oldest_first(engine: LstmEngine) -> None:
    scores = engine.score([liked(3, 4)])
    # start 0.2, then 10 * 0.2 + 3.1 = 5.1, then 10 * 5.1 + 4.1 = 55.1
    assert scores.movies[0, 0] == pytest.approx(55.1, rel=1e-5)


def test_a_dislike_is_read_as_one(engine: LstmEngine, runner: SumRunner) -> None:
    engine.score([Query((Event(3, False),))])
    assert runner.predicted[0].kind.tolist() == [DISLIKE]


def test_the_next_click_costs_one_step(engine: LstmEngine, runner: SumRunner) -> None:
    engine.score([liked(3, 4)])
    steps_before = len(runner.advanced)
    engine.score([liked(3, 4, 5)])
    assert len(runner.advanced) == steps_before
    assert engine.counters() == {"clicks_one_step": 1, "clicks_recomputed": 1}


def test_the_next_click_scores_as_the_whole_session_does(engine: LstmEngine) -> None:
    engine.score([liked(3, 4)])
    carried = engine.score([liked(3, 4, 5)]).movies
    fresh = LstmEngine(SumRunner(), NO_MATCH, SimpleNamespace()).score([liked(3, 4, 5)]).movies
    assert carried.tolist() == fresh.tolist()


def test_carried_states_do_not_know_the_tags(engine: LstmEngine) -> None:
    engine.score([Query(liked(3).events, liked_tags=(7,))])
    after_tags = engine.score([liked(3, 4)]).movies
    without = LstmEngine(SumRunner(), NO_MATCH, SimpleNamespace()).score([liked(3, 4)]).movies
    assert after_tags.tolist() == without.tolist()


def test_a_tag_picked_at_the_same_place_costs_one_step(
    engine: LstmEngine, runner: SumRunner
) -> None:
    engine.score([liked(3, 4)])
    steps_before = len(runner.advanced)
    engine.score([Query(liked(3, 4).events, liked_tags=(1, 2), disliked_tags=(9,))])
    assert len(runner.advanced) == steps_before


def test_a_reordered_list_is_read_afresh_from_the_first_pick_that_moved(
    engine: LstmEngine, runner: SumRunner
) -> None:
    engine.score([liked(1, 2, 3, 4)])
    runner.advanced.clear()
    engine.score([liked(1, 2, 4, 3)])
    # the state after 1 and 2 is kept; 4 is read again, and 3 predicts
    assert runner.advanced == [1]


def test_sessions_that_arrive_together_are_read_side_by_side(
    engine: LstmEngine, runner: SumRunner
) -> None:
    queries = [liked(1, 2, 3), liked(4, 5), Query(), liked(1, 2, 6)]
    together = engine.score(queries).movies
    # the start that all share, then 1 and 4, then 2; what begins alike is read once
    assert runner.advanced == [1, 2, 1]
    alone = [
        LstmEngine(SumRunner(), NO_MATCH, SimpleNamespace()).score([query]).movies[0]
        for query in queries
    ]
    assert together.tolist() == [row.tolist() for row in alone]


def test_many_sessions_are_predicted_in_parts_and_answered_in_order(
    engine: LstmEngine, runner: SumRunner
) -> None:
    movies = range(1, 2 * ROWS_AT_ONCE + 2)
    scores = engine.score([liked(movie) for movie in movies])
    assert [len(steps.movie) for steps in runner.predicted] == [ROWS_AT_ONCE, ROWS_AT_ONCE, 1]
    # start 0.2, then 10 * 0.2 + the movie and 0.1
    assert scores.movies[:, 0] == pytest.approx([movie + 2.1 for movie in movies], rel=1e-5)


def test_a_movie_without_a_row_is_read_by_its_tags(engine: LstmEngine, runner: SumRunner) -> None:
    engine.score([Query((Event(0, True, (5, 6)),))])
    assert runner.predicted[0].own_tags[0, :3].tolist() == [5, 6, 0]
    assert runner.predicted[0].kind.tolist() == [LIKE]


def test_two_movies_without_a_row_are_not_taken_for_each_other(engine: LstmEngine) -> None:
    engine.score([Query((Event(0, True, (5,)), Event(1, True)))])
    engine.score([Query((Event(0, True, (6,)), Event(1, True)))])
    assert engine.counters()["clicks_recomputed"] == 2


def test_of_many_tags_the_newest_are_read(engine: LstmEngine) -> None:
    tags = tuple(range(1, TAGS_READ + 3))
    scores = engine.score([Query((), liked_tags=tags)])
    assert scores.movies[0, 1] == sum(tags[2:])


def test_of_a_movies_own_tags_the_first_are_read_its_genres(
    engine: LstmEngine, runner: SumRunner
) -> None:
    tags = tuple(range(1, TAGS_READ + 3))
    engine.score([Query((Event(0, True, tags),))])
    assert runner.predicted[0].own_tags[0].tolist() == list(tags[:TAGS_READ])


def test_what_reads_the_same_movies_again_counts_as_no_click(engine: LstmEngine) -> None:
    session = liked(3, 4)
    engine.score([Query(), session])  # nothing picked is no click either
    engine.score([session, Query(session.events, liked_tags=(1,)), Query()])
    assert engine.counters() == {"clicks_one_step": 0, "clicks_recomputed": 1}


def test_a_supposed_session_is_no_click_and_keeps_its_last_state_alone(
    engine: LstmEngine, runner: SumRunner
) -> None:
    supposed = replace(liked(3, 4, 5), is_supposed=True)
    engine.score([supposed])
    assert engine.counters() == {"clicks_one_step": 0, "clicks_recomputed": 0}
    runner.advanced.clear()
    engine.score([liked(3, 4, 5, 6)])
    assert runner.advanced == []  # only the step that predicts was left
    engine.score([liked(3, 4)])
    assert runner.advanced == [1, 1]  # the start and 3, for neither was kept


def test_a_kept_state_does_not_keep_its_batch_alive() -> None:
    states, batch = States(), np.ones((8, 4, UNITS))
    states.put(b"a", batch[0])
    assert states.get(b"a").base is None


def test_states_make_room_for_newer_ones() -> None:
    states = States(capacity=2)
    for key in (b"a", b"b"):
        states.put(key, np.zeros((4, UNITS)))
    states.get(b"a")  # now b is the one unused for longest
    states.put(b"c", np.zeros((4, UNITS)))
    assert [states.get(key) is not None for key in (b"a", b"b", b"c")] == [True, False, True]


def test_the_newest_likes_and_dislikes_are_told_newest_first(
    engine: LstmEngine, runner: SumRunner
) -> None:
    events = [(3, True), (4, False), (5, True), (6, False), (7, True), (0, True)]
    engine.score([Query(tuple(Event(*event) for event in events)), liked(9)])
    # two likes, then one dislike; what has no row is not told
    assert runner.told[0].recent.tolist() == [[7, 5, 6], [9, 0, 0]]


def test_another_order_of_the_newest_likes_is_told_as_such(
    engine: LstmEngine, runner: SumRunner
) -> None:
    engine.score([liked(3, 4)])
    engine.score([liked(4, 3)])
    assert [told.recent[0, :2].tolist() for told in runner.told] == [[4, 3], [3, 4]]
