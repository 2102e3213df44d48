import numpy as np
import pytest

from model_server.engines.base import Event, Query
from model_server.evaluation.dislikes import effects
from model_server.evaluation.dislikes.effects import Effects
from model_server.evaluation.dislikes.replay import Replay, Visit
from model_server.evaluation.dislikes.scenes import SCENES, Played, Scene, play, render_scenes

VISITS = [Visit(person, tuple(Event(m, m != 5) for m in range(1, 8))) for person in range(4)]


@pytest.fixture
def play_on_toy(engine, catalogue, monkeypatch):
    monkeypatch.setattr(effects, "NEIGHBOURS", 2)
    return lambda scene: play(scene, engine, catalogue, VISITS, seed=1)


def test_a_real_scene_is_what_people_said_and_disliked(play_on_toy):
    played = play_on_toy(Scene("", "", is_real=True))
    assert played.replays == [Replay(Query(VISITS[0].events[:4]), 5)] * 4


def test_a_visitors_scene_has_its_likes_and_tags_and_a_film_that_was_not_said(play_on_toy):
    for replay in play_on_toy(Scene("", "", newest=2, tags=1)).replays:
        events = replay.before.events
        assert len(events) <= 2
        assert all(event.is_liked and event.movie != replay.film for event in events)
        assert len(replay.before.liked_tags) <= 1


def test_every_scene_is_played_once_a_visit(play_on_toy):
    for scene in SCENES:
        assert play_on_toy(scene).effects.changes.shape == (4, 2)


def test_a_row_says_how_much_falls_and_how_often():
    changes = np.array([[-1.0, -1.0], [-2.0, 1.0], [1.0, 2.0], [-3.0, -1.0]])
    done = Effects(changes, np.full((4, 2), 0.5), np.array([2, 2, 2, 2]), np.array([1, 1, 1, 1]))
    replays = [Replay(Query((Event(1, True),) * length), 2) for length in (1, 2, 4, 9)]
    *_, line = render_scenes([Played(Scene("whole", "next"), replays, done)]).splitlines()
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    assert cells[:3] == ["whole", "next", "3"]
    assert cells[3].startswith("-0.500 (")  # (-1 - 0.5 + 1.5 - 2) / 4
    assert cells[4:9] == ["62.5%", "75.0%", "8 of 8", "4", "-50% (-50% … -50%)"]
    assert cells[9] == "+0.500"
