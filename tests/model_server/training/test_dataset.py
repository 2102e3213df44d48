import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from model_server.data.corpus import Corpus
from model_server.evaluation.splits import split_people
from model_server.training.dataset import DECADES, Dataset, read_dataset

TAGS = [
    {"id": 1, "name": "Action", "kind": "genre", "movies": 3},
    {"id": 900, "name": "heist", "kind": "keyword", "movies": 2},
]


def film(movie_id: int, **known) -> dict:
    plain = {"year": 1995, "genres": ["Action"], "tags": [], "rating": 7.5, "votes": 999}
    return {"id": movie_id, **plain, **known}


FILMS = [
    film(10),
    film(20, tags=[900]),
    film(30, rating=None, votes=None, year=None),
    film(40, votes=1_000_000),
    film(50, votes=100),
    film(60, same_as=20),
    film(70, year=None, genres=[]),
    film(80),
]


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    for name, rows in (("movies", FILMS), ("tags", TAGS)):
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        (tmp_path / f"{name}.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    # twelve people: all like 20, the odd ones under its other id; all rate 70; the first dislikes
    # 30; a test person alone likes 80
    people = np.repeat(np.arange(12), 3)
    movie_ids = [[60 if person % 2 else 20, 70, 30 if person == 0 else 10] for person in range(12)]
    movie_ids[split_people(12).test[0]][2] = 80
    ratings = [[5.0, 5.0, 1.0 if person < 6 else 4.0] for person in range(12)]
    corpus = Corpus(
        people.astype(np.int32),
        np.array(movie_ids, dtype=np.int32).ravel(),
        np.array(ratings, dtype=np.float32).ravel(),
        np.zeros(36, dtype=np.int64),
    )
    return read_dataset(corpus, tmp_path)


def test_movies_stand_in_order_of_their_likes(dataset: Dataset) -> None:
    # 20 is liked by all ten train people, 10 by some; then 40 and 30, that nobody liked
    assert dataset.catalogue.movies.ids.tolist() == [20, 10, 40, 30]
    assert dataset.catalogue.likes[1] == len(dataset.split.train) == 10


def test_a_film_that_nobody_rated_needs_to_be_known(dataset: Dataset) -> None:
    assert dataset.catalogue.movies.index(40) > 0
    assert dataset.catalogue.movies.index(50) == 0


def test_a_film_that_only_a_test_person_rated_cannot_be_recommended(dataset: Dataset) -> None:
    assert dataset.catalogue.movies.index(80) == 0


def test_a_film_of_which_nothing_is_known_cannot_be_recommended(dataset: Dataset) -> None:
    assert dataset.catalogue.movies.index(70) == 0


def test_a_film_listed_twice_counts_once(dataset: Dataset) -> None:
    assert dataset.catalogue.movies.index(60) == 0
    assert [dataset.sequences.of(person).movies[0] for person in (0, 1)] == [1, 1]


def test_genres_stand_before_keywords(dataset: Dataset) -> None:
    assert dataset.catalogue.tags_of(1) == (1, 2)
    assert dataset.catalogue.tag_names[[1, 2]].tolist() == ["Action", "heist"]


def test_a_movie_spreads_one_over_its_tags(dataset: Dataset) -> None:
    assert dataset.facts.tag_shares[:3].tolist() == [[0, 0, 0], [0, 0.5, 0.5], [0, 1, 0]]


def test_unknown_facts_stay_zero(dataset: Dataset) -> None:
    unknown = dataset.catalogue.movies.index(30)
    assert not dataset.facts.attributes[unknown].any()
    assert np.isnan(dataset.catalogue.ratings[unknown])


def test_attributes_are_decade_votes_and_rating(dataset: Dataset) -> None:
    attributes = dataset.facts.attributes[dataset.catalogue.movies.index(10)]
    # 1995 is in the decade 9 after 1900; log10(1 + 999) / 3 = 1; (7.5 - 6.5) / 2 = 0.5
    assert np.flatnonzero(attributes[:DECADES]).tolist() == [9]
    assert attributes[DECADES:].tolist() == pytest.approx([1.0, 0.5])
