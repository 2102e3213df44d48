"""What a fresh clone runs on: the committed catalogue and ratings."""

import gzip
import json
import re
from collections import Counter, defaultdict

import pytest

from model_server.data.catalogue import GENRES, MOVIES, TAGS, read_catalogue
from model_server.data.corpus import STARTER, load_corpus
from model_server.data.keyword_list import LEFT_OUT
from model_server.data.keywords import MIN_MOVIES, key, keyword_id
from model_server.data.records import Film, Tag
from model_server.data.titles import fold

CATALOGUE = STARTER / "catalogue"


@pytest.fixture(scope="module")
def catalogue():
    return read_catalogue(CATALOGUE)


@pytest.fixture(scope="module")
def by_id(catalogue):
    return {film.id: film for film in catalogue.films}


def test_it_holds_at_least_twenty_thousand_films(catalogue):
    assert len(catalogue.films) >= 20_000


def test_its_lines_hold_facts_only():
    fields = {MOVIES: set(Film.__slots__), TAGS: set(Tag.__slots__)}
    for name, allowed in fields.items():
        with gzip.open(CATALOGUE / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                assert set(json.loads(line)) <= allowed


def test_no_text_in_it_is_long_enough_for_prose(catalogue):
    texts = [text for film in catalogue.films for text in (film.title, *film.titles)]
    assert max(map(len, texts)) < 250


def test_every_tag_of_a_film_is_there_and_counts_its_films(catalogue):
    counted = Counter(tag for film in catalogue.films for tag in film.tags)
    counted += Counter(GENRES.index(name) + 1 for film in catalogue.films for name in film.genres)
    assert {tag.id: tag.movies for tag in catalogue.tags} == counted


def test_keywords_stand_in_twenty_films_under_one_spelling_and_their_own_id(catalogue):
    keywords = [tag for tag in catalogue.tags if tag.kind == "keyword"]
    assert min(tag.movies for tag in keywords) >= MIN_MOVIES
    assert len({key(tag.name) for tag in keywords}) == len(keywords) > 1000
    assert [tag for tag in keywords if tag.id != keyword_id(tag.name)] == []
    assert not {key(tag.name) for tag in keywords} & {key(word) for word in (*LEFT_OUT, *GENRES)}


def test_the_genres_are_the_first_tags(catalogue):
    assert [(tag.id, tag.name) for tag in catalogue.tags[:19]] == list(enumerate(GENRES, start=1))


@pytest.mark.parametrize(
    ("movie_id", "typed"),
    [
        (2571, "The Matrix"),
        (2571, "Matrix, The"),
        (4973, "Amelie"),
        (4973, "Le Fabuleux destin d'Amélie Poulain"),
        (47, "Se7en"),
        (2947, "Goldfinger"),
        (260, "Star Wars: Episode IV - A New Hope"),
        (7153, "The Lord of the Rings: The Return of the King"),
        (5618, "Spirited Away"),
        (5618, "千と千尋の神隠し"),
        (1201, "The Good, the Bad and the Ugly"),
        (202439, "기생충"),
        (69757, "(500) Days of Summer"),
        (1148, "The Wrong Trousers"),
    ],
)
def test_a_title_as_people_type_it_is_a_name_of_the_film(by_id, movie_id, typed):
    film = by_id[movie_id]
    assert typed in (film.title, *film.titles)


def test_no_title_has_its_article_behind(catalogue):
    behind = [
        film.title for film in catalogue.films if re.search(r", (The|An?|Le|La)$", film.title)
    ]
    assert behind == []


def test_the_matrix_has_all_its_facts(by_id):
    film = by_id[2571]
    assert (film.year, film.runtime, film.rating) == (1999, 136, 8.7)
    assert (film.genres, film.imdb_id, film.tmdb_id) == (
        ("Action", "Sci-Fi", "Thriller"), "tt0133093", 603,
    )  # fmt: skip
    assert film.votes > 2_000_000
    assert all((film.poster, film.backdrop, film.trailer, film.cast))
    assert keyword_id("virtual reality") in film.tags


def test_values_are_in_their_ranges(catalogue):
    for film in catalogue.films:
        assert film.title.strip() == film.title != ""
        assert film.year is None or 1870 < film.year < 2030
        assert film.runtime is None or 0 < film.runtime < 1000
        assert (film.rating is None) == (film.votes is None)
        assert film.rating is None or 0 < film.rating <= 10
        assert film.title not in film.titles
        assert len(set(film.tags)) == len(film.tags)


@pytest.mark.parametrize("fact", ["imdb_id", "tmdb_id", "poster"])
def test_two_films_share_an_id_only_when_they_are_one(catalogue, fact):
    owners = defaultdict(set)
    for film in catalogue.films:
        if value := getattr(film, fact):
            owners[value].add(film.same_as or film.id)
    assert {value: films for value, films in owners.items() if len(films) > 1} == {}


def test_parasites_votes_are_parasites_alone(catalogue, by_id):
    votes = by_id[202439].votes
    assert [film.title for film in catalogue.films if film.votes == votes] == ["Parasite"]


def test_a_film_listed_twice_points_to_one_of_its_name_that_points_nowhere(catalogue, by_id):
    listed_twice = [film for film in catalogue.films if film.same_as is not None]
    assert listed_twice
    for film in listed_twice:
        other = by_id[film.same_as]
        assert other.same_as is None
        names = {fold(name) for name in (other.title, *other.titles)}
        assert names & {fold(name) for name in (film.title, *film.titles)}


def test_the_ratings_are_the_whole_small_release_with_its_licence(by_id):
    corpus = load_corpus(STARTER / "ml-latest-small")
    assert (corpus.people, len(corpus.person)) == (610, 100_836)
    assert set(corpus.movie_id.tolist()) <= by_id.keys()
    licence = (STARTER / "ml-latest-small" / "README.txt").read_text()
    assert "may redistribute the data set" in licence


def test_its_page_gives_the_numbers_of_films_and_tags(catalogue):
    page = (STARTER / "README.md").read_text()
    assert f"{len(catalogue.films):,} films and {len(catalogue.tags):,} tags" in page


def test_no_other_ratings_are_in_the_starter():
    named = [path.name for path in STARTER.rglob("*") if "rating" in path.name]
    assert named == ["ratings.csv"]
