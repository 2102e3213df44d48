"""One SQLite file, opened once a thread."""

import sqlite3
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from web.domain import StoreUnavailable


class _Connection(sqlite3.Connection):
    """One that a WeakSet can hold."""


class Connections:
    """Connections to one file, in write-ahead mode; a wait for a lock ends after `timeout_ms`."""

    def __init__(self, path: Path, timeout_ms: int, schema: str = "") -> None:
        self._path = path
        self._timeout_ms = timeout_ms
        self._schema = schema
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
        with self.reading() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

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
