import numpy as np
import pytest

from model_server.engines.base import Event, Scores
from model_server.evaluation import tag_effects
from model_server.evaluation.cases import Case
from model_server.evaluation.measure import WHOLE
from model_server.evaluation.tag_effects import Effects, click_tags, render_effects

ACTION, COMEDY, SPACE, HEIST, LOVE = 1, 2, 3, 4, 5
CASE = Case(0, (Event(1, True),), 2, ())


class Obedient:
    """Puts films with a liked tag first and those with a disliked one last; else 1 to 8 in order.

    It proposes one tag alone.
    """

    name, title = "obedient", "Obedient"

    def __init__(self, catalogue, proposed):
        self._carried = np.array(
            [[tag in catalogue.tags_of(m) for m in range(9)] for tag in range(6)]
        )
        self._tags = np.full(6, -np.inf, dtype=np.float32)
        self._tags[proposed] = 1

    def score(self, queries):
        movies = np.tile(-np.arange(9, dtype=np.float32), (len(queries), 1))
        for row, query in enumerate(queries):
            movies[row] += 100 * self._carried[list(query.liked_tags)].sum(axis=0)
            movies[row] -= 100 * self._carried[list(query.disliked_tags)].sum(axis=0)
        return Scores(movies, np.tile(self._tags, (len(queries), 1)))


@pytest.fixture(autouse=True)
def a_page_of_two(monkeypatch):
    monkeypatch.setattr(tag_effects, "SHOWN", 2)


def only_the_best(monkeypatch):
    """One tag is proposed, and so it is the one that is clicked."""
    best = tag_effects.best
    monkeypatch.setattr(
        tag_effects,
        "best",
        lambda scores, allowed, k: best(scores, allowed, 1 if len(scores) == 6 else k),
    )


def test_shares_are_before_the_click_and_after_either(monkeypatch, catalogue):
    only_the_best(monkeypatch)
    effects = click_tags(Obedient(catalogue, HEIST), [CASE], WHOLE, catalogue, seed=1)
    # 1 is in the session; first are 2 and 3; liked 5 and 7, which are heists; disliked 2 and 3
    assert effects.tags.tolist() == [HEIST]
    assert effects.shares.tolist() == [[0, 1, 0]]


def test_a_film_of_the_session_is_not_on_the_page(monkeypatch, catalogue):
    only_the_best(monkeypatch)
    effects = click_tags(Obedient(catalogue, SPACE), [CASE], WHOLE, catalogue, seed=1)
    # space are 1, in the session, and 2: one of two before and after a like; then 3 and 4
    assert effects.shares.tolist() == [[1 / 2, 1 / 2, 0]]


def test_the_tag_is_drawn_from_those_proposed(engine, catalogue):
    cases = [Case(person, (), 2, ()) for person in range(40)]
    effects = click_tags(engine, cases, WHOLE, catalogue, seed=1)
    assert set(effects.tags.tolist()) == {1, 2}  # the two that `engine` scores best


def test_equal_seeds_click_the_same_tags(engine, catalogue):
    cases = [Case(person, (), 2, ()) for person in range(40)]
    one, again, other = (click_tags(engine, cases, WHOLE, catalogue, seed) for seed in (1, 1, 2))
    assert one.tags.tolist() == again.tags.tolist() != other.tags.tolist()


def test_the_table_tells_genres_from_keywords(catalogue):
    shares = np.array([[0.5, 1, 0.25], [0, 0.5, 0], [1, 1, 1]])
    effects = Effects("whole history", np.array([ACTION, HEIST, COMEDY]), shares)
    lines = render_effects([effects], catalogue).splitlines()[2:]
    cells = [[cell.split(" (")[0] for cell in line.strip("| ").split(" | ")] for line in lines]
    # rose: of those that were not full; fell: of those that were not empty
    assert cells == [
        ["whole history", "any", "3", "0.500", "0.833", "0.417", "1.000", "0.500"],
        ["whole history", "genre", "2", "0.750", "1.000", "0.625", "1.000", "0.500"],
        ["whole history", "keyword", "1", "0.000", "0.500", "0.000", "1.000", "-"],
    ]
