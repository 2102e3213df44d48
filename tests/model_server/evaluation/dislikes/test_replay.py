import numpy as np
import pytest

from model_server.engines.base import Event, Query
from model_server.evaluation.dislikes import replay
from model_server.evaluation.dislikes.replay import (
    Replay,
    Visit,
    choose_visits,
    liking_session,
    page,
    real_dislike,
    shown_dislikes,
)
from tests.model_server.conftest import ACTION, COMEDY, LOVE, SPACE
from tests.model_server.evaluation.conftest import WITHOUT_ROW

LIKED = [Event(movie, True) for movie in range(5)]
VISIT = Visit(0, (Event(6, False), LIKED[1], LIKED[2], Event(5, False), LIKED[3], LIKED[4]))


def test_a_dislike_is_the_newest_pick():
    before = Query((LIKED[1],), liked_tags=(2,))
    assert Replay(before, 4).after() == Query((LIKED[1], Event(4, False)), liked_tags=(2,))
    assert Replay(before, 4).after(is_liked=True).events[-1] == Event(4, True)


def test_a_real_dislike_follows_all_that_was_said_before_it():
    assert real_dislike(VISIT, seed=1) == Replay(Query(VISIT.events[:3]), 5)


def test_a_dislike_before_any_like_is_not_replayed():
    assert VISIT.dislikes == [3]


def test_people_are_those_who_liked_twice_and_disliked_after_a_like(people_of):
    people = people_of(
        [(10, 5), (20, 5), (30, 1)],
        [(10, 5), (20, 5)],
        [(10, 1), (20, 5), (30, 5)],
        [(10, 5), (20, 1)],
        [(10, 5), (20, 2), (30, 4), (WITHOUT_ROW, 5)],
    )
    found = choose_visits(people, np.arange(5), count=9, seed=1)
    assert sorted(visit.person for visit in found) == [0, 4]


def test_no_more_people_than_asked_for_and_always_the_same(people_of):
    people = people_of(*[[(10, 5), (20, 5), (30, 1)]] * 20)
    first, again, other = (
        [visit.person for visit in choose_visits(people, np.arange(20), 3, seed)]
        for seed in (1, 1, 2)
    )
    assert len(first) == 3
    assert first == again != other


@pytest.mark.parametrize("seed", range(5))
def test_a_liking_session_is_the_likes_up_to_some_point(catalogue, seed):
    session = liking_session(VISIT, catalogue, seed)
    assert session.events in [tuple(LIKED[1 : 1 + length]) for length in (1, 2, 3)]
    assert session.liked_tags == ()


def test_a_short_session_keeps_the_newest_likes(catalogue):
    whole, short, empty = (liking_session(VISIT, catalogue, 3, newest) for newest in (None, 1, 0))
    assert short.events == whole.events[-1:]
    assert empty == Query()


def test_the_tags_of_a_session_are_those_of_the_film_liked_next(catalogue):
    tags = {1: {ACTION, SPACE}, 2: {ACTION, SPACE}, 3: {ACTION}, 4: {COMEDY, LOVE}}
    for seed in range(5):
        session = liking_session(VISIT, catalogue, seed, tags=2)
        wanted = session.events[-1].movie + 1
        assert set(catalogue.tags.public(session.liked_tags).tolist()) == tags[wanted]


def test_a_page_shows_the_best_but_what_is_in_the_session(monkeypatch):
    monkeypatch.setattr(replay, "SHOWN", 2)
    scores = np.array([9, 8, 7, 6, 5, 4], dtype=np.float32)
    assert page(scores, Query((Event(1, True), Event(3, False)))).tolist() == [2, 4]
    assert page(scores, Query((Event(1, True),)), 2).tolist() == [3, 4]


def test_what_a_page_shows_is_disliked(engine, monkeypatch):
    monkeypatch.setattr(replay, "SHOWN", 2)
    sessions = [Query((LIKED[4],))] * 20  # movie 5 has 4 + 10, movie 1 has 8
    found = shown_dislikes(engine, sessions, seed=1)
    assert {one.film for one in found} == {5, 1}
    assert [one.before for one in found] == sessions
