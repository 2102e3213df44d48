"""People by name; tags are found in the same way."""

import pytest

from web.domain import Person
from web.namebook import NameBook
from web.searching import parse

NAMES = [
    "Harrison Ford",
    "Robert De Niro",
    "Leonardo DiCaprio",
    "Woody Allen",
    "Renée Zellweger",
    "Forest Whitaker",
    "Тарковский",
    "Tom Hanks",
    "Tom Hardy",
    "Hank Azaria",
]


@pytest.fixture
def book() -> NameBook[Person]:
    return NameBook(
        Person(number, name, ("cast",), (number,), 1_000 - number)
        for number, name in enumerate(NAMES, start=1)
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("harrison ford", ["Harrison Ford"]),
        ("ford", ["Harrison Ford"]),
        ("ford harrison", ["Harrison Ford"]),
        ("for", ["Harrison Ford", "Forest Whitaker"]),
        ("de niro", ["Robert De Niro"]),
        ("deniro", ["Robert De Niro"]),
        ("di caprio", ["Leonardo DiCaprio"]),
        ("zellweger renee", ["Renée Zellweger"]),
        ("tom h", ["Tom Hanks", "Tom Hardy"]),
        ("hank", ["Tom Hanks", "Hank Azaria"]),
        ("тарк", ["Тарковский"]),
        ("anks", []),
    ],
)
def test_a_name_is_found_by_any_part_that_ends_it_or_by_its_words(book, text, names):
    assert [one.name for one in book.find(parse(text)).fits] == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("harison ford", "Harrison Ford"),
        ("dicaprip", "Leonardo DiCaprio"),
        ("zelweger", "Renée Zellweger"),
        ("rboert de nior", "Robert De Niro"),  # one in each word
        ("whitakr", "Forest Whitaker"),
        ("таркосвкий", "Тарковский"),
        ("hards", "Tom Hardy"),
    ],
)
def test_one_typo_a_word_is_forgiven(book, text, name):
    hits = book.find(parse(text))
    assert (hits.fits, hits.nearly[0].name) == ((), name)


@pytest.mark.parametrize("text", ["frd", "hxxks", "x" * 200, "ab " * 66])
def test_more_is_not(book, text):
    hits = book.find(parse(text))
    assert (hits.fits, hits.nearly) == ((), ())


def test_an_empty_book_finds_nothing():
    assert NameBook[Person]([]).find(parse("ford")).fits == ()
