"""Visitors before the toy's eight films, and what they may know of them."""

import numpy as np
import pytest

from model_server.evaluation.visitor.habits import Knowledge, Scene
from model_server.evaluation.visitor.wishes import Wish


@pytest.fixture
def known(catalogue) -> Knowledge:
    return Knowledge(catalogue)


def wish_for(film: int, tags=(), liked=(), disliked=(), person: int = 0) -> Wish:
    return Wish(person, film, frozenset(tags), frozenset(liked), frozenset(disliked))


@pytest.fixture
def make_wish():
    return wish_for


@pytest.fixture
def look(known):
    """What somebody who wants film 10, Action in space, sees."""

    def look(films=(), tags=(), liked=(), disliked=(), seed=1, wanted=(1, 1001)):
        wish = wish_for(10, wanted, liked, disliked)
        return Scene(wish, films, tags, known, np.random.default_rng(seed))

    return look
