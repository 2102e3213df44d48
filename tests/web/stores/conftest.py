"""The servers behind the stores, each test with a place of its own in them."""

import threading
from dataclasses import replace

import pytest
import redis
from elasticsearch import Elasticsearch

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
    from web.config import Config

    made: list[tuple[Elasticsearch, str]] = []

    def make(alias: str) -> tuple[Elasticsearch, str]:
        config = Config(
            catalogue_url=f"{elasticsearch_url}/?index={alias}",
            catalogue_dir=catalogue_dir,
            store_timeout_ms=PATIENT_MS,
        )
        made.append(elastic_client(replace(config)))
        return made[-1]

    yield make
    for client, alias in made:
        for index in client.indices.get(index=f"{alias}-*").body:
            client.indices.delete(index=index)
        client.close()


@pytest.fixture
def is_over() -> threading.Event:
    return threading.Event()
