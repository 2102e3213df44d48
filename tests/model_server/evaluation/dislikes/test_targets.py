import pytest

from model_server.engines.base import Event
from model_server.evaluation.dislikes.targets import View, in_step, later_films
from tests.model_server.evaluation.dislikes.conftest import rated_by


def test_every_film_after_the_first_like_is_a_target():
    found = later_films(rated_by(7, (5, 1), (1, 5), (2, 3), (3, 2), (4, 4)))
    assert [(one.movie, one.stars) for one in found] == [(2, 3), (3, 2), (4, 4)]
    assert {one.person for one in found} == {7}


def test_a_history_is_all_that_was_liked_or_disliked_before_oldest_first():
    *_, last = later_films(rated_by(0, (5, 2.5), (1, 3.5), (2, 3), (3, 2), (4, 4)))
    assert last.history == (Event(5, False), Event(1, True), Event(3, False))


def test_no_history_knows_its_target_or_what_came_after():
    for target in later_films(rated_by(0, (1, 5), (2, 3), (3, 1), (4, 4), (5, 2))):
        assert all(event.movie < target.movie for event in target.history)


def test_a_film_without_a_row_is_a_target_but_no_history():
    found = later_films(rated_by(0, (1, 5), (0, 5), (2, 5)))
    assert [one.movie for one in found] == [0, 2]
    assert found[1].history == (Event(1, True),)


@pytest.mark.parametrize("pairs", [[(1, 3), (2, 1)], [(0, 5), (2, 1)]])
def test_who_liked_nothing_that_has_a_row_has_no_targets(pairs):
    assert later_films(rated_by(0, *pairs)) == []


def test_people_keep_step_and_each_their_order():
    people = [later_films(rated_by(p, (1, 5), (2, 5), (3, 3), (4, 1))) for p in (0, 1)]
    order = [(one.known, one.person, one.movie) for one in in_step(people)]
    assert order == [(1, 0, 2), (1, 1, 2), (2, 0, 3), (2, 0, 4), (2, 1, 3), (2, 1, 4)]


@pytest.fixture
def targets():
    """Stars 5, 2.5, 3, 1, 3.5 of one person and 2, 4 of another."""
    stars = [(1, 5), (2, 5), (3, 2.5), (4, 3), (5, 1), (6, 3.5)], [(1, 5), (2, 2), (3, 4)]
    return [target for p, pairs in enumerate(stars) for target in later_films(rated_by(p, *pairs))]


@pytest.mark.parametrize(
    ("view", "liked", "disliked"),
    [
        (View("", 2.5), [1, 0, 0, 0, 1, 0, 1], [0, 1, 0, 1, 0, 1, 0]),
        (View("", 3.0), [1, 0, 0, 0, 1, 0, 1], [0, 1, 1, 1, 0, 1, 0]),
        (View("", 2.5, is_last=True), [0, 0, 0, 0, 1, 0, 1], [0, 0, 0, 1, 0, 1, 0]),
    ],
)
def test_a_view_says_what_counts_as_liked_and_what_as_disliked(targets, view, liked, disliked):
    sides = view.sides(targets)
    assert [side.astype(int).tolist() for side in sides] == [liked, disliked]
