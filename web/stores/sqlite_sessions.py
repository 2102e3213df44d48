"""Sessions in an SQLite file: the embedded default, and the stand-in for Redis."""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from web.picks import Session, Step, advance
from web.stores.sqlite import Connections

KEPT_SECONDS: Final = 180 * 24 * 3600

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS sessions (
    id TEXT PRIMARY KEY, body BLOB NOT NULL, changed_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sessions_by_age ON sessions (changed_at);
CREATE TABLE IF NOT EXISTS owed (number INTEGER PRIMARY KEY, id TEXT NOT NULL, step BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS owed_by_session ON owed (id, number);
"""
_SAVE: Final = "INSERT OR REPLACE INTO sessions VALUES (?, ?, ?)"
_DELETE_OLD: Final = """
DELETE FROM sessions WHERE id IN (
    SELECT id FROM sessions WHERE changed_at <= ? ORDER BY changed_at LIMIT 10
)
"""

_encode: Final = msgspec.json.encode
_session: Final = msgspec.json.Decoder(Session)
_step: Final = msgspec.json.Decoder(Step)


class SqliteSessions:
    """A SessionStore in one file. Sessions unchanged for `KEPT_SECONDS` are deleted."""

    def __init__(self, path: Path, timeout_ms: int, clock: Callable[[], float] = time.time) -> None:
        self._connections = Connections(path, timeout_ms, _SCHEMA)
        self._clock = clock

    def session(self, session_id: str) -> Session | None:
        with self._connections.reading() as connection:
            row = connection.execute(
                "SELECT body FROM sessions WHERE id = ? AND changed_at > ?",
                (session_id, self._oldest()),
            ).fetchone()
        return None if row is None else _session.decode(row[0])

    def change(self, session_id: str, step: Step) -> Session:
        with self._connections.writing() as connection:
            return self._take(connection, session_id, step)

    def check(self) -> str:
        self.session("")
        return ""

    def close(self) -> None:
        self._connections.close()

    def keep(self, session_id: str, session: Session) -> None:
        """Hold a copy of a session that is another store's own, unless the copy is ahead of it."""
        with self._connections.writing() as connection:
            if not _owed(connection, session_id):
                self._save(connection, session_id, session)

    def owe(self, session_id: str, step: Step) -> Session:
        """Take a step that another store has yet to be told of; an impossible one is not owed."""
        with self._connections.writing() as connection:
            session = self._take(connection, session_id, step)
            connection.execute(
                "INSERT INTO owed (id, step) VALUES (?, ?)", (session_id, _encode(step))
            )
        return session

    def owed(self, session_id: str) -> list[tuple[int, Step]]:
        """The steps that another store has yet to be told of, oldest first, with their numbers."""
        with self._connections.reading() as connection:
            rows = _owed(connection, session_id)
        return [(number, _step.decode(step)) for number, step in rows]

    def behind(self, limit: int) -> list[str]:
        """Some sessions of which another store has yet to be told steps, the oldest first."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT id FROM owed GROUP BY id ORDER BY min(number) LIMIT ?", (limit,)
            ).fetchall()
        return [row[0] for row in rows]

    def settle(self, number: int) -> None:
        """The other store has been told of a step."""
        with self._connections.writing() as connection:
            connection.execute("DELETE FROM owed WHERE number = ?", (number,))

    def _take(self, connection: sqlite3.Connection, session_id: str, step: Step) -> Session:
        before = self.session(session_id) or Session()
        after = advance(before, step)
        if after != before:
            self._save(connection, session_id, after)
        return after

    def _save(self, connection: sqlite3.Connection, session_id: str, session: Session) -> None:
        """Write one session, or delete a forgotten one, and some that are too old."""
        now = int(self._clock())
        if session == Session():
            connection.execute("DELETE FROM sessions WHERE id = ?", (session_id,))
        else:
            connection.execute(_SAVE, (session_id, _encode(session), now))
        connection.execute(_DELETE_OLD, (now - KEPT_SECONDS,))

    def _oldest(self) -> int:
        return int(self._clock()) - KEPT_SECONDS


def _owed(connection: sqlite3.Connection, session_id: str) -> list[tuple[int, bytes]]:
    return connection.execute(
        "SELECT number, step FROM owed WHERE id = ? ORDER BY number", (session_id,)
    ).fetchall()
