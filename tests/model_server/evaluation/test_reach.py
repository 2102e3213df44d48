import numpy as np
import pytest

from model_server.engines.base import Event
from model_server.evaluation import reach
from model_server.evaluation.cases import Case
from model_server.evaluation.measure import WHOLE, Variant
from model_server.evaluation.reach import (
    coverage,
    diversity,
    effective_movies,
    make_pages,
    mean_likes,
    mean_popularity_rank,
    tag_vectors,
)

LIKES = np.array([0, 8, 2, 2, 0])  # of movies 1 to 4


@pytest.fixture(autouse=True)
def a_page_of_three(monkeypatch):
    monkeypatch.setattr(reach, "SHOWN", 3)


def test_a_page_is_the_best_films_that_are_not_in_the_session(engine):
    # after 1 and 4 liked: 2 has 7 + 10, 5 has 4 + 10; then 3 with 6
    pages = make_pages(engine, [Case(0, (Event(1, True), Event(4, True)), 3, ())], WHOLE)
    assert pages.shown.tolist() == [[2, 5, 3]]
    assert pages.ranks.tolist() == [3]


def test_a_page_is_of_the_session_that_the_variant_tells(engine):
    case = Case(0, (Event(1, True), Event(4, True)), 3, ())
    pages = make_pages(engine, [case], Variant("1 like alone", likes_only=1))
    assert pages.shown.tolist() == [[5, 1, 2]]
    assert (pages.variant, pages.title) == ("1 like alone", "Toy")


def test_pages_stand_in_the_order_of_the_cases(engine):
    cases = [Case(person, (Event(1 + person % 8, True),), 3, ()) for person in range(150)]
    done = []
    shown = make_pages(engine, cases, WHOLE, done.append).shown
    led_to = [1 + (1 + person % 8) % 8 for person in range(150)]
    assert shown[:, 0].tolist() == led_to
    assert sum(done) == 150


def test_likes_are_a_mean_over_each_page():
    assert mean_likes(np.array([[1, 2], [3, 4]]), LIKES).tolist() == [5, 1]


def test_ranks_by_likes_start_at_1_and_are_shared_where_likes_are_equal():
    # 1 is first, 2 and 3 share ranks 2 and 3, 4 is last
    shown = np.array([[1, 2], [3, 4], [4, 4]])
    assert mean_popularity_rank(shown, LIKES).tolist() == [(1 + 2.5) / 2, (2.5 + 4) / 2, 4]


def test_coverage_is_the_share_of_films_on_any_page():
    assert coverage(np.array([[1, 2], [2, 4]]), 4) == 3 / 4


def test_films_shown_equally_often_all_count():
    assert effective_movies(np.array([[1, 2], [3, 4]])) == pytest.approx(4)
    assert effective_movies(np.array([[1, 2], [2, 1]])) == pytest.approx(2)


def test_a_film_that_is_on_every_page_counts_for_more():
    # shares 1/2, 1/4, 1/4: an entropy of 1.5 bits
    assert effective_movies(np.array([[1, 2], [1, 3]])) == pytest.approx(2**1.5)


def test_a_page_of_like_films_has_no_diversity():
    vectors = np.array([[0, 0], [1, 0], [1, 0], [0, 1]], dtype=np.float32)
    # all alike; one of three is unlike both others, so two of three pairs
    assert diversity(np.array([[1, 1, 2], [1, 2, 3]]), vectors).tolist() == [
        pytest.approx(0),
        pytest.approx(2 / 3),
    ]


def test_films_are_alike_by_the_tags_that_they_share(catalogue):
    vectors = tag_vectors(catalogue)
    # 1 and 2 carry the same two tags; 3 carries one of them; 8 carries none
    np.testing.assert_allclose(vectors[1] @ vectors[[2, 3, 8]].T, [1, 1 / 2**0.5, 0], rtol=1e-6)
