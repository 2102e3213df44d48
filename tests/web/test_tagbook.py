"""All tags at once."""

import pytest

from web.domain import InvalidRequest, Tag
from web.tagbook import TagBook

TAGS = [
    Tag(8, "Drama", "genre", 34),
    Tag(1001, "time travel", "keyword", 20),
    Tag(5, "Comedy", "genre", 9),
    Tag(1002, "black comedy", "keyword", 3),
]


@pytest.fixture
def book() -> TagBook:
    return TagBook(TAGS)


def test_genres_stand_by_name(book):
    assert [tag.name for tag in book.genres] == ["Comedy", "Drama"]


def test_choices_are_genres_and_then_keywords_the_most_used_first(book):
    assert [tag.id for tag in book.choices] == [8, 5, 1001, 1002]


def test_popular_are_the_most_used_but_those_left_out(book):
    assert [tag.id for tag in book.popular(2, without={8})] == [1001, 5]


def test_genres_are_named_in_any_case(book):
    assert book.genre_ids(["drama", "Comedy"]) == (8, 5)


def test_a_genre_that_is_none_is_refused_with_those_there_are(book):
    with pytest.raises(InvalidRequest, match="one of Comedy, Drama, got 'time travel'"):
        book.genre_ids(["time travel"])


@pytest.mark.parametrize(
    ("query", "ids"),
    [("com", [5, 1002]), ("comdy", [5, 1002]), ("travel", [1001]), ("time travl", [1001]),
     ("timetravel", [1001]), ("tmie travel", [1001]), ("", []), ("western", [])],
)  # fmt: skip
def test_search(book, query, ids):
    assert [tag.id for tag in book.search(query, 24)] == ids
