import numpy as np
import pytest

from model_server.engines.base import Event, Query
from model_server.evaluation.dislikes import effects, replay
from model_server.evaluation.dislikes.effects import Effects, measure, neighbours
from model_server.evaluation.dislikes.replay import Replay
from model_server.space import Space

REPLAYS = [Replay(Query((Event(7, True),)), 3)]


@pytest.fixture
def even(make_engine, monkeypatch):
    """Movies 1 to 8 score 0; a dislike takes 10 from the next index, a like gives it 10."""
    monkeypatch.setattr(effects, "NEIGHBOURS", 2)
    monkeypatch.setattr(replay, "SHOWN", 3)
    return make_engine(movies=[0] * 8, tags=[0] * 5)


@pytest.fixture
def space(even, catalogue):
    return Space(even.vectors(), catalogue.likes)


def test_neighbours_are_the_nearest_others(even, space):
    assert sorted(neighbours(even, space, 3)) == [2, 4]
    assert neighbours(even, space, 1).tolist() == [2, 3]


# Before: movie 8 has 10, so all shares are over 7 + e^10; after: over 6 + e^-10 + e^10.
def test_changes_are_of_the_log_of_the_softmax(even, space):
    found = measure(even, space, REPLAYS)
    rise = np.log((7 + np.exp(10)) / (6 + np.exp(-10) + np.exp(10)))
    assert np.sort(found.changes[0]) == pytest.approx([rise - 10, rise], abs=1e-6)


def test_a_like_of_the_same_film_is_measured_beside(even, space):
    found = measure(even, space, REPLAYS)
    fall = np.log((7 + np.exp(10)) / (6 + 2 * np.exp(10)))
    assert np.sort(found.if_liked[0]) == pytest.approx([fall, fall + 10], abs=1e-6)


# Movie 7 was said and 3 is disliked: the page before shows 8, 1, 2, and so it does after.
def test_places_are_counted_on_the_page(even, space):
    found = measure(
        even, space, [*REPLAYS, Replay(Query(), 3), Replay(Query((Event(3, True),)), 1)]
    )
    # Second: before 1, 2, 4, of which 2 and 4 are near 3; after 4 has made room for 5.
    # Third: before 4, 2, 5, near 1 are 2 and 3 (said); after 2 has made room.
    assert found.before.tolist() == [1, 2, 1]
    assert found.after.tolist() == [1, 1, 0]


def test_batches_do_not_show(even, space, monkeypatch):
    whole = measure(even, space, REPLAYS * 5)
    monkeypatch.setattr(effects, "BATCH", 2)
    done = []
    parts = measure(even, space, REPLAYS * 5, done.append)
    assert (parts.changes == whole.changes).all()
    assert done == [2, 2, 1]


def effects_of(before, after):
    nothing = np.zeros((len(before), 2))
    return Effects(nothing, nothing, np.array(before), np.array(after))


def test_the_change_of_places_is_a_share_of_those_before():
    assert effects_of([3, 1], [1, 0]).change == pytest.approx(-0.75)


def test_without_places_before_there_is_no_change_to_speak_of():
    assert np.isnan(effects_of([0], [1]).change)
