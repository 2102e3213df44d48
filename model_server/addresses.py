"""Where the two ends of the wire may meet, and by which keys they know each other."""

import re
from typing import Final

from msgspec import Struct

# Linux's abstract sockets have no permissions; a wildcard is every network there is.
UNGUARDED: Final = ("ipc://@", "ipc://*", "tcp://*")


class Keys(Struct, frozen=True):
    """The CURVE keys of one end, in hexadecimal: its own secret one, the other's public one."""

    secret: str
    peer_public: str

    def __post_init__(self) -> None:
        for key in (self.secret, self.peer_public):
            if not re.fullmatch("[0-9a-f]{64}", key):
                raise ValueError(f"a CURVE key is 64 hexadecimal digits, got {len(key)} characters")

    def __repr__(self) -> str:
        return f"Keys(secret=..., peer_public={self.peer_public!r})"


def check_url(url: str, keys: Keys | None) -> None:
    """ValueError unless the two ends may meet at `url`: ipc://, or tcp:// with keys."""
    if not url.startswith(("ipc://", "tcp://")):
        raise ValueError(f"a model server's address is ipc://path or tcp://host:port, got {url!r}")
    if url.startswith(UNGUARDED):
        raise ValueError(f"a model server is at one place that can be guarded, got {url!r}")
    if url.startswith("tcp://") and keys is None:
        raise ValueError(f"{url} needs CURVE keys: make them by `python -m model_server keys`")
