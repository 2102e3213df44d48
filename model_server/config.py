"""Everything about the model server that its environment decides."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Final

from model_server.protocol import Keys, check_url

ROOT: Final = Path(__file__).resolve().parent.parent
MAX_SOCKET_PATH: Final = 107  # sun_path of a UNIX socket, less its final zero byte


class ConfigError(ValueError):
    """A variable has a value that cannot be meant; the text names it."""


@dataclass(frozen=True, slots=True)
class Config:
    """The environment of the model server: each field is the variable of its name in capitals.

    artifact: the folder of the trained model. model_url: ipc:// or tcp://, {STATE_DIR} in it
    stands for that folder. model_server_secret, model_client_public: CURVE keys for tcp://.
    """

    artifact: Path = ROOT / "starter" / "artifact"
    state_dir: Path = Path("var")
    model_url: str = "ipc://{STATE_DIR}/model.sock"
    model_server_secret: str = field(default="", repr=False)
    model_client_public: str = ""
    log_level: str = "INFO"

    def __post_init__(self) -> None:
        url = self.model_url.replace("{STATE_DIR}", str(self.state_dir))
        object.__setattr__(self, "model_url", url)
        path = url.removeprefix("ipc://")
        if path != url and len(path.encode()) > MAX_SOCKET_PATH:
            raise ConfigError(
                f"MODEL_URL: a socket's path must be at most {MAX_SOCKET_PATH} bytes, got {path}"
            )
        try:
            check_url(url, self.keys)
        except ValueError as error:
            raise ConfigError(f"MODEL_URL: {error}") from error
        if self.log_level not in logging.getLevelNamesMapping():
            raise ConfigError(f"LOG_LEVEL must be a level such as INFO, got {self.log_level!r}")

    @property
    def keys(self) -> Keys | None:
        """The CURVE keys, or None when neither is set."""
        if not self.model_server_secret and not self.model_client_public:
            return None
        try:
            return Keys(self.model_server_secret, self.model_client_public)
        except ValueError as error:
            raise ConfigError(f"MODEL_SERVER_SECRET, MODEL_CLIENT_PUBLIC: {error}") from error


def from_env(environ: Mapping[str, str]) -> Config:
    """The configuration that an environment gives; an empty variable counts as unset."""
    given = {one.name: environ.get(one.name.upper(), "") for one in fields(Config)}
    paths = {name: Path(given.pop(name)) for name in ("artifact", "state_dir") if given[name]}
    words = {name: value for name, value in given.items() if value}
    return Config(**paths, **words)  # type: ignore[arg-type]  # names come from the fields
