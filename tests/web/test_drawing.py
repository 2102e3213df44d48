"""Posters drawn from a film's own facts."""

import re
from xml.etree import ElementTree

import pytest

from web.domain import Movie
from web.drawing import MARGIN, POSTER, draw_poster, draw_still
from web.drawing.lettering import face_of, fit, measure
from web.drawing.palette import TELLING, mix, telling_genre

SVG = "{http://www.w3.org/2000/svg}"
DECADES = range(1890, 2030, 10)


def film(**facts) -> Movie:
    return Movie(**{"id": 7, "title": "Night Train", "year": 1994, "genres": ("Drama",), **facts})


def texts(svg: str) -> list[str]:
    """The lines of lettering, from the top."""
    root = ElementTree.fromstring(svg)
    lines = sorted(root.iter(f"{SVG}text"), key=lambda line: float(line.attrib["y"]))
    return ["".join(line.itertext()) for line in lines]


@pytest.mark.parametrize("genre", [*TELLING, "IMAX", "unheard of"])
def test_every_genre_has_its_picture(genre):
    poster, still = draw_poster(film(genres=(genre,))), draw_still(film(genres=(genre,)), 0)
    assert ElementTree.fromstring(poster).attrib["viewBox"] == "0 0 400 600"
    assert ElementTree.fromstring(still).attrib["viewBox"] == "0 0 800 450"
    assert len(poster) < 40_000


@pytest.mark.parametrize("year", [*DECADES, None])
def test_every_decade_has_its_lettering(year):
    assert texts(draw_poster(film(year=year)))


def test_equal_facts_give_an_equal_picture():
    assert draw_poster(film()) == draw_poster.__wrapped__(film())


def test_films_differ_though_their_genre_is_one():
    assert len({draw_poster(film(id=number)) for number in range(20)}) == 20


def test_stills_of_a_film_differ():
    assert draw_still(film(), 0) != draw_still(film(), 1)


def test_the_poster_says_who_made_it_what_it_is_called_and_when():
    poster = draw_poster(film(directors=("Ann Lee", "Bo Li", "Cy"), runtime=98, year=1964))
    assert texts(poster) == ["ANN LEE & BO LI", "Night", "Train", "1964 · 98 MIN · DRAMA"]


def test_what_is_not_known_is_not_said():
    assert texts(draw_poster(film(year=None, genres=()))) == ["NIGHT", "TRAIN"]


@pytest.mark.parametrize(
    "title",
    [
        "M",
        "Up",
        "Night of the Day of the Dawn of the Son of the Bride of the Return of the Revenge of the"
        " Terror of the Attack of the Evil, Mutant, Alien, Flesh Eating Undead",
        "Donaudampfschifffahrtsgesellschaftskapitän",
        "七人の侍",
        "Léon",
        "W W W W W W W W W W W W W W W W",
        "<script>alert('&')</script>",
        "Tab\tand\nline\x00\x1b\ud800 break",
        "",
    ],
)
def test_any_title_stands_within_the_margins(title):
    root = ElementTree.fromstring(draw_poster(film(title=title)))
    for line in root.iter(f"{SVG}text"):
        assert float(line.attrib["textLength"]) <= POSTER[0] - 2 * MARGIN + 1
        assert 0 < float(line.attrib["y"]) < POSTER[1]
    assert not list(root.iter(f"{SVG}script"))


def test_a_long_title_is_broken_into_even_lines():
    face = face_of(2015)
    block = fit("one two three four five six", face, 300, 200, 80)
    widths = [measure(text, face) for text in block.lines]
    assert 2 <= len(block.lines) <= 4
    assert max(widths) < 1.8 * min(widths)
    assert max(widths) * block.size <= 300.01
    assert " ".join(block.lines) == "ONE TWO THREE FOUR FIVE SIX"


def test_a_short_title_stands_in_one_line_at_full_size():
    assert fit("Up", face_of(2009), 300, 200, 80).lines == ("UP",)
    assert fit("Up", face_of(2009), 300, 200, 80).size == 80


def test_the_rarer_genre_tells_more():
    assert telling_genre(("Comedy", "Drama", "Western")) == "Western"
    assert telling_genre(()) == ""


def test_colours_mix_channel_by_channel():
    assert mix("#000000", "#ff8040", 0.5) == "#804020"
    assert mix("#123456", "#ffffff", 0) == "#123456"


def test_a_picture_needs_nothing_from_elsewhere():
    for number in range(30):
        svg = draw_poster(film(id=number, genres=(TELLING[number % len(TELLING)],)))
        assert not re.search(r"href|url\((?!#)|<image|<script|<foreignObject|@import", svg)
