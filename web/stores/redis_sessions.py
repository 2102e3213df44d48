"""Sessions in Redis, one key a session."""

import random
import time
from collections.abc import Callable
from typing import Final, TypeVar

import msgspec
import redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError, WatchError
from redis.retry import Retry

from web.domain import StoreUnavailable
from web.picks import Session, Step, advance
from web.stores.sqlite_sessions import KEPT_SECONDS

PREFIX: Final = "marquee:session:"
MAX_ATTEMPTS: Final = 200
PAUSE_SECONDS: Final = 0.002

_encode: Final = msgspec.json.encode
_session: Final = msgspec.json.Decoder(Session)

T = TypeVar("T")


class RedisSessions:
    """A SessionStore in Redis, which forgets sessions unchanged for `KEPT_SECONDS` by itself."""

    def __init__(self, url: str, timeout_ms: int) -> None:
        seconds = timeout_ms / 1000
        self._redis = redis.Redis.from_url(
            url,
            socket_timeout=seconds,
            socket_connect_timeout=seconds,
            retry=Retry(NoBackoff(), 0),  # the stand-in answers sooner than a second try
        )

    def session(self, session_id: str) -> Session | None:
        return _decoded(self._ask(lambda: self._redis.get(PREFIX + session_id)))

    def change(self, session_id: str, step: Step) -> Session:
        for attempt in range(MAX_ATTEMPTS):
            if attempt:  # so that those who collided do not meet again
                time.sleep(random.uniform(0, PAUSE_SECONDS))
            try:
                return self._ask(lambda: self._try(PREFIX + session_id, step))
            except WatchError:
                continue
        raise StoreUnavailable(f"Redis had {MAX_ATTEMPTS} changes of one session come between")

    def check(self) -> str:
        self._ask(self._redis.ping)
        return ""

    def close(self) -> None:
        self._redis.close()

    def _try(self, key: str, step: Step) -> Session:
        """Take the step, or raise WatchError if another change came between reading and writing."""
        with self._redis.pipeline() as pipeline:
            pipeline.watch(key)  # type: ignore[no-untyped-call]  # theirs
            before = _decoded(pipeline.get(key)) or Session()
            after = advance(before, step)
            if after == before:
                return after
            pipeline.multi()
            if after == Session():
                pipeline.delete(key)
            else:
                pipeline.set(key, _encode(after), ex=KEPT_SECONDS)
            pipeline.execute()
        return after

    def _ask(self, question: Callable[[], T]) -> T:
        try:
            return question()
        except WatchError:
            raise
        except (RedisError, OSError) as error:
            raise StoreUnavailable(f"Redis does not answer: {error}") from error


def _decoded(body: object) -> Session | None:
    return _session.decode(body) if isinstance(body, bytes) else None
