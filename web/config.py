"""Everything about the web process that its environment decides."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

ROOT: Final = Path(__file__).resolve().parent.parent
SCHEMES: Final = {
    "session_url": ("sqlite", "redis", "rediss"),
    "catalogue_url": ("sqlite", "elasticsearch", "elasticsearchs"),
    "model_url": ("ipc", "tcp"),
}
RANGES: Final = {
    "port": (0, 65_535),
    "model_timeout_ms": (1, 60_000),
    "store_timeout_ms": (1, 60_000),
    "visitor_limit": (1, 1_000_000),
    "address_limit": (1, 1_000_000),
}

Network = IPv4Network | IPv6Network


class ConfigError(ValueError):
    """A variable has a value that cannot be meant; the text names it."""


@dataclass(frozen=True, slots=True)
class Config:
    """The environment of the web process: each field is the variable of its name in capitals.

    session_url: sqlite:///path or redis(s)://...; catalogue_url: sqlite:///path or
    elasticsearch(s)://...; {STATE_DIR} in a URL stands for that folder.
    poster_host, frame_host: where posters and frames of trailers come from; "none" for nowhere,
    and every picture is drawn. trusted_proxies: whose X-Forwarded-* headers are believed.
    origin: the page's own, where a proxy hides it. visitor_limit, address_limit: API requests a
    minute and a process. model_client_secret, model_server_public: CURVE keys for tcp://.
    store_timeout_ms: for a server, or another process that holds the embedded store's lock.
    prometheus_multiproc_dir: where the workers of one server add up their metrics.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    state_dir: Path = Path("var")
    session_url: str = "sqlite:///{STATE_DIR}/sessions.db"
    catalogue_url: str = "sqlite:///{STATE_DIR}/catalogue.db"
    catalogue_dir: Path = ROOT / "starter" / "catalogue"
    frontend_dir: Path = ROOT / "frontend" / "dist"
    model_url: str = "ipc://{STATE_DIR}/model.sock"
    model_client_secret: str = field(default="", repr=False)
    model_server_public: str = ""
    model_timeout_ms: int = 300
    store_timeout_ms: int = 200
    poster_host: str = "https://image.tmdb.org/t/p"
    frame_host: str = "https://i.ytimg.com/vi"
    origin: str = ""
    trusted_proxies: tuple[Network, ...] = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
    visitor_limit: int = 600
    address_limit: int = 1_200
    prometheus_multiproc_dir: str = ""
    log_level: str = "INFO"

    def __post_init__(self) -> None:
        for name, schemes in SCHEMES.items():
            url = getattr(self, name).replace("{STATE_DIR}", str(self.state_dir))
            if urlsplit(url).scheme not in schemes:
                raise ConfigError(f"{name.upper()} must begin with {_listed(schemes)}, got {url!r}")
            object.__setattr__(self, name, url)
        if self.log_level not in logging.getLevelNamesMapping():
            raise ConfigError(f"LOG_LEVEL must be a level such as INFO, got {self.log_level!r}")
        for name, (least, most) in RANGES.items():
            if not least <= (value := getattr(self, name)) <= most:
                raise ConfigError(f"{name.upper()} must be in {least}..{most}, got {value}")


def from_env(environ: Mapping[str, str]) -> Config:
    """The configuration that an environment gives; an empty variable counts as unset."""
    given: dict[str, Any] = {}
    for one in fields(Config):
        if value := environ.get(one.name.upper(), ""):
            given[one.name] = _parse(one.name.upper(), one.type, value)
    return Config(**given)


def _parse(variable: str, kind: object, value: str) -> object:
    if kind is str:
        return value
    if kind is Path:
        return Path(value)
    if kind is int:
        return _whole_number(variable, value)
    return _networks(variable, value)


def _whole_number(variable: str, value: str) -> int:
    try:
        return int(value)
    except ValueError as error:
        raise ConfigError(f"{variable} must be a whole number, got {value!r}") from error


def _networks(variable: str, value: str) -> tuple[Network, ...]:
    """Addresses and networks, separated by commas; "none" for none."""
    names = [] if value == "none" else value.split(",")
    try:
        return tuple(ip_network(name.strip()) for name in names)
    except ValueError as error:
        raise ConfigError(f"{variable} must list addresses or networks: {error}") from error


def _listed(schemes: tuple[str, ...]) -> str:
    return " or ".join(f"{scheme}://" for scheme in schemes)
