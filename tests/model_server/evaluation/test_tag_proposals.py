import numpy as np
import pytest

from model_server.engines.base import Event
from model_server.evaluation import tag_proposals
from model_server.evaluation.cases import Case
from model_server.evaluation.measure import WHOLE
from model_server.evaluation.tag_proposals import (
    most_recalled,
    propose,
    propose_popular,
    render_proposals,
)

# Tags 1 Action and 2 Comedy are genres, 3 space, 4 heist and 5 love keywords. `engine` scores tags
# 1 to 5 as 5 to 1.


@pytest.fixture(autouse=True)
def two_proposed(monkeypatch):
    monkeypatch.setattr(tag_proposals, "PROPOSED", 2)


def case(*tags, person=0):
    return Case(person, (Event(1, True),), 1, tags)


def test_recall_is_the_share_of_the_films_tags_that_are_proposed(engine, catalogue):
    # proposed are 1 and 2, of the keywords 3 and 4
    found = propose(engine, [case(1, 3, 5), case(2, 1)], WHOLE, catalogue).found
    np.testing.assert_allclose(found, [[1 / 3, 1, 1 / 2, 1], [1, 1, np.nan, np.nan]])


def test_a_film_none_of_whose_tags_is_proposed_is_a_miss(engine, catalogue):
    assert propose(engine, [case(5)], WHOLE, catalogue).found.tolist() == [[0, 0, 0, 0]]


def test_a_film_without_tags_is_no_figure(engine, catalogue):
    assert np.isnan(propose(engine, [case()], WHOLE, catalogue).found).all()


def test_proposals_stand_in_the_order_of_the_cases(engine, catalogue):
    cases = [case(*([1] if person % 2 else [5]), person=person) for person in range(150)]
    done = []
    found = propose(engine, cases, WHOLE, catalogue, done.append).found
    assert found[:, 0].tolist() == [0, 1] * 75
    assert sum(done) == 150


def test_popular_tags_are_those_of_the_films_liked_most(catalogue):
    catalogue.likes[4], catalogue.likes[1] = 5, 3  # film 4 carries 2 and 5, film 1 carries 1 and 3
    found = propose_popular([case(2, 5), case(1, 3)], WHOLE, catalogue).found
    np.testing.assert_allclose(found, [[1, 1, 1, 1], [0, 0, 1, 1]])


def test_no_proposer_recalls_more_than_it_may_propose():
    # two of four tags, and both of two
    assert most_recalled([case(1, 2, 3, 4), case(1, 2), case()]) == (2 / 4 + 1) / 2


def test_figures_are_means_over_films_that_have_such_tags(engine, catalogue):
    own = propose(engine, [case(1, 3, 5), case(2, 1), case()], WHOLE, catalogue)
    line = render_proposals([own], own.title).splitlines()[2]
    # (1/3 + 1) / 2; both found; of the one film with keywords 1/2
    assert line == "| whole history | Toy | 0.6667 | 1.0000 | 0.5000 | 1.0000 |"


def test_another_proposer_has_the_interval_of_its_difference(engine, catalogue):
    cases = [case(1), case(2)]
    own, other = propose(engine, cases, WHOLE, catalogue), propose_popular(cases, WHOLE, catalogue)
    cells = render_proposals([own, other], own.title).splitlines()[3].strip("| ").split(" | ")
    # nobody liked anything, so the first two are as popular as any
    assert cells[1:] == ["Popular tags", *["1.0000 (+0.000 … +0.000)"] * 2, "nan", "nan"]
