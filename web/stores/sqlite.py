"""One SQLite file, opened once a thread."""

import sqlite3
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from web.domain import StoreUnavailable

TURN_SECONDS: Final = 2.0


class _Connection(sqlite3.Connection):
    """One that a WeakSet can hold."""


class Connections:
    """Connections to one file, in write-ahead mode.

    A wait for another process ends after `timeout_ms`. The threads of this one take turns: SQLite
    lets whoever is lucky go first, and of 64 at once some are never lucky in time.
    """

    def __init__(self, path: Path, timeout_ms: int, schema: str = "") -> None:
        self._path = path
        self._timeout_ms = timeout_ms
        self._schema = schema
        self._turn = threading.Lock()
        self._mine = threading.local()
        self._all: weakref.WeakSet[_Connection] = weakref.WeakSet()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection; a failure is StoreUnavailable."""
        try:
            yield self._connection()
        except sqlite3.Error as error:
            raise StoreUnavailable(f"{self._path.name} does not answer: {error}") from error

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The same, in a transaction that no other writer can interleave with."""
        if not self._turn.acquire(timeout=TURN_SECONDS):
            raise StoreUnavailable(f"{self._path.name} has too many writers waiting")
        try:
            with self.reading() as connection:
                connection.execute("BEGIN IMMEDIATE")
                try:
                    yield connection
                except BaseException:
                    connection.execute("ROLLBACK")
                    raise
                connection.execute("COMMIT")
        finally:
            self._turn.release()

    def close(self) -> None:
        """Close the connections of all threads."""
        for connection in list(self._all):
            connection.close()
        self._mine = threading.local()

    def _connection(self) -> _Connection:
        mine: _Connection | None = getattr(self._mine, "connection", None)
        if mine is None:
            mine = self._mine.connection = self._open()
            self._all.add(mine)
        return mine

    def _open(self) -> _Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(
            self._path,
            timeout=self._timeout_ms / 1000,
            isolation_level=None,
            check_same_thread=False,  # close() comes from another thread
            factory=_Connection,
        )
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.executescript(self._schema)
        return connection
