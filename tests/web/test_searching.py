"""Which names a query means, and in what order."""

import pytest

from web.domain import Movie
from web.searching import in_order, names_of, parse, rank, search, words_of


def film(movie_id: int, title: str, ratings: int = 0, year: int | None = None, *titles: str):
    return Movie(id=movie_id, title=title, titles=titles, ratings=ratings, year=year)


def found(query: str, films: list[Movie]) -> list[int]:
    """What a catalogue that recalls every film would answer."""
    parsed = parse(query)
    hits = search(parsed, lambda query, is_tolerant: films)
    return [one.id for one in in_order(parsed, hits)]


@pytest.mark.parametrize("query", ["", "  ", "?!"])
def test_a_query_without_letters_is_none(query):
    assert parse(query) is None


def test_a_year_is_read_only_after_a_name():
    assert parse("dune 1984").year == 1984
    assert parse("1984").year is None


def test_names_come_with_and_without_their_article_once():
    movie = film(1, "The Matrix", 0, None, "Matrix, The", "The Matrix")
    assert names_of(movie) == ("the matrix", "matrix the", "matrix")


def test_words_hold_each_name_as_one_word_too():
    assert words_of(("star wars",)) == ["star", "wars", "starwars"]


def test_a_beginning_comes_before_a_word_and_a_word_before_a_typo():
    films = [
        film(1, "Mullen"),
        film(2, "The Big Alle", 9),
        film(3, "Allegro", 9),
        film(4, "Alene", 9),
    ]
    assert found("alle", films) == [3, 2, 4]


def test_of_equal_fits_the_most_rated_comes_first_and_then_the_lowest_id():
    assert found("dune", [film(3, "Dune", 5), film(2, "Dune", 5), film(1, "Dune", 4)]) == [2, 3, 1]


def test_a_whole_name_outweighs_a_better_known_longer_one():
    assert found("up", [film(1, "Upside Down", 1000), film(2, "Up", 100)]) == [2, 1]


def test_a_whole_name_does_not_outweigh_a_name_known_to_everybody():
    assert found("star", [film(1, "Star Wars", 5900), film(2, "Star!", 3)]) == [1, 2]


def test_a_year_after_the_name_finds_that_film_and_then_the_others():
    films = [film(1, "Dune", 1149, 1984), film(2, "Dune", 31, 2021)]
    assert found("dune 2021", films) == [2, 1]


def test_a_number_that_is_a_name_is_read_as_one():
    films = [film(1, "2001: A Space Odyssey", 9, 1968), film(2, "Space", 9, 2001)]
    assert found("2001", films) == [1]


def test_spaces_may_be_left_out_and_put_in():
    films = [film(1, "Spider-Man"), film(2, "Interstellar")]
    assert found("spiderman", films) == [1]
    assert found("inter stellar", films) == [2]


def test_words_may_come_in_any_order():
    assert found("wars star", [film(1, "Star Wars")]) == [1]


@pytest.mark.parametrize("query", ["spidr man", "psider man", "spiider", "spoder man"])
def test_one_typo_is_forgiven(query):
    assert found(query, [film(1, "Spider-Man")]) == [1]


def test_two_typos_in_one_word_are_not_forgiven():
    assert found("spxdxr", [film(1, "Spider-Man")]) == []


def test_three_letters_alone_must_be_right():
    assert found("upp", [film(1, "Up")]) == []


def test_a_typo_of_a_famous_name_comes_before_a_name_nobody_has_rated():
    films = [film(1, "Psycosissimo", 0), film(2, "Psycho", 2162)]
    assert found("psyco", films) == [2, 1]
    assert found("psycosissimo", films) == [1]


def test_a_name_in_full_comes_first_however_unknown():
    assert found("alein", [film(1, "Alein", 0), film(2, "Alien", 3493)]) == [1, 2]


def test_candidates_that_do_not_fit_are_left_out():
    assert rank(parse("alien"), [film(1, "Predator")], is_tolerant=True) == []


def test_a_candidate_recalled_twice_comes_once():
    assert found("alien", [film(1, "Alien"), film(1, "Alien")]) == [1]
