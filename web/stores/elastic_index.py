"""Loads the catalogue into Elasticsearch: a fresh index behind an alias, switched when whole."""

import logging
import secrets
import threading
from collections.abc import Iterator
from typing import Any, Final

import msgspec
from elasticsearch import ApiError, Elasticsearch, TransportError
from elasticsearch.helpers import BulkIndexError, bulk

from web.catalogue.people import people_of
from web.catalogue.source import Source, by_fame
from web.domain import Movie, StoreUnavailable
from web.searching import names_of, words_of

LAYOUT: Final = 5
TAGS_ID: Final = "tags"
PEOPLE_ID: Final = "people"
CHUNK: Final = 1_000
LOADING_SECONDS: Final = 120
RETRY_SECONDS: Final = 5.0
SETTINGS: Final = {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    "refresh_interval": "-1",
    "max_result_window": 1_100_000,  # offsets go up to a million
}
# Names arrive folded, so that nothing is left to an analyser but to cut at spaces.
PROPERTIES: Final[dict[str, Any]] = {
    "place": {"type": "integer"},
    "standing": {"type": "integer"},
    "decade": {"type": "short"},
    "year": {"type": "short"},
    "rating": {"type": "double"},
    "ratings": {"type": "integer"},
    "tags": {"type": "integer"},
    "same_as": {"type": "integer"},
    "imdb_id": {"type": "keyword"},
    "tmdb_id": {"type": "integer"},
    "names": {"type": "keyword"},
    "words": {"type": "text", "analyzer": "whitespace", "norms": False, "index_options": "docs"},
    "beginnings": {"type": "completion", "analyzer": "keyword", "max_input_length": 80},
    "body": {"type": "object", "enabled": False},
}

logger = logging.getLogger(__name__)


def stamp_of(source: Source) -> str:
    """What an index made of this source is marked by."""
    return f"{LAYOUT}-{source.fingerprint}"


def is_current(client: Elasticsearch, alias: str, stamp: str) -> bool:
    """Whether the alias leads to an index with this mark."""
    mappings = client.options(ignore_status=404).indices.get_mapping(index=alias)
    if mappings.meta.status == 404:
        return False
    return any(
        one["mappings"].get("_meta", {}).get("stamp") == stamp for one in mappings.body.values()
    )


def load_if_old(client: Elasticsearch, alias: str, source: Source) -> None:
    """Load unless the index is current; StoreUnavailable if the server does not let us."""
    patient = client.options(request_timeout=LOADING_SECONDS)
    try:
        if not is_current(patient, alias, stamp_of(source)):
            load(patient, alias, source)
    except (ApiError, TransportError, BulkIndexError) as error:
        raise StoreUnavailable(f"Elasticsearch could not be loaded: {error}") from error


def load(client: Elasticsearch, alias: str, source: Source) -> None:
    """Fill a new index, lead the alias to it and delete what it led to before.

    Until then the old index answers; a load that fails leaves nothing behind.
    """
    stamp = stamp_of(source)
    name = f"{alias}-{stamp}-{secrets.token_hex(4)}"
    mappings = {"dynamic": False, "_meta": {"stamp": stamp}, "properties": PROPERTIES}
    client.indices.create(index=name, settings=SETTINGS, mappings=mappings)
    try:
        bulk(client, _documents(source, name), chunk_size=CHUNK)
        client.indices.refresh(index=name)
        _switch(client, alias, name)
    except BaseException:
        client.options(ignore_status=404).indices.delete(index=name)
        raise
    logger.info("loaded %s", name)


def keep_loading(
    client: Elasticsearch, alias: str, source: Source, is_over: threading.Event
) -> None:
    """Load until the index is current, trying again while the server is away."""
    while not is_over.is_set():
        try:
            return load_if_old(client, alias, source)
        except StoreUnavailable as error:
            logger.warning("the catalogue is not in Elasticsearch yet: %s", error)
            is_over.wait(RETRY_SECONDS)


def _switch(client: Elasticsearch, alias: str, name: str) -> None:
    old = client.options(ignore_status=404).indices.get_alias(name=alias)
    actions: list[dict[str, Any]] = [{"add": {"index": name, "alias": alias}}]
    if old.meta.status == 200:
        actions += [{"remove_index": {"index": one}} for one in old.body]
    client.indices.update_aliases(actions=actions)


def _documents(source: Source, index: str) -> Iterator[dict[str, Any]]:
    movies = list(source.movies())
    known = by_fame(movies)
    people = msgspec.to_builtins(people_of(known))
    yield {"_index": index, "_id": TAGS_ID, "body": {"tags": msgspec.to_builtins(source.tags())}}
    yield {"_index": index, "_id": PEOPLE_ID, "body": {"people": people}}
    standings = {movie.id: standing for standing, movie in enumerate(known, start=1)}
    for place, movie in enumerate(movies, start=1):
        standing = standings.get(movie.id)
        found_by = {"same_as": movie.same_as} if standing is None else _found_by(movie, standing)
        yield {
            "_index": index,
            "_id": str(movie.id),
            "body": msgspec.to_builtins(movie),
            "imdb_id": movie.imdb_id,
            "tmdb_id": movie.tmdb_id,
            "place": None if standing is None else place,
            **found_by,
        }


def _found_by(movie: Movie, standing: int) -> dict[str, Any]:
    """What a film is filtered and searched by."""
    names = names_of(movie)
    return {
        "standing": standing,
        "decade": None if movie.year is None else movie.year - movie.year % 10,
        "year": movie.year,
        "rating": movie.rating,
        "ratings": movie.ratings,
        "tags": list(movie.tags),
        "names": list(names),
        "words": " ".join(words_of(names)),
        "beginnings": {"input": _beginnings(names), "weight": movie.fame},
    }


def _beginnings(names: tuple[str, ...]) -> list[str]:
    """Each name from each of its words on."""
    cut = [name.split() for name in names]
    starts = (" ".join(words[first:]) for words in cut for first in range(len(words)))
    return list(dict.fromkeys(starts))[:100]
