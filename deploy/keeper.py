"""Keeping one program running: start it, start it again when it ends, end it when told to."""

import asyncio
import functools
import logging
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from deploy.leash import die_with_parent

STOP_SECONDS = 8.0  # what a program gets to finish its work; the promise to the user is 10
STEADY_SECONDS = 10.0  # a program that ran this long starts again without a pause
FIRST_PAUSE_SECONDS = 0.1
LONGEST_PAUSE_SECONDS = 1.5  # so that whatever died is started again within 2 seconds
TRIES_UNTIL_READY = 5

logger = logging.getLogger(__name__)


class CannotStart(Exception):
    """A program ended again and again before everything was ready for the first time."""


@dataclass(frozen=True, slots=True)
class Program:
    """A command to keep running; `keep_fds` are the open files that it inherits."""

    name: str
    command: tuple[str, ...]
    environ: Mapping[str, str]
    keep_fds: tuple[int, ...] = ()


async def keep_running(program: Program, ready: asyncio.Event) -> None:
    """Run `program` until cancelled, and leave nothing of it behind.

    Raises CannotStart when it ends `TRIES_UNTIL_READY` times in a row while `ready` is not set;
    once it is set, never gives up.
    """
    clock = asyncio.get_running_loop().time
    short_lives = 0
    while True:
        started = clock()
        process = await _start(program)
        try:
            status = await process.wait()
        finally:
            await _end(process)
        short_lives = 0 if clock() - started >= STEADY_SECONDS else short_lives + 1
        if short_lives >= TRIES_UNTIL_READY and not ready.is_set():
            raise CannotStart(f"{program.name} ended {short_lives} times; its output says why")
        pause = pause_seconds(short_lives)
        logger.warning(
            "%s (process %d) ended: %s. Starting it again in %.1f s",
            *(program.name, process.pid, _ending(status), pause),
        )
        await asyncio.sleep(pause)


def pause_seconds(short_lives: int) -> float:
    """The pause before the next start, after so many short lives in a row; doubles, bounded."""
    if short_lives == 0:
        return 0.0
    doublings = min(short_lives - 1, 10)  # so that the power stays a small number
    return min(FIRST_PAUSE_SECONDS * 2.0**doublings, LONGEST_PAUSE_SECONDS)


async def _start(program: Program) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(
        *program.command,
        env=dict(program.environ),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=sys.stderr,  # our own output is one line, the address
        pass_fds=program.keep_fds,
        # Safe because this process has one thread; SIGTERM, so that a program tidies up.
        preexec_fn=functools.partial(die_with_parent, os.getpid(), signal.SIGTERM),
    )
    logger.info("%s is process %d", program.name, process.pid)
    return process


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), STOP_SECONDS)
    except TimeoutError:
        logger.warning("process %d did not end in %.0f s, killing it", process.pid, STOP_SECONDS)
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def _ending(status: int) -> str:
    return f"killed by {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"
