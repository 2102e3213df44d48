"""The commands of `python -m model_server.data`: what each reads, adds and writes."""

import argparse
from collections import Counter
from pathlib import Path

import polars as pl

from model_server.data import ml100k
from model_server.data.build import Sources, build_catalogue
from model_server.data.catalogue import MOVIES, Catalogue, read_catalogue, write_catalogue
from model_server.data.corpus import STARTER, corpus_of, load_corpus, write_corpus
from model_server.data.errors import DataError
from model_server.data.fetched import FILE_NAME, fetch
from model_server.data.files import copy_whole
from model_server.data.lists import read_keywords, read_trailers
from model_server.data.metadata import read_metadata
from model_server.data.movielens import read_links, read_names
from model_server.data.people import join_releases
from model_server.data.ratings import read_ratings
from model_server.data.records import Film
from model_server.data.tmdb import Tmdb

# The whole release, as its licence asks.
RELEASE_FILES = ("README.txt", "links.csv", "movies.csv", "ratings.csv", "tags.csv")


def starter(arguments: argparse.Namespace) -> str:
    """Build starter/catalogue and starter/ml-latest-small anew from a folder that has it all."""
    data: Path = arguments.data
    movielens = data / "movielens"
    releases = [movielens, movielens / "ml-latest-small", movielens / "ml-1m"]
    named, facts = read_metadata(data / "movies.parquet")
    trailers, spare_names = read_trailers(data / "ml-youtube.csv")
    catalogue = build_catalogue(
        Sources(
            named=(named, *(read_names(release) for release in releases)),
            spare_names=spare_names,
            facts=facts,
            links=read_links(releases[1]) | read_links(releases[0]),
            keywords=read_keywords(data / "tmdb-keywords.csv"),
            trailers=trailers,
            ratings=Counter(load_corpus(data).movie_id.tolist()),
        )
    )
    write_catalogue(catalogue, arguments.out / "catalogue")
    for name in RELEASE_FILES:
        copy_whole(releases[1] / name, arguments.out / "ml-latest-small" / name)
    return _said(catalogue, arguments.out / "catalogue")


def movielens(arguments: argparse.Namespace) -> str:
    """Add the films and ratings of MovieLens releases, and make a training corpus of them."""
    base = _base(arguments)
    ratings = _joined(arguments.folders, base)
    releases = [folder for folder in arguments.folders if not _is_ml100k(folder)]
    catalogue = build_catalogue(
        Sources(
            base=base,
            named=tuple(read_names(folder) for folder in releases),
            links={id_: link for folder in releases for id_, link in read_links(folder).items()},
            ratings=Counter(ratings["movie_id"].to_list()),
        )
    )
    write_catalogue(catalogue, arguments.out)
    path = write_corpus(corpus_of(ratings), arguments.corpus)
    return f"{_said(catalogue, arguments.out)}\n{_trained(path)}"


def corpus(arguments: argparse.Namespace) -> str:
    """Make a training corpus of MovieLens releases; the catalogue stays as it is."""
    ratings = _joined(arguments.movielens, _base(arguments))
    return _trained(write_corpus(corpus_of(ratings), arguments.out))


def metadata(arguments: argparse.Namespace) -> str:
    """Add a metadata table laid out like movies.parquet: its films and all it says of them."""
    named, facts = read_metadata(arguments.file)
    sources = Sources(base=_base(arguments), named=(named,), facts=facts)
    return _added(sources, arguments.out)


def keywords(arguments: argparse.Namespace) -> str:
    """Add TMDB keywords from keywords.csv of "The Movies Dataset"."""
    sources = Sources(base=_base(arguments), keywords=read_keywords(arguments.file))
    return _added(sources, arguments.out)


def trailers(arguments: argparse.Namespace) -> str:
    """Add trailers from ml-youtube.csv, MovieLens 20M's YouTube trailers."""
    found, spare_names = read_trailers(arguments.file)
    sources = Sources(base=_base(arguments), trailers=found, spare_names=spare_names)
    return _added(sources, arguments.out)


def tmdb(arguments: argparse.Namespace) -> str:
    """Add details from TMDB's API, most rated films first; a run that was stopped goes on."""
    base = _base(arguments)
    api = Tmdb(arguments.key, arguments.url)
    ranked = sorted(base.films, key=lambda film: (-film.ratings, film.id))
    ids = [film.tmdb_id for film in ranked if film.tmdb_id is not None][: arguments.limit]
    details = fetch(ids, api.details, arguments.state / FILE_NAME)
    return _added(Sources(base=base, details=details), arguments.out)


def _base(arguments: argparse.Namespace) -> Catalogue:
    """The catalogue to add to: the one named, else what was imported before, else the starter."""
    imported = arguments.state / "catalogue"
    default = imported if (imported / MOVIES).exists() else STARTER / "catalogue"
    return read_catalogue(arguments.catalogue or default)


def _joined(folders: list[Path], base: Catalogue) -> pl.DataFrame:
    return join_releases([_ratings(folder, base.films) for folder in folders])


def _ratings(folder: Path, films: tuple[Film, ...]) -> pl.DataFrame:
    ratings = read_ratings(folder)
    if not _is_ml100k(folder):
        return ratings
    mapped = ml100k.with_movielens_ids(ratings, folder, films)
    if mapped.is_empty():
        raise DataError(folder, None, "none of its films is in the catalogue")
    return mapped


def _is_ml100k(folder: Path) -> bool:
    return (folder / ml100k.RATINGS).exists()


def _added(sources: Sources, out: Path) -> str:
    catalogue = build_catalogue(sources)
    write_catalogue(catalogue, out)
    return _said(catalogue, out)


def _said(catalogue: Catalogue, folder: Path) -> str:
    rated = sum(film.rating is not None for film in catalogue.films)
    tagged = sum(bool(film.tags) for film in catalogue.films)
    return (
        f"{folder}: {len(catalogue.films)} films ({rated} with a rating, {tagged} with keywords), "
        f"{len(catalogue.tags)} tags\nTo serve it: make run CATALOGUE_DIR={folder}"
    )


def _trained(path: Path) -> str:
    made = load_corpus(path)
    return (
        f"{path}: {len(made.person)} ratings by {made.people} people\n"
        f"To train on it: MARQUEE_DATA={path.parent} make train"
    )
