"""How often one visitor or one address may ask."""

import threading
from collections.abc import Callable
from typing import Final

from web.domain import TooManyRequests

WINDOW_SECONDS: Final = 60.0
MAX_KEYS: Final = 100_000


class RateLimit:
    """At most `per_minute` requests a key, evenly refilled; a key unused for a minute has them all.

    The generic cell rate algorithm: one number a key, the time at which its bucket is full again.
    """

    def __init__(self, what: str, per_minute: int, clock: Callable[[], float]) -> None:
        self._what = what
        self._per_minute = per_minute
        self._clock = clock
        self._lock = threading.Lock()
        self._full_at: dict[str, float] = {}

    def take(self, key: str, cost: int = 1) -> None:
        """Count one request, or one that costs as much as several; TooManyRequests when there are
        not so many left. More than a minute's are all of them.
        """
        now = self._clock()
        with self._lock:
            spent = WINDOW_SECONDS * min(1, cost / self._per_minute)
            full_at = max(now, self._full_at.get(key, now)) + spent
            wait = full_at - now - WINDOW_SECONDS
            if wait > 1e-6:  # sums of floats are not exact
                raise TooManyRequests(
                    f"{self._what} may ask {self._per_minute} times a minute; wait {wait:.1f} s",
                    wait,
                )
            self._full_at[key] = full_at
            if len(self._full_at) > MAX_KEYS:
                self._forget_full(now)

    def _forget_full(self, now: float) -> None:
        """Drop the keys whose bucket is full, who lose nothing; then, if need be, the oldest."""
        kept = {key: at for key, at in self._full_at.items() if at > now}
        if len(kept) > MAX_KEYS // 2:
            kept = dict(list(kept.items())[-MAX_KEYS // 2 :])
        self._full_at = kept
