"""A supervisor in its own process, and ways to look at the processes below it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from tests.waiting import is_alive

REPOSITORY = Path(__file__).parents[2]
TOY_STACK = Path(__file__).with_name("toy_stack.py")
SLEEPER = "import signal; signal.pause()"


@dataclass(frozen=True, slots=True)
class Stack:
    """A running supervisor; its first line on stdout is the address."""

    process: subprocess.Popen[str]

    def url(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def child(self, name: str) -> psutil.Process | None:
        """The toy program that runs now: the web server serves, the model server sleeps."""
        serves = name == "web server"
        found = (child for child in self.children() if is_alive(child))
        return next((c for c in found if ("http.server" in " ".join(c.cmdline())) == serves), None)


@pytest.fixture
def start_stack() -> Iterator[Callable[..., Stack]]:
    """Starts a toy stack; whatever is left of it at the end is killed."""
    started: list[Stack] = []

    def start(*snippets: str) -> Stack:
        process = subprocess.Popen(
            [sys.executable, str(TOY_STACK), *(snippets or (SLEEPER,))],
            cwd=REPOSITORY,
            env={"PYTHONPATH": str(REPOSITORY), "PATH": "/usr/bin:/bin"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        started.append(Stack(process))
        return started[-1]

    yield start
    for stack in started:
        with suppress(ProcessLookupError):  # the whole group, with what is only just starting
            os.killpg(stack.process.pid, signal.SIGKILL)
        stack.process.communicate()
