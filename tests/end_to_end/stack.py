"""The whole product as `make run` starts it, in a state folder and on a port of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psutil

from deploy.leash import die_with_parent
from tests.waiting import is_alive, is_ready, wait_until

REPOSITORY = Path(__file__).parents[2]
START_SECONDS = 180  # a first start builds the catalogue's index
STOP_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Stack:
    """A running product: where it answers, its supervisor, and what it has printed."""

    url: str
    process: subprocess.Popen[bytes]
    state: Path

    def child(self, words: str) -> psutil.Process:
        """The program whose command line holds `words`; the one nearest to the supervisor."""
        programs = filter(is_alive, psutil.Process(self.process.pid).children())
        return next(one for one in programs if words in " ".join(one.cmdline()))

    @property
    def model_server(self) -> psutil.Process:
        return self.child("-m model_server")

    @property
    def web(self) -> psutil.Process:
        return self.child("web.wsgi:app")

    def everything(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def output(self) -> str:
        return (self.state / "output").read_text()

    def is_ready(self) -> bool:
        return is_ready(self.url)

    def wait_until_ready(self, seconds: float = 60) -> float:
        return wait_until(self.is_ready, seconds, f"{self.url}/readyz answers 200")


@contextmanager
def running(state: Path, port: int, **environ: str) -> Iterator[Stack]:
    """A product that is ready; ended by the signal of Ctrl-C, or killed if that fails."""
    state.mkdir(parents=True, exist_ok=True)
    given = {"PORT": str(port), "STATE_DIR": str(state), "POSTER_HOST": "none"}
    given |= {"FRAME_HOST": "none", **environ}
    with (state / "output").open("wb") as output, (state / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "deploy.run"],
            cwd=REPOSITORY,
            env={**os.environ, **given},
            stdout=output,
            stderr=log,
            start_new_session=True,
            preexec_fn=partial(die_with_parent, os.getpid(), signal.SIGTERM),
        )
    stack = Stack(f"http://127.0.0.1:{port}", process, state)
    try:
        wait_until(lambda: has_ended_or_spoken(stack), START_SECONDS, "the address is printed")
        assert process.poll() is None, (state / "log").read_text()[-4000:]
        yield stack
    finally:
        stop(stack)


def has_ended_or_spoken(stack: Stack) -> bool:
    return stack.process.poll() is not None or stack.output() != ""


def stop(stack: Stack) -> None:
    """Ctrl-C, as a terminal sends it: to the whole process group."""
    if stack.process.poll() is None:
        os.killpg(stack.process.pid, signal.SIGINT)
    try:
        stack.process.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(stack.process.pid, signal.SIGKILL)
        stack.process.wait()
