import pytest

from model_server.evaluation.cases import read_people
from model_server.evaluation.compare import compare, count_steps
from model_server.evaluation.splits import split_people
from tests.model_server.evaluation.conftest import FILMS, WITHOUT_ROW, corpus_of

ENGINES = [
    "Toy",
    "Popularity",
    "Item-kNN",
    "Sequential rules",
    "EASE",
    "EASE, all likes alike",
]


@pytest.fixture
def watched():
    return []


@pytest.fixture
def compared(engine, catalogue, crowd, watched):
    people, split = read_people(crowd, catalogue.movies, FILMS), split_people(crowd.people)

    def run(group):
        chosen = getattr(split, group)
        return compare(engine, catalogue, people, split, chosen, lambda *said: watched.append(said))

    return run


def test_every_engine_answers_with_no_one_and_two_tags_known(compared):
    rows = compared("test").rows
    assert [row.known_tags for row in rows] == [0] * 7 + [1] * 7 + [2] * 7
    for start in (0, 7, 14):
        assert [row.title for row in rows[start : start + 6]] == ENGINES
        assert rows[start + 6].title.startswith("Blend: ")


def test_every_engine_gets_the_same_cases(compared):
    comparison = compared("test")
    assert {len(row.ranks) for row in comparison.rows} == {len(comparison.cases)}


def test_rules_find_what_always_comes_next(compared):
    # every test person liked 30 after 20 or 60 after 50, as half of the train people did
    rules = next(row for row in compared("test").rows if row.title == "Sequential rules")
    assert rules.ranks.tolist() == [1, 1]


def test_each_group_is_its_own_people(compared, crowd):
    split = split_people(crowd.people)
    for group, members in (("validation", split.validation), ("test", split.test)):
        assert [case.person for case in compared(group).cases] == members.tolist()


def test_the_progress_ends_where_it_was_said_to(compared, watched, crowd):
    compared("test")
    assert sum(done for _, done in watched) == count_steps(split_people(crowd.people), range(2))


def test_people_with_one_like_are_counted(engine, catalogue):
    likes = [(10, 5), (20, 5), (30, 5)]
    split = split_people(20)
    alone = int(split.test[0])
    corpus = corpus_of(*[likes[:1] if person == alone else likes for person in range(20)])
    people = read_people(corpus, catalogue.movies, FILMS)
    comparison = compare(engine, catalogue, people, split, split.test, lambda *_: None)
    assert (len(comparison.cases), comparison.left_out) == (1, 1)


def test_targets_without_a_row_are_counted(engine, catalogue):
    corpus = corpus_of(*[[(10, 5), (WITHOUT_ROW, 5)]] * 20)
    people = read_people(corpus, catalogue.movies, FILMS)
    split = split_people(20)
    comparison = compare(engine, catalogue, people, split, split.test, lambda *_: None)
    assert comparison.without_row == 2


def test_a_group_of_which_nobody_liked_two_films_is_refused(engine, catalogue):
    people = read_people(corpus_of(*[[(10, 5)]] * 20), catalogue.movies, FILMS)
    with pytest.raises(ValueError, match="none of the 2 people liked two films"):
        compare(engine, catalogue, people, split_people(20), range(2), lambda *_: None)
