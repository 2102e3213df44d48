"""Which store a URL opens."""

import base64
from contextlib import closing
from threading import Event as Flag

import pytest

from tests.waiting import wait_until
from web.config import ConfigError
from web.domain import StoreUnavailable
from web.picks import Event
from web.stores.elastic_catalogue import ElasticCatalogue
from web.stores.failover import FailoverCatalogue, FailoverSessions
from web.stores.opening import elastic_client, open_catalogue, open_sessions, sqlite_path
from web.stores.sqlite_catalogue import SqliteCatalogue
from web.stores.sqlite_sessions import SqliteSessions

LIKE = Event("like", "movie", 1)


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:///var/sessions.db", "var/sessions.db"),
        ("sqlite:////srv/sessions.db", "/srv/sessions.db"),
        ("sqlite:////srv/with%20space.db", "/srv/with space.db"),
    ],
)
def test_the_path_in_a_url(url, path):
    assert str(sqlite_path(url)) == path


def test_sqlite_is_opened_by_itself(configured, tmp_path):
    config = configured(
        session_url=f"sqlite:///{tmp_path}/a/s.db", catalogue_url=f"sqlite:///{tmp_path}/b/c.db"
    )
    with closing(open_sessions(config)) as sessions, closing(open_catalogue(config)) as catalogue:
        assert isinstance(sessions, SqliteSessions)
        assert isinstance(catalogue, SqliteCatalogue)
        sessions.change("a" * 32, LIKE)
        assert set(catalogue.movies([1])) == {1}
    assert (tmp_path / "a" / "s.db").exists()
    assert (tmp_path / "b" / "c.db").exists()


def test_redis_is_opened_with_its_stand_in(configured, empty_redis):
    config = configured(session_url=empty_redis, store_timeout_ms=10_000)
    with closing(open_sessions(config)) as sessions:
        assert isinstance(sessions, FailoverSessions)
        sessions.change("a" * 32, LIKE)
        assert sessions.check() == ""


def test_without_redis_its_stand_in_answers(configured, free_port_without_server):
    config = configured(session_url=f"redis://127.0.0.1:{free_port_without_server}")
    with closing(open_sessions(config)) as sessions:
        session = sessions.change("a" * 32, LIKE)
        assert sessions.session("a" * 32) == session
        assert "Redis does not answer" in sessions.check()


def test_without_elasticsearch_its_stand_in_answers(configured, free_port_without_server):
    config = configured(catalogue_url=f"elasticsearch://127.0.0.1:{free_port_without_server}")
    with closing(open_catalogue(config)) as catalogue:
        assert isinstance(catalogue, FailoverCatalogue)
        assert set(catalogue.movies([1, 47])) == {1, 47}
        assert "Elasticsearch does not answer" in catalogue.check()


def test_elasticsearch_is_loaded_in_the_background(configured, elasticsearch_url, elastic):
    client, alias = elastic("marquee-test-opening")
    url = f"{elasticsearch_url}/?index={alias}"
    config = configured(catalogue_url=url, store_timeout_ms=10_000)
    with closing(open_catalogue(config)) as catalogue:
        assert set(catalogue.movies([1])) == {1}  # whoever answers
        wait_until(lambda: catalogue.check() == "", 60, "Elasticsearch is loaded")
        assert set(ElasticCatalogue(client, alias, Flag()).movies([1])) == {1}


@pytest.mark.parametrize(
    ("url", "node", "header"),
    [
        ("elasticsearch://search", "http://search:9200", None),
        ("elasticsearchs://search:9243", "https://search:9243", None),
        (
            "elasticsearch://ann:p%40ss@search",
            "http://search:9200",
            "Basic " + base64.b64encode(b"ann:p@ss").decode(),
        ),
        ("elasticsearchs://search/?api_key=abc", "https://search:9200", "ApiKey abc"),
    ],
)
def test_what_a_url_of_elasticsearch_carries(configured, url, node, header):
    client, alias = elastic_client(configured(catalogue_url=url))
    with closing(client):
        assert [one.base_url for one in client.transport.node_pool.all()] == [node]
        assert client._headers.get("authorization") == header
        assert alias == "marquee"


def test_a_url_of_elasticsearch_can_name_the_index(configured):
    client, alias = elastic_client(configured(catalogue_url="elasticsearch://search/?index=films"))
    client.close()
    assert alias == "films"


def test_an_option_that_there_is_not_is_refused(configured):
    with pytest.raises(ConfigError, match="CATALOGUE_URL has no option 'tls', allowed: index"):
        elastic_client(configured(catalogue_url="elasticsearch://search/?tls=1"))


def test_a_stand_in_that_fails_too_is_unavailable(configured, free_port_without_server, tmp_path):
    config = configured(session_url=f"redis://127.0.0.1:{free_port_without_server}")
    (tmp_path / "sessions.db").mkdir()
    with closing(open_sessions(config)) as sessions, pytest.raises(StoreUnavailable):
        sessions.session("a" * 32)
