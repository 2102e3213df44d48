"""Opens the stores that the configuration names."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from web.catalogue.source import Source
from web.config import Config
from web.stores.base import CatalogueStore, SessionStore
from web.stores.sqlite_catalogue import SqliteCatalogue
from web.stores.sqlite_catalogue_file import make_current
from web.stores.sqlite_sessions import SqliteSessions


def open_sessions(config: Config) -> SessionStore:
    """The session store at SESSION_URL."""
    return SqliteSessions(sqlite_path(config.session_url), config.store_timeout_ms)


def open_catalogue(config: Config) -> CatalogueStore:
    """The catalogue at CATALOGUE_URL, filled if it is not."""
    path = sqlite_path(config.catalogue_url)
    make_current(path, Source(config.catalogue_dir))
    return SqliteCatalogue(path, config.store_timeout_ms)


def sqlite_path(url: str) -> Path:
    """The file in sqlite:///relative or sqlite:////absolute."""
    return Path(unquote(urlsplit(url).path).removeprefix("/"))
