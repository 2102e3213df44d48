"""What the model server counts about itself."""

import math
from collections import deque
from dataclasses import dataclass, field, fields
from typing import Final

RECENT: Final = 1000


@dataclass(slots=True)
class Metrics:
    """Counters since the start; each is written by one thread only, so none needs a lock.

    requests: frames that were received. answered: jobs that were computed. late: dropped before
    they were computed. busy: refused, the queue was full. malformed: frames that were no request
    of ours. outdated: of another version. failed: an error of ours. refused: peers without the
    right key. disconnected: peers that left, or were cut off for an oversized frame.
    """

    requests: int = 0
    answered: int = 0
    batches: int = 0
    batch_size_max: int = 0
    late: int = 0
    busy: int = 0
    malformed: int = 0
    outdated: int = 0
    failed: int = 0
    refused: int = 0
    disconnected: int = 0
    seconds: deque[float] = field(default_factory=lambda: deque(maxlen=RECENT))

    def snapshot(self) -> dict[str, float]:
        """The counters, and the latency (arrival to answer) of the last RECENT answers."""
        counters = [one.name for one in fields(self) if one.name != "seconds"]
        found = {name: float(getattr(self, name)) for name in counters}
        return found | _percentiles(sorted(self.seconds))


def _percentiles(seconds: list[float]) -> dict[str, float]:
    """Nearest-rank percentiles of sorted durations; none of an empty list."""
    if not seconds:
        return {}
    ranks = {percent: math.ceil(percent / 100 * len(seconds)) for percent in (50, 90, 99)}
    return {f"latency_p{percent}_ms": seconds[rank - 1] * 1000 for percent, rank in ranks.items()}
