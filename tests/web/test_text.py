"""The folding of names that both catalogues share, and what one typo is."""

import pytest

from web.text import (
    fold,
    in_digits,
    in_words,
    is_filed,
    is_prefix_within_one_typo,
    is_within_one_typo,
    one_typo_away,
    without_article,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Amélie", "amelie"),
        ("LÉON: The Professional", "leon the professional"),
        ("Ocean's Eleven", "oceans eleven"),
        ("Ocean’s Eleven", "oceans eleven"),  # noqa: RUF001
        ("WALL·E", "wall e"),
        ("Fast & Furious", "fast and furious"),
        ("Rocky II", "rocky 2"),
        ("V for Vendetta", "v for vendetta"),
        ("Smørrebrød, Straße, Łódź", "smorrebrod strasse lodz"),
        ("  Matrix,   The ", "matrix the"),
        ("七人の侍", "七人の侍"),
        ("!?…", ""),
        ("", ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


def test_folding_twice_is_folding_once():
    assert fold(fold("Le Fabuleux Destin d'Amélie")) == fold("Le Fabuleux Destin d'Amélie")


@pytest.mark.parametrize(
    ("name", "bare"), [("the matrix", "matrix"), ("matrix", "matrix"), ("the", "the")]
)
def test_without_article(name, bare):
    assert without_article(name) == bare


@pytest.mark.parametrize(
    ("title", "is_so"),
    [
        ("Matrix, The", True),
        ("The Matrix", False),
        ("Good, the Bad and the Ugly, The", True),
        ("Monsters, Inc.", False),
        (", The", False),
    ],
)
def test_a_title_is_filed_when_its_article_stands_last(title, is_so):
    assert is_filed(title) is is_so


@pytest.mark.parametrize(
    ("name", "digits", "words"),
    [
        ("oceans eleven", "oceans 11", "oceans eleven"),
        ("oceans 11", "oceans 11", "oceans eleven"),
        ("2 fast 2 furious", "2 fast 2 furious", "two fast two furious"),
        ("rocky v", "rocky 5", "rocky v"),
        ("v for vendetta", "v for vendetta", "v for vendetta"),  # V is its name
        ("1917", "1917", "1917"),
        ("", "", ""),
    ],
)
def test_numbers_can_be_written_in_digits_and_in_words(name, digits, words):
    assert (in_digits(name), in_words(name)) == (digits, words)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("alien", "alien"),
        ("alien", "alian"),  # changed
        ("alien", "alen"),  # left out
        ("alien", "allien"),  # added
        ("alien", "laien"),  # swapped at the beginning
        ("alien", "aline"),  # swapped at the end
        ("a", ""),
    ],
)
def test_one_typo_apart(word, other):
    assert is_within_one_typo(word, other)
    assert is_within_one_typo(other, word)


@pytest.mark.parametrize(
    ("word", "other"), [("alien", "aelin"), ("alien", "al"), ("ab", "cd"), ("abcd", "badc")]
)
def test_more_than_one_typo_apart(word, other):
    assert not is_within_one_typo(word, other)


@pytest.mark.parametrize(
    ("prefix", "word", "is_near"),
    [
        ("spidr", "spider man", True),
        ("psider", "spider man", True),
        ("spider", "spi", False),
        ("sxixer", "spider man", False),
        ("spixer", "spider man", True),  # changed
        ("sspid", "spider man", True),  # added
        ("spdei", "spider man", False),  # swapped, but not with its neighbour
        ("spiderx", "spider", True),
        ("spiderxx", "spider", False),
    ],
)
def test_a_prefix_may_have_one_typo(prefix, word, is_near):
    assert is_prefix_within_one_typo(prefix, word) is is_near


def test_one_typo_away_is_what_is_within_one_typo():
    letters = "abc"
    words = {first + second for first in ["", *letters] for second in ["", *letters]}
    words |= {
        first + second + third for first in letters for second in letters for third in letters
    }
    away = set(one_typo_away("ab", letters, right=2))
    assert away | {"ab"} == {word for word in words if is_within_one_typo("ab", word)}


def test_a_typo_comes_no_later_than_after_what_is_right():
    # after one letter that is right: b left out, changed, or with something before it
    assert set(one_typo_away("ab", "x", right=1)) == {"xab", "b", "xb", "ba", "axb", "a", "ax"}
    assert set(one_typo_away("ab", "x", right=0)) == {"xab", "b", "xb", "ba"}
    assert set(one_typo_away("ab", "x", right=9)) == set(one_typo_away("ab", "x", right=2))
