import numpy as np
import pytest

from model_server.engines.base import Event
from model_server.evaluation import cases as cases_module
from model_server.evaluation.cases import build_cases, read_people
from model_server.evaluation.splits import split_people
from tests.model_server.evaluation.conftest import FILMS, TWIN_OF_10, WITHOUT_ROW, corpus_of

NAN = float("nan")


@pytest.fixture
def case_of(catalogue):
    """The case of a person with some (movie id, rating) pairs; movie 10 n has index n."""

    def build(*pairs):
        people = read_people(corpus_of(pairs), catalogue.movies, FILMS)
        found = build_cases(people, [0], catalogue)
        return found[0] if found else None

    return build


def test_the_target_is_the_last_movie_liked(case_of):
    assert case_of((10, 5), (20, 4), (30, 3.5), (40, 1)).target == 3


def test_the_history_is_all_likes_and_dislikes_before_it_oldest_first(case_of):
    case = case_of((30, 5), (10, 2.5), (20, 4), (40, 1))
    assert case.events == (Event(3, True), Event(1, False))


def test_what_came_after_the_target_is_not_in_the_history(case_of):
    assert all(event.movie != 4 for event in case_of((10, 5), (20, 4), (40, 1)).events)


def test_a_rating_between_like_and_dislike_says_nothing(case_of):
    assert case_of((10, 5), (20, 3), (30, 4)).events == (Event(1, True),)


def test_an_unknown_rating_is_a_like(case_of):
    case = case_of((10, NAN), (20, NAN))
    assert (case.events, case.target) == ((Event(1, True),), 2)


def test_one_like_makes_no_case(case_of):
    assert case_of((10, 5), (20, 1)) is None


def test_a_long_history_keeps_the_newest(case_of, monkeypatch):
    monkeypatch.setattr(cases_module, "MAX_PICKS", 2)
    case = case_of((10, 5), (20, 5), (30, 1), (40, 5))
    assert case.events == (Event(2, True), Event(3, False))


def test_a_target_without_a_row_stays_the_target(case_of):
    case = case_of((10, 5), (20, 5), (WITHOUT_ROW, 5))
    assert (case.target, case.target_tags) == (0, ())


def test_a_history_film_without_a_row_is_left_out(case_of):
    assert case_of((10, 5), (WITHOUT_ROW, 5), (20, 5)).events == (Event(1, True),)


def test_a_film_listed_twice_counts_under_one_id(case_of):
    assert case_of((20, 5), (TWIN_OF_10, 5)).target == 1


def test_a_target_never_stands_in_its_history_even_under_a_second_id(case_of):
    assert case_of((10, 5), (20, 5), (TWIN_OF_10, 5)).events == (Event(2, True),)


def test_known_tags_are_some_of_the_targets(case_of, catalogue):
    case = case_of((10, 5), (70, 5))
    assert sorted(case.target_tags) == sorted(catalogue.tags_of(7))
    assert case.query(1).liked_tags == case.target_tags[:1]
    assert case.query(2).liked_tags == case.target_tags
    assert case.query(9).liked_tags == case.target_tags


def test_without_known_tags_a_session_says_none(case_of):
    assert case_of((10, 5), (70, 5)).query().liked_tags == ()


def test_tags_are_drawn_equally_each_time(case_of):
    assert case_of((10, 5), (70, 5)) == case_of((10, 5), (70, 5))


def test_tags_of_different_people_come_in_different_orders(catalogue):
    corpus = corpus_of(*[[(10, 5), (70, 5)]] * 20)
    people = read_people(corpus, catalogue.movies, FILMS)
    orders = {case.target_tags for case in build_cases(people, range(20), catalogue)}
    assert len(orders) == 2  # movie 70 has two tags


def test_no_target_of_a_test_person_is_among_the_likes_that_are_learnt_from(catalogue):
    # everyone likes 10 and then a film of their own, which so nobody else may give away
    films = (20, 30, 40, 50, 60, 70, 80)
    split = split_people(10)
    own = dict(zip([*split.test, *split.validation], films, strict=False))
    corpus = corpus_of(*[[(10, 5), (own.get(person, 10), 5)] for person in range(10)])
    people = read_people(corpus, catalogue.movies, FILMS)
    learnt = np.concatenate(people.likes(split.train)).tolist()
    targets = [case.target for case in build_cases(people, split.test, catalogue)]
    assert targets == [2]
    assert not set(targets) & set(learnt)


def test_likes_are_the_indexes_of_liked_films_with_a_row(catalogue):
    corpus = corpus_of([(30, 5), (WITHOUT_ROW, 5), (20, 1), (TWIN_OF_10, 4)])
    people = read_people(corpus, catalogue.movies, FILMS)
    assert [likes.tolist() for likes in people.likes([0])] == [[3, 1]]


def cases_of(catalogue, targets, *pairs):
    people = read_people(corpus_of(pairs), catalogue.movies, FILMS)
    return build_cases(people, [0], catalogue, targets)


def test_the_last_likes_are_asked_for_in_their_turn_oldest_first(catalogue):
    cases = cases_of(catalogue, 2, (10, 5), (20, 5), (30, 1), (40, 5), (50, 5))
    assert [case.target for case in cases] == [4, 5]
    assert cases[0].events == (Event(1, True), Event(2, True), Event(3, False))
    assert cases[1].events == (*cases[0].events, Event(4, True))


def test_the_first_like_is_never_asked_for(catalogue):
    cases = cases_of(catalogue, 10, (40, 1), (10, 5), (20, 5), (30, 5))
    assert [case.target for case in cases] == [2, 3]


def test_the_last_of_many_cases_is_the_only_case_where_one_is_asked_for(catalogue, case_of):
    pairs = (10, 5), (20, 5), (70, 5)
    assert cases_of(catalogue, 10, *pairs)[-1] == case_of(*pairs)
