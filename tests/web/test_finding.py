"""What a text finds among films, tags and people together."""

import pytest

from web.catalogue.people import people_of
from web.catalogue.source import by_fame
from web.domain import Movie, Tag
from web.finding import MAX_PEOPLE, Finding, find
from web.searching import search
from web.stores.cached_catalogue import CachedCatalogue


class Store:
    """A catalogue that looks at every film."""

    def __init__(self, films: list[Movie], tags: list[Tag]) -> None:
        self.films, self.all_tags = films, tags

    def movies(self, movie_ids):
        return {film.id: film for film in self.films if film.id in movie_ids}

    def tags(self):
        return self.all_tags

    def people(self):
        return people_of(by_fame(self.films))

    def search_movies(self, query):
        return search(query, lambda query, is_tolerant: self.films)


def look(text: str, films: list[Movie], tags: tuple[Tag, ...] = (), limit: int = 24) -> Finding:
    return find(CachedCatalogue(Store(films, list(tags))), text, limit)


def seen(found: Finding) -> list[tuple[int, str | None]]:
    return [(match.movie.id, match.person) for match in found.matches]


LUCAS = [
    Movie(1, "Star Wars", directors=("George Lucas",), ratings=5900),
    Movie(2, "American Graffiti", directors=("George Lucas",), ratings=900),
    Movie(3, "George Lucas in Love", ratings=3),
    Movie(4, "The Lucas Affair", ratings=800),
]


def test_films_of_a_person_come_after_those_that_bear_the_name():
    assert seen(look("lucas", LUCAS)) == [(4, None), (1, "George Lucas"), (2, "George Lucas"),
                                          (3, None)]  # fmt: skip


def test_films_of_a_person_named_in_full_come_before_what_nobody_knows():
    assert seen(look("george lucas", LUCAS)) == [
        (1, "George Lucas"),
        (2, "George Lucas"),
        (3, None),
    ]


def test_a_beginning_of_a_person_s_name_puts_no_film_back():
    assert seen(look("george l", LUCAS))[0] == (3, None)


def test_a_film_comes_once_and_by_its_own_name():
    films = [Movie(1, "Chaplin", cast=("Geraldine Chaplin",), ratings=200)]
    assert seen(look("chaplin", films)) == [(1, None)]


def test_whichever_is_nearer_comes_first_of_films_and_people():
    films = [
        Movie(1, "Goodfellas", directors=("Martin Scorsese",), ratings=3000),
        Movie(2, "A Journey with Martin Scorsese", ratings=9),
    ]
    found = look("scorcese", films)
    assert (seen(found), found.did_you_mean) == (
        [(1, "Martin Scorsese"), (2, None)],
        "Martin Scorsese",
    )


def test_a_film_that_is_meant_brings_no_person_of_a_like_name():
    films = [
        Movie(1, "Alien", ratings=3493),
        Movie(2, "Manhattan", directors=("Woody Allen",), ratings=9000),
    ]
    found = look("allien", films)
    assert (seen(found), found.people, found.did_you_mean) == ([(1, None)], (), "Alien")


def test_the_limit_holds_for_films_and_tags_and_people_are_few():
    films = [Movie(n, f"Tom {n}", cast=(f"Tom {'abcdefghij'[n]}",)) for n in range(10)]
    tags = tuple(Tag(n, f"tom {n}", "keyword", 9) for n in range(10))
    found = look("tom", films, tags, limit=4)
    assert (len(found.matches), len(found.tags)) == (4, 4)
    assert len(found.people) == MAX_PEOPLE


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("star wras", "Star Wars"),  # the shorter of its names is the nearer
        ("wars sta", None),
        ("episode iv", None),
        ("matrx", "The Matrix"),
        ("the matr", None),
        ("солярес", "Солярис"),
        ("dream wrold", "dream world"),
        ("!?", None),
    ],
)
def test_the_nearest_name_is_told_as_it_is_written(text, meant):
    films = [
        Movie(1, "Star Wars: Episode IV - A New Hope", titles=("Star Wars",), ratings=5900),
        Movie(2, "The Matrix", titles=("Matrix, The",), ratings=5463),
        Movie(3, "Solaris", titles=("Солярис",), ratings=253),
    ]
    assert look(text, films, (Tag(1, "dream world", "keyword", 30),)).did_you_mean == meant


def test_of_a_film_and_a_tag_of_one_name_the_film_gives_the_spelling():
    films = [Movie(1, "Alien", ratings=3493)]
    found = look("alein", films, (Tag(1, "alien", "keyword", 900),))
    assert (found.did_you_mean, found.tags[0].name) == ("Alien", "alien")


def test_a_word_of_a_name_that_nobody_knows_hides_no_famous_one():
    alien = Movie(1, "Alien", ratings=3493)
    assert look("alein", [alien, Movie(2, "Story of Alein", ratings=0)]).did_you_mean == "Alien"
    assert look("alein", [alien, Movie(2, "Story of Alein", ratings=90)]).did_you_mean is None


def test_a_text_that_begins_a_name_is_never_corrected_however_unknown_the_name():
    films = [Movie(1, "Psycho", ratings=2162), Movie(2, "Psycosissimo", ratings=0)]
    found = look("psyco", films)
    assert (seen(found), found.did_you_mean) == ([(1, None), (2, None)], None)
