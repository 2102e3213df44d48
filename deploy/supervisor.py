"""The event loop around the programs: signals, the first readiness, the end."""

import asyncio
import signal
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from deploy.keeper import Program, keep_running

POLL_SECONDS = 0.2
ANSWER_SECONDS = 30.0  # one question waits for the start; many would still be open at the end


async def supervise(programs: Sequence[Program], url: str, announce: Callable[[str], None]) -> None:
    """Keep `programs` running until SIGINT, SIGTERM or SIGHUP, then end them all.

    Calls `announce(url)` once, when `url`/readyz first answers 200.
    Raises CannotStart, with nothing left running, when a program cannot be started.
    """
    stop, ready = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(signum, stop.set)
    waiter = asyncio.create_task(stop.wait())
    keepers = [asyncio.create_task(keep_running(program, ready)) for program in programs]
    herald = asyncio.create_task(_announce_when_ready(url, ready, announce))
    tasks = [waiter, *keepers]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await _cancel([herald, *tasks])
    for task in done:
        task.result()  # raises what a keeper raised


async def _cancel(tasks: Sequence[asyncio.Task[object]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _announce_when_ready(
    url: str, ready: asyncio.Event, announce: Callable[[str], None]
) -> None:
    while not await is_ready(url):
        await asyncio.sleep(POLL_SECONDS)
    ready.set()
    announce(url)


async def is_ready(url: str) -> bool:
    """Whether `url`/readyz answers 200 in time; without a thread, so that forking stays safe."""
    address = urlsplit(url)
    request = f"GET /readyz HTTP/1.0\r\nHost: {address.netloc}\r\n\r\n".encode()
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            reader, writer = await asyncio.open_connection(address.hostname, address.port)
            try:
                writer.write(request)
                status = (await reader.readline()).split()
            finally:
                writer.close()
    except (OSError, TimeoutError):
        return False
    return status[1:2] == [b"200"]
