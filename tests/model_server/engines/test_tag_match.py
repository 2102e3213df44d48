from types import SimpleNamespace

import numpy as np
import pytest

from model_server.engines.base import Query
from model_server.engines.tag_match import TagMatch


@pytest.fixture
def match() -> TagMatch:
    """Movie 1 carries tags 1 and 2, movie 2 none, movie 3 tag 2."""
    catalogue = SimpleNamespace(
        likes=np.zeros(4),
        tag_starts=np.array([0, 0, 2, 2, 3]),
        movie_tags=np.array([1, 2, 2]),
    )
    return TagMatch.of(
        catalogue,
        liked=np.array([9.0, 1.0, 2.0], dtype=np.float32),
        disliked=np.array([9.0, -4.0, -8.0], dtype=np.float32),
    )


def gained(match: TagMatch, query: Query, newest: int = 24) -> list[float]:
    scores = np.zeros((1, 4), dtype=np.float32)
    match.add(scores, [query], newest)
    return scores[0].tolist()


def test_a_movie_gains_by_every_picked_tag_it_carries(match: TagMatch) -> None:
    assert gained(match, Query(liked_tags=(2, 1))) == [0, 3, 0, 2]
    assert gained(match, Query(liked_tags=(1,), disliked_tags=(2,))) == [0, -7, 0, -8]


def test_no_picked_tag_adds_nothing(match: TagMatch) -> None:
    assert gained(match, Query()) == [0, 0, 0, 0]


def test_only_the_newest_tags_are_read(match: TagMatch) -> None:
    assert gained(match, Query(liked_tags=(2, 1)), newest=1) == [0, 1, 0, 0]


def test_each_session_gains_by_its_own_tags(match: TagMatch) -> None:
    scores = np.zeros((2, 4), dtype=np.float32)
    match.add(scores, [Query(liked_tags=(1,)), Query(liked_tags=(2,))], 24)
    assert scores.tolist() == [[0, 1, 0, 0], [0, 2, 0, 2]]
