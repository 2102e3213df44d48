"""Stops asking what does not answer, so that one dead server does not cost every visitor a wait."""

import threading
from collections.abc import Callable
from typing import Final, TypeVar

FAILURES: Final = 3
REST_SECONDS: Final = 0.5

T = TypeVar("T")


class Breaker:
    """After `failures` failures in a row, calls fail at once for `rest_seconds`.

    Then one call is let through as a trial: its success closes the breaker, its failure begins
    another rest. A failure is an `error`; other exceptions pass and count as an answer.
    """

    def __init__(
        self,
        name: str,
        error: type[Exception],
        clock: Callable[[], float],
        failures: int = FAILURES,
        rest_seconds: float = REST_SECONDS,
    ) -> None:
        self._name = name
        self._error = error
        self._clock = clock
        self._allowed = failures
        self._rest_seconds = rest_seconds
        self._lock = threading.Lock()
        self._failures = 0
        self._rests_until = 0.0

    @property
    def is_open(self) -> bool:
        """Whether the last calls failed and no trial has succeeded since."""
        return self._failures >= self._allowed

    def call(self, ask: Callable[[], T]) -> T:
        """The answer of `ask`; its `error`, or the same error at once while the breaker rests."""
        if self.is_open:
            self._begin_trial()
        has_failed = False
        try:
            return ask()
        except self._error:
            has_failed = True
            raise
        finally:
            self._count(has_failed)

    def _begin_trial(self) -> None:
        with self._lock:
            if self._clock() < self._rests_until:
                raise self._error(f"{self._name} has not answered lately and is left to rest")
            self._rests_until = self._clock() + self._rest_seconds

    def _count(self, has_failed: bool) -> None:
        with self._lock:
            self._failures = self._failures + 1 if has_failed else 0
            self._rests_until = self._clock() + self._rest_seconds
