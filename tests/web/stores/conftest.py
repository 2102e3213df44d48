"""The servers behind the stores, each test with a place of its own in them."""

import threading

import pytest
import redis
from elasticsearch import Elasticsearch

from tests.web.films import FILMS, movie_line, tag_lines, write_lines
from web.catalogue.source import Source
from web.config import Config
from web.stores.opening import elastic_client

PATIENT_MS = 10_000  # the servers of a test share a machine with everything else


@pytest.fixture
def empty_redis(redis_url) -> str:
    """A Redis without any key."""
    with redis.Redis.from_url(redis_url) as client:
        client.flushdb()
    return redis_url


@pytest.fixture(scope="module")
def elastic(elasticsearch_url, catalogue_dir):
    """Makes a client and an alias of one's own; what was put there is deleted in the end."""
    made: list[tuple[Elasticsearch, str]] = []

    def make(alias: str) -> tuple[Elasticsearch, str]:
        config = Config(
            catalogue_url=f"{elasticsearch_url}/?index={alias}",
            catalogue_dir=catalogue_dir,
            store_timeout_ms=PATIENT_MS,
        )
        made.append(elastic_client(config))
        return made[-1]

    yield make
    for client, alias in made:
        for index in client.indices.get(index=f"{alias}-*").body:
            client.indices.delete(index=index)
        client.close()


@pytest.fixture
def is_over() -> threading.Event:
    return threading.Event()


@pytest.fixture
def repeated(tmp_path) -> Source:
    """A catalogue in which Alien stands twice."""
    again = {**movie_line(FILMS[5]), "id": 9001, "same_as": 1214}
    write_lines(tmp_path / "movies.jsonl.gz", [movie_line(FILMS[5]), again])
    write_lines(tmp_path / "tags.jsonl.gz", tag_lines())
    return Source(tmp_path)


@pytest.fixture
def nights(tmp_path) -> Source:
    """A hundred and fifty films of three names each, the last the most rated."""
    lines = [
        {
            "id": number,
            "title": f"Night {number}",
            "titles": [f"Night Number {number}", f"Nights, The {number}"],
            "ratings": number,
        }
        for number in range(1, 151)
    ]
    write_lines(tmp_path / "movies.jsonl.gz", lines)
    write_lines(tmp_path / "tags.jsonl.gz", tag_lines())
    return Source(tmp_path)
