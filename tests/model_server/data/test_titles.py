"""MovieLens's titles: the name people say, the year, and all other names."""

import doctest

import pytest

from model_server.data import titles
from model_server.data.titles import Title, distinct, fold, parse_title, say


@pytest.mark.parametrize(
    ("raw", "name", "year", "names"),
    [
        ("Toy Story (1995)", "Toy Story", 1995, ()),
        ("Matrix, The (1999)", "The Matrix", 1999, ("Matrix, The",)),
        ("Avventura, L' (1960)", "L'Avventura", 1960, ("Avventura, L'",)),
        ("Crouching Tiger, Hidden Dragon (2000)", "Crouching Tiger, Hidden Dragon", 2000, ()),
        (
            "Amelie (Fabuleux destin d'Amélie Poulain, Le) (2001)",
            "Amelie",
            2001,
            ("Fabuleux destin d'Amélie Poulain, Le", "Le Fabuleux destin d'Amélie Poulain"),
        ),
        ("Seven (a.k.a. Se7en) (1995)", "Seven", 1995, ("Se7en",)),
        ("The Entity (aka La Entidad) (2015)", "The Entity", 2015, ("La Entidad",)),
        ("Game of Death II (a.k.a. Tower of Death) (Si wang ta) (1981)", "Game of Death II", 1981,
         ("Tower of Death", "Si wang ta")),
        ("To Have, or Not (En avoir (ou pas)) (1995)", "To Have, or Not", 1995,
         ("En avoir (ou pas)",)),
        ("(500) Days of Summer (2009)", "(500) Days of Summer", 2009, ()),
        ("Ah Boys To Men (Part 1) (2012)", "Ah Boys To Men (Part 1)", 2012, ()),
        ("() (2003)", "()", 2003, ()),
        (" (2019)", "Untitled", 2019, ()),
        ("Don Quixote (1973) (1973)", "Don Quixote", 1973, ()),
        ("Hip Hop and Skateboarding (1987-1997) (2021)", "Hip Hop and Skateboarding", 2021, ()),
        ("Frozen City (2006) ", "Frozen City", 2006, ()),
        ("Mona (Mona ja palavan) (1983))", "Mona", 1983, ("Mona ja palavan",)),
        ("Fawlty Towers (1975-1979)", "Fawlty Towers", 1975, ()),
        ("Ready Player One", "Ready Player One", None, ()),
        ("Room 1408", "Room 1408", None, ()),
    ],
)  # fmt: skip
def test_a_title_is_taken_apart(raw, name, year, names):
    assert parse_title(raw) == Title(name, year, names)


def test_accents_written_apart_are_put_together():
    assert parse_title("Ame\u0301lie (2001)").name == "Am\u00e9lie"


def test_a_word_behind_a_comma_that_is_no_article_stays():
    assert say("Girl, Interrupted") == "Girl, Interrupted"


def test_names_are_kept_once_whatever_their_case():
    assert distinct(["Alien", "ALIEN", "", "Aliens"], without="alien") == ("Aliens",)


def test_folding_keeps_letters_of_every_script():
    assert fold("Amélie: 2!") == "amelie2"
    assert fold("기생충") != ""


def test_the_examples_of_the_docstrings_hold():
    assert doctest.testmod(titles).failed == 0
    assert doctest.testmod(titles).attempted > 0
