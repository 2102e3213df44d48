"""Opens the stores that the configuration names; beside a server, its embedded stand-in."""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from elastic_transport.client_utils import DEFAULT
from elasticsearch import Elasticsearch

from web.breaker import Breaker
from web.catalogue.source import Source
from web.config import Config, ConfigError
from web.domain import StoreUnavailable
from web.stores.base import CatalogueStore, SessionStore
from web.stores.elastic_catalogue import ElasticCatalogue
from web.stores.elastic_index import keep_loading
from web.stores.failover import FailoverCatalogue, FailoverSessions
from web.stores.redis_sessions import RedisSessions
from web.stores.sqlite_catalogue import SqliteCatalogue
from web.stores.sqlite_catalogue_file import make_current
from web.stores.sqlite_sessions import SqliteSessions

ALIAS: Final = "marquee"
ELASTIC_OPTIONS: Final = ("index", "api_key", "ca_certs")

Clock = Callable[[], float]


def open_sessions(config: Config, clock: Clock = time.monotonic) -> SessionStore:
    """The session store at SESSION_URL."""
    if config.session_url.startswith("sqlite:"):
        return SqliteSessions(sqlite_path(config.session_url), config.store_timeout_ms)
    stand_in = SqliteSessions(config.state_dir / "sessions.db", config.store_timeout_ms)
    server = RedisSessions(config.session_url, config.store_timeout_ms)
    return FailoverSessions(server, stand_in, Breaker("Redis", StoreUnavailable, clock))


def open_catalogue(config: Config, clock: Clock = time.monotonic) -> CatalogueStore:
    """The catalogue at CATALOGUE_URL, made if it is embedded, loaded beside us if it is not."""
    source = Source(config.catalogue_dir)
    if config.catalogue_url.startswith("sqlite:"):
        return _open_sqlite(sqlite_path(config.catalogue_url), source, config.store_timeout_ms)
    stand_in = _open_sqlite(config.state_dir / "catalogue.db", source, config.store_timeout_ms)
    client, alias = elastic_client(config)
    is_over = threading.Event()
    arguments = (client, alias, source, is_over)
    threading.Thread(target=keep_loading, args=arguments, daemon=True).start()
    server = ElasticCatalogue(client, alias, is_over)
    return FailoverCatalogue(server, stand_in, Breaker("Elasticsearch", StoreUnavailable, clock))


def sqlite_path(url: str) -> Path:
    """The file in sqlite:///relative or sqlite:////absolute."""
    return Path(unquote(urlsplit(url).path).removeprefix("/"))


def elastic_client(config: Config) -> tuple[Elasticsearch, str]:
    """A client of elasticsearch(s)://[user:password@]host[:port][/?index=&api_key=&ca_certs=].

    With it, the alias of the catalogue's index.
    """
    url = urlsplit(config.catalogue_url)
    options = _elastic_options(url)
    scheme = "https" if url.scheme == "elasticsearchs" else "http"
    user = (unquote(url.username), unquote(url.password or "")) if url.username else None
    client = Elasticsearch(
        f"{scheme}://{url.hostname}:{url.port or 9200}",
        basic_auth=user,
        api_key=options.get("api_key"),
        ca_certs=options.get("ca_certs", DEFAULT),
        request_timeout=config.store_timeout_ms / 1000,
        max_retries=0,  # the stand-in answers sooner than a second try
        connections_per_node=64,
    )
    return client, options.get("index", ALIAS)


def _elastic_options(url: SplitResult) -> dict[str, str]:
    options = {name: values[-1] for name, values in parse_qs(url.query).items()}
    for name in options:
        if name not in ELASTIC_OPTIONS:
            allowed = ", ".join(ELASTIC_OPTIONS)
            raise ConfigError(f"CATALOGUE_URL has no option {name!r}, allowed: {allowed}")
    return options


def _open_sqlite(path: Path, source: Source, timeout_ms: int) -> SqliteCatalogue:
    make_current(path, source)
    return SqliteCatalogue(path, timeout_ms)
