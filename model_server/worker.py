"""The thread that computes: takes what is waiting, drops what is late, answers the rest as one."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from model_server.metrics import Metrics
from model_server.protocol import Alive, Answer, Failure, Request, encode_answer

QUEUE_LIMIT: Final = 128
MAX_BATCH: Final = 32

LATE: Final = encode_answer(Failure("late", "the deadline passed while the request waited"))
FAILED: Final = encode_answer(Failure("internal", "the model server failed; its log says why"))

Answerer = Callable[[Sequence[Request]], Sequence[Answer]]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """A request, whom to answer, and when it came and ends (both on the monotonic clock)."""

    peer: bytes
    ticket: int
    request: Request
    arrived: float
    deadline: float


class Worker:
    """Answers jobs in a thread of its own, at most MAX_BATCH together, first come first served.

    `reply` is called in that thread. Not more than QUEUE_LIMIT jobs wait.
    """

    def __init__(
        self, answer: Answerer, reply: Callable[[Job, bytes], None], metrics: Metrics
    ) -> None:
        self._answer = answer
        self._reply = reply
        self._metrics = metrics
        self._waiting: deque[Job] = deque()
        self._changed = threading.Condition()
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, name="worker", daemon=True)

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self, timeout: float) -> None:
        """End after the batch at hand, or after `timeout` seconds; what waits is dropped."""
        with self._changed:
            self._is_stopping = True
            self._changed.notify()
        self._thread.join(timeout)

    def offer(self, jobs: Sequence[Job]) -> Sequence[Job]:
        """Let jobs wait together; those for which there is no room are given back."""
        with self._changed:
            room = QUEUE_LIMIT - len(self._waiting)
            self._waiting.extend(jobs[:room])
            self._changed.notify()
        return jobs[room:]

    def check(self) -> None:
        """RuntimeError if the thread is dead, for then nobody would ever be answered."""
        if not self._thread.is_alive():
            raise RuntimeError("the worker thread has ended; its traceback is in the log")

    def _run(self) -> None:
        while jobs := self._take():
            now = time.monotonic()
            for job in jobs:
                if job.deadline <= now:
                    self._metrics.late += 1
                    self._reply(job, LATE)
            if in_time := [job for job in jobs if job.deadline > now]:
                self._compute(in_time)

    def _take(self) -> list[Job]:
        """The oldest waiting jobs, as soon as there are any; none when stopped."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._is_stopping)
            if self._is_stopping:
                return []
            return [self._waiting.popleft() for _ in range(min(MAX_BATCH, len(self._waiting)))]

    def _compute(self, jobs: Sequence[Job]) -> None:
        self._metrics.batches += 1
        self._metrics.batch_size_max = max(self._metrics.batch_size_max, len(jobs))
        try:
            bodies = self._bodies(jobs)
        except Exception:  # whatever it was, the next request is answered
            log.exception("a batch of %s failed", len(jobs))
            self._recover(jobs)
            return
        for job, body in zip(jobs, bodies, strict=True):
            self._finish(job, body, len(jobs))

    def _bodies(self, jobs: Sequence[Job]) -> list[bytes]:
        answers = self._answer([job.request for job in jobs])
        return [encode_answer(self._complete(answer)) for answer in answers]

    def _complete(self, answer: Answer) -> Answer:
        if isinstance(answer, Alive):
            return replace(answer, metrics={**answer.metrics, **self._metrics.snapshot()})
        return answer

    def _recover(self, jobs: Sequence[Job]) -> None:
        """Compute the jobs of a failed batch one by one, so that one bad job fails alone."""
        if len(jobs) > 1:
            for job in jobs:
                self._compute([job])
            return
        self._metrics.failed += 1
        self._reply(jobs[0], FAILED)

    def _finish(self, job: Job, body: bytes, batch_size: int) -> None:
        seconds = time.monotonic() - job.arrived
        self._metrics.answered += 1
        self._metrics.seconds.append(seconds)
        self._reply(job, body)
        kind = type(job.request).__name__
        log.info("%s in %.1f ms, in a batch of %s", kind, seconds * 1000, batch_size)
