"""Durations and what they were taken on."""

import math
import os
import platform
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGES = ("numpy", "ai-edge-litert", "pyzmq", "msgspec", "Flask", "gunicorn")


@dataclass(slots=True)
class Durations:
    """The seconds that each repetition of one thing took, and how long all of them did.

    sources: who gave each answer, where that is asked.
    """

    name: str
    seconds: list[float] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    wall_seconds: float = 0.0

    @contextmanager
    def one(self) -> Iterator[None]:
        """Time one repetition."""
        start = time.perf_counter()
        yield
        self.seconds.append(time.perf_counter() - start)

    def percentile(self, percent: float) -> float:
        """The nearest-rank percentile, in seconds."""
        ordered = sorted(self.seconds)
        return ordered[math.ceil(percent / 100 * len(ordered)) - 1]

    @property
    def per_second(self) -> float:
        """Repetitions a second, as many at once as there were."""
        return len(self.seconds) / (self.wall_seconds or sum(self.seconds))


def repeat(name: str, calls: Sequence[Callable[[], object]], warm_up: int) -> Durations:
    """How long each call takes, one after the other; the first `warm_up` are not counted."""
    durations = Durations(name)
    for call in calls[:warm_up]:
        call()
    for call in calls[warm_up:]:
        with durations.one():
            call()
    return durations


def table(rows: Sequence[Durations]) -> str:
    """Markdown, milliseconds."""
    lines = [
        "| what | n | p50 ms | p90 ms | p99 ms | a second |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in rows:
        times = " | ".join(f"{row.percentile(percent) * 1000:.2f}" for percent in (50, 90, 99))
        lines.append(f"| {row.name} | {len(row.seconds)} | {times} | {row.per_second:,.0f} |")
    return "\n".join(lines)


def surroundings() -> list[str]:
    """The machine, the versions and the commit, as lines of Markdown."""
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    one, five, _ = os.getloadavg()
    return [
        f"Machine: {_processor()}, {os.cpu_count()} logical processors, {platform.system()}; "
        f"load {one:.1f} (1 min), {five:.1f} (5 min) before the start; all at nice {os.nice(0)}.",
        f"Versions: Python {platform.python_version()}, {versions}. Commit: {_commit()}.",
    ]


def resident_mb(process_id: int) -> tuple[float, float]:
    """The resident memory of a process now, and the most it ever was, in MB (10^6 bytes)."""
    status = Path(f"/proc/{process_id}/status").read_text()
    sizes = dict(line.split(":", 1) for line in status.splitlines())
    now, most = (int(sizes[key].split()[0]) * 1024 / 1e6 for key in ("VmRSS", "VmHWM"))
    return now, most


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def _commit() -> str:
    command = ["git", "describe", "--always", "--dirty"]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"
