"""Everything a training reads, made of a corpus and the catalogue of films."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from model_server.artifact import Catalogue
from model_server.data.corpus import Corpus
from model_server.evaluation.splits import Split, split_people
from model_server.training.films import Film, Tag, read_films, read_tags
from model_server.training.network import MovieFacts
from model_server.training.sequences import (
    Sequences,
    canonical_ids,
    corpus_fingerprint,
    is_like,
    read_sequences,
)
from model_server.vocab import Vocab

MIN_LIKES_FOR_ROW = 5
MIN_VOTES_WITHOUT_RATINGS = 5_000
FIRST_DECADE, DECADES = 1900, 13

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Dataset:
    """Picks of all people, who is trained on, and what is known of every movie.

    fingerprint: a digest that two corpora share only if they hold equal events in equal order.
    """

    catalogue: Catalogue
    sequences: Sequences
    split: Split
    facts: MovieFacts
    fingerprint: str


def read_dataset(corpus: Corpus, catalogue_folder: Path) -> Dataset:
    """Join a corpus with the catalogue; movies stand in order of their train people's likes.

    Recommendable are the catalogue's films that a train person rated, and those that none did but
    that many know (IMDb votes), unless neither year nor genre nor tag is known of them. A film
    listed twice counts under the id that more people rated.
    """
    films, tags = read_films(catalogue_folder), read_tags(catalogue_folder)
    split = split_people(corpus.people)
    movie_id = canonical_ids(corpus.movie_id, films)
    likes = _likes(corpus, movie_id, split)
    rated = set(np.unique(movie_id[np.isin(corpus.person, split.train)]).tolist())
    kept = [film for film in films if _is_recommendable(film, rated)]
    kept.sort(key=lambda film: (-likes.get(film["id"], 0), -(film["votes"] or 0), film["id"]))
    catalogue = stack_catalogue(kept, tags, likes)
    return Dataset(
        catalogue,
        read_sequences(corpus.person, movie_id, corpus.rating, catalogue.movies),
        split,
        collect_facts(catalogue, kept),
        corpus_fingerprint(corpus),
    )


def _likes(corpus: Corpus, movie_id: IntArray, split: Split) -> dict[int, int]:
    liked = is_like(corpus.rating) & np.isin(corpus.person, split.train)
    ids, counts = np.unique(movie_id[liked], return_counts=True)
    return dict(zip(ids.tolist(), counts.tolist(), strict=True))


def _is_recommendable(film: Film, rated: set[int]) -> bool:
    is_described = bool(film["year"] or film["genres"] or film["tags"])
    if film.get("same_as") or not is_described:
        return False
    return film["id"] in rated or (film["votes"] or 0) >= MIN_VOTES_WITHOUT_RATINGS


def stack_catalogue(films: list[Film], tags: list[Tag], likes: dict[int, int]) -> Catalogue:
    """The films, in the order given, and all tags as arrays. likes: by film id; none is 0."""
    index = {tag["id"]: place for place, tag in enumerate(tags, start=1)}
    genre_ids = {tag["name"]: tag["id"] for tag in tags if tag["kind"] == "genre"}
    tag_lists: list[list[int]] = [[]]  # of the padding row
    for film in films:
        ids = [genre_ids[genre] for genre in film["genres"]] + list(film["tags"])
        tag_lists.append([index[tag] for tag in ids])
    ratings = [np.nan] + [np.nan if film["rating"] is None else film["rating"] for film in films]
    return Catalogue(
        movies=Vocab(np.array([film["id"] for film in films], dtype=np.int32)),
        tags=Vocab(np.array([tag["id"] for tag in tags], dtype=np.int32)),
        tag_names=np.array(["", *[tag["name"] for tag in tags]]),
        is_genre=np.array([False, *[tag["kind"] == "genre" for tag in tags]]),
        tag_starts=np.cumsum([0, *map(len, tag_lists)]).astype(np.int32),
        movie_tags=np.concatenate(tag_lists).astype(np.int32),
        years=np.array([0, *[film["year"] or 0 for film in films]], dtype=np.int32),
        ratings=np.array(ratings, dtype=np.float32),
        likes=np.array([0, *[likes.get(film["id"], 0) for film in films]], dtype=np.int32),
    )


def collect_facts(catalogue: Catalogue, films: list[Film]) -> MovieFacts:
    """What is known of a catalogue's films beside ratings; the last two attributes are votes and
    rating, the others the decade."""
    counts = np.diff(catalogue.tag_starts)
    shares = np.zeros((len(counts), 1 + len(catalogue.tags)), dtype=np.float32)
    owners = np.repeat(np.arange(len(counts)), counts)
    shares[owners, catalogue.movie_tags] = 1.0 / counts[owners]
    has_row = (catalogue.likes >= MIN_LIKES_FOR_ROW).astype(np.float32)[:, None]
    return MovieFacts(shares, _attributes(catalogue, films), has_row)


def _attributes(catalogue: Catalogue, films: list[Film]) -> FloatArray:
    """Decade (one of 13 columns; none if unknown), log10 of IMDb votes / 3, (rating - 6.5) / 2."""
    attributes = np.zeros((1 + len(films), DECADES + 2), dtype=np.float32)
    decades = np.clip((catalogue.years - FIRST_DECADE) // 10, 0, DECADES - 1)
    rows = np.flatnonzero(catalogue.years)
    attributes[rows, decades[rows]] = 1.0
    votes = np.array([0, *[film["votes"] or 0 for film in films]], dtype=np.float32)
    attributes[:, DECADES] = np.log10(1.0 + votes) / 3.0
    attributes[:, DECADES + 1] = np.nan_to_num((catalogue.ratings - 6.5) / 2.0)
    return attributes
