"""What films and tags a file's rows are: by ids, by title and year, and never by a guess."""

from contextlib import closing

import pytest

from tests.web.films import tag_lines, write_lines
from web.catalogue.source import Source
from web.files.entries import Entry
from web.files.matching import match
from web.stores.cached_catalogue import CachedCatalogue
from web.stores.sqlite_catalogue import SqliteCatalogue
from web.stores.sqlite_catalogue_file import make_current

# id, title, other names, year, id at IMDb, at TMDB, the film it repeats
FILMS = [
    (1, "The Matrix", ["Matrix, The"], 1999, "tt0133093", 603, None),
    (2, "The Matrix", [], 1999, "tt0133093", 603, 1),
    (3, "Psycho", [], 1960, "tt0054215", 539, None),
    (4, "Psycho", [], 1998, "tt0155975", 11252, None),
    (5, "Hate", ["La Haine"], 1995, "tt0113247", 406, None),
    (6, "Amélie", ["Le Fabuleux Destin d'Amélie Poulain"], 2001, None, None, None),
    (7, "The Kid", [], 1921, None, None, None),
    (8, "Kid", [], 1922, None, None, None),
    (9, "Twins", [], 1988, None, None, None),
    (10, "Twins", [], 1988, None, None, None),
    (11, "Undated", [], None, None, None, None),
    (12, "One Half", [], 2000, "tt0000012", 12, None),
    (13, "Other Half", [], 2000, "tt0000012", 13, None),
    (14, "Brother", [], 1997, None, None, None),
    (15, "The Brother", [], 1997, None, None, None),
    (16, "Solaris", [], 1971, None, None, None),
    (17, "Solaris", [], 1973, None, None, None),
]


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    folder = tmp_path_factory.mktemp("matching")
    fields = ("id", "title", "titles", "year", "imdb_id", "tmdb_id", "same_as")
    write_lines(
        folder / "movies.jsonl.gz", [dict(zip(fields, film, strict=True)) for film in FILMS]
    )
    write_lines(folder / "tags.jsonl.gz", tag_lines())
    make_current(folder / "catalogue.db", Source(folder))
    with closing(SqliteCatalogue(folder / "catalogue.db", 10_000)) as store:
        yield CachedCatalogue(store)


@pytest.fixture
def found(catalogue):
    """The id of what an entry is, or why there is none."""

    def found(title: str = "", year: int | None = None, kind="movie", **ids):
        (one,) = match([Entry(2, "liked", kind, title, year, **ids)], catalogue)
        return one.reason if one.id is None else one.id

    return found


@pytest.mark.parametrize(
    ("ids", "film"),
    [
        ({"id": 3}, 3),
        ({"imdb_id": "tt0155975"}, 4),
        ({"tmdb_id": 406}, 5),
        ({"id": 3, "imdb_id": "tt0155975", "tmdb_id": 406}, 3),  # MovieLens's counts most
        ({"id": 999, "imdb_id": "tt0155975", "tmdb_id": 406}, 4),  # then IMDb's
        ({"imdb_id": "tt9999999", "tmdb_id": 406}, 5),  # then TMDB's
        ({"id": 999}, "unknown"),
        ({"imdb_id": "tt9999999"}, "unknown"),
    ],
)
def test_ids_come_first(found, ids, film):
    assert found("Amélie", 1900, **ids) == film


@pytest.mark.parametrize("ids", [{"id": 2}, {"imdb_id": "tt0133093"}, {"tmdb_id": 603}])
def test_a_film_that_repeats_another_is_that_other(found, ids):
    assert found(**ids) == 1


def test_of_films_that_share_an_id_the_title_decides(found):
    assert found("Other Half", 2000, imdb_id="tt0000012") == 13
    assert found("Neither", 2000, imdb_id="tt0000012") == "ambiguous"
    assert found(imdb_id="tt0000012") == "ambiguous"


@pytest.mark.parametrize(
    ("title", "year", "film"),
    [
        ("The Matrix", 1999, 1),
        ("the MATRIX!", 1999, 1),
        ("Matrix, The", 1999, 1),
        ("Matrix", 1999, 1),
        ("Kid, The", 1921, 7),
        ("Amelie", 2001, 6),
        ("le fabuleux destin d\u2019Amelie Poulain", 2001, 6),
        ("Haine, La", 1995, 5),
        ("Haine", 1995, 5),
        ("The Matrix", 2000, 1),  # a year off
        ("The Matrix", 1998, 1),
        ("The Matrix", 2001, "unknown"),
        ("The Matrix", None, 1),
        ("Psycho", 1960, 3),
        ("Psycho", 1999, 4),
        ("Psycho", None, "ambiguous"),
        ("Twins", 1988, "ambiguous"),
        ("Undated", None, 11),
        ("Undated", 1990, "unknown"),
        ("The Matri", 1999, "unknown"),  # no typo is forgiven
        ("", 1999, "unknown"),
        ("!!!", None, "unknown"),
        ("Brother", 1997, 14),  # the whole name before one but for its article
        ("The Brother", 1997, 15),
        ("Brother, The", 1997, 15),
        ("Solaris", 1972, "ambiguous"),  # a year off either
        ("Kid", 1921, "ambiguous"),  # by its name the one, by its year the other
    ],
)
def test_titles_are_compared_without_their_accidents_and_years_within_one(found, title, year, film):
    assert found(title, year) == film


def test_a_film_whose_own_ids_are_others_is_not_it(found):
    assert found("Psycho", 1960, imdb_id="tt7777777") == "unknown"
    assert found("Psycho", 1960, tmdb_id=777) == "unknown"
    assert found("Amélie", 2001, imdb_id="tt7777777") == 6  # it has none


def test_tags_go_by_their_name(found):
    assert found("Time Travel", kind="tag") == 1004
    assert found("Horror", kind="tag") == 6
    assert found("The Matrix", 1999, kind="tag") == "unknown"


def test_matches_come_in_the_order_of_the_entries(catalogue):
    entries = [
        Entry(2, "liked", title="Nothing"),
        Entry(3, "seen", "tag", "robot"),
        Entry(4, "saved", title="Psycho", year=1998),
        Entry(5, "liked", id=1),
    ]
    assert [(one.entry.row, one.id, one.key) for one in match(entries, catalogue)] == [
        (2, None, None),
        (3, 1005, ("tag", 1005)),
        (4, 4, ("movie", 4)),
        (5, 1, ("movie", 1)),
    ]
