import pytest

from model_server.evaluation.cases import read_people
from model_server.evaluation.compare import VARIANTS, ask, compare, count_steps
from model_server.evaluation.metrics import NO_RANK
from model_server.evaluation.splits import split_people
from tests.model_server.evaluation.conftest import FILMS, WITHOUT_ROW, corpus_of

ENGINES = [
    "Toy",
    "Popularity",
    "Item-kNN",
    "Sequential rules",
    "EASE",
    "Implicit ALS",
    "EASE, all likes alike",
]


@pytest.fixture
def watched():
    return []


@pytest.fixture
def compared(engine, catalogue, crowd, watched):
    people, split = read_people(crowd, catalogue.movies, FILMS), split_people(crowd.people)

    def run(group):
        cases = ask(people, getattr(split, group), catalogue)
        return compare(engine, catalogue, people, split, cases, lambda *said: watched.append(said))

    return run


def test_every_engine_answers_every_variant(compared):
    rows = compared("test").rows
    every = len(ENGINES) + 1
    assert [row.variant for row in rows[::every]] == [variant.title for variant in VARIANTS]
    for start in range(0, len(rows), every):
        assert len({row.variant for row in rows[start : start + every]}) == 1
        assert [row.title for row in rows[start : start + every - 1]] == ENGINES
        assert rows[start + every - 1].title.startswith("Blend: ")


def test_variants_tell_of_no_to_three_tags_and_of_one_and_two_likes():
    told = [(variant.likes_only, variant.known_tags) for variant in VARIANTS]
    assert told == [(None, 0), (None, 1), (None, 2), (None, 3), (1, 0), (2, 0)]


def test_every_engine_gets_the_same_cases(compared):
    comparison = compared("test")
    assert {len(row.ranks) for row in comparison.rows} == {len(comparison.cases)}


def test_every_like_but_the_first_is_asked_for(compared):
    # each person liked three films
    assert [case.target for case in compared("test").cases] in (
        [2, 3] * 2,
        [5, 6] * 2,
        [2, 3, 5, 6],
        [5, 6, 2, 3],
    )


def test_the_last_like_of_each_person_can_be_told_from_the_others(compared):
    comparison = compared("test")
    last = comparison.of_last_likes()
    assert [len(case.events) for case in last.cases] == [
        len(c.events) for c in comparison.cases[1::2]
    ]
    assert last.people.tolist() == sorted(set(comparison.people.tolist()))
    for row, whole in zip(last.rows, comparison.rows, strict=True):
        assert row.ranks.tolist() == whole.ranks[1::2].tolist()


def test_rules_find_what_always_comes_next(compared):
    # every test person liked 30 after 20 or 60 after 50, as half of the train people did
    rows = compared("test").of_last_likes().rows
    rules = next(row for row in rows if row.title == "Sequential rules")
    assert rules.ranks.tolist() == [1, 1]


def test_each_group_is_its_own_people(compared, crowd):
    split = split_people(crowd.people)
    for group, members in (("validation", split.validation), ("test", split.test)):
        assert compared(group).people.tolist() == [person for person in members for _ in range(2)]


def test_the_progress_ends_where_it_was_said_to(compared, watched, crowd):
    comparison = compared("test")
    expected = count_steps(split_people(crowd.people), comparison.cases)
    assert sum(done for _, done in watched) == expected


def test_targets_without_a_row_are_counted(engine, catalogue):
    corpus = corpus_of(*[[(10, 5), (WITHOUT_ROW, 5)]] * 20)
    people, split = read_people(corpus, catalogue.movies, FILMS), split_people(20)
    cases = ask(people, split.test, catalogue)
    comparison = compare(engine, catalogue, people, split, cases, lambda *_: None)
    assert comparison.without_row == 2
    assert {rank for row in comparison.rows for rank in row.ranks.tolist()} == {NO_RANK}


def test_people_of_whom_nobody_liked_two_films_are_refused(catalogue):
    people = read_people(corpus_of(*[[(10, 5)]] * 20), catalogue.movies, FILMS)
    with pytest.raises(ValueError, match="none of the 2 people liked two films"):
        ask(people, range(2), catalogue)
