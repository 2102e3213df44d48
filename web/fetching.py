"""Pictures from another host: kept on disk, waited for briefly, and given up on for a while."""

import hashlib
import logging
import os
import tempfile
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Final

import urllib3

from web.breaker import Breaker

WAIT_SECONDS: Final = 0.8
CONNECT_SECONDS: Final = 0.5
READ_SECONDS: Final = 1.5
GIVEN_UP_SECONDS: Final = 24 * 3600.0
REST_SECONDS: Final = 60.0
MAX_BYTES: Final = 2 * 1024 * 1024
MAX_AT_ONCE: Final = 16
MAX_GIVEN_UP: Final = 20_000
MAX_KEPT_BYTES: Final = 512 * 1024 * 1024
SWEEP_EVERY: Final = 200  # pictures kept between two looks at how much is kept

logger = logging.getLogger(__name__)


class HostUnavailable(Exception):
    """The host of the pictures does not answer."""


class RemotePictures:
    """Pictures by address, from disk or from their host.

    Looking a host's name up has no deadline of its own, so each picture is fetched in a thread
    and waited for from outside. What comes too late is there the next time.
    """

    def __init__(self, folder: Path, clock: Callable[[], float]) -> None:
        self._folder = folder
        self._clock = clock
        self._breaker = Breaker("the picture host", HostUnavailable, clock, 2, REST_SECONDS)
        self._slots = threading.BoundedSemaphore(MAX_AT_ONCE)
        self._lock = threading.Lock()
        self._under_way: dict[str, Future[bytes | None]] = {}
        self._given_up: dict[str, float] = {}
        self._n_kept = 0
        self._http = urllib3.PoolManager(
            maxsize=MAX_AT_ONCE,
            retries=False,
            timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS),
        )

    def get(self, url: str) -> bytes | None:
        """The picture, or None if there is none or it does not come in time."""
        try:
            return self._path(url).read_bytes()
        except OSError:
            pass
        if self._given_up.get(url, 0) > self._clock():
            return None
        fetched = self._begin(url)
        if fetched is None:
            return None
        try:
            return fetched.result(WAIT_SECONDS)
        except TimeoutError:
            return None

    def _begin(self, url: str) -> Future[bytes | None] | None:
        """The fetch of this picture, begun now or before; None while too many are under way."""
        with self._lock:
            if url in self._under_way:
                return self._under_way[url]
            if not self._slots.acquire(blocking=False):
                return None
            future = self._under_way[url] = Future()
        threading.Thread(target=self._run, args=(url, future), daemon=True).start()
        return future

    def _run(self, url: str, future: Future[bytes | None]) -> None:
        picture = None
        try:
            picture = self._breaker.call(lambda: self._fetch(url))
        except HostUnavailable as error:
            logger.info("no picture: %s", error)
        else:
            self._keep(url, picture)
        finally:
            with self._lock:
                del self._under_way[url]
            self._slots.release()
            future.set_result(picture)

    def _fetch(self, url: str) -> bytes | None:
        """The picture, or None if the host says that there is none."""
        try:
            response = self._http.request("GET", url, redirect=False, preload_content=False)
            body = response.read(MAX_BYTES + 1)
            response.release_conn()
        except urllib3.exceptions.HTTPError as error:
            raise HostUnavailable(f"{url}: {error}") from error
        if response.status >= 500 or response.status == 429:
            raise HostUnavailable(f"{url}: status {response.status}")
        if response.status != 200 or len(body) > MAX_BYTES or mimetype(body) is None:
            return None
        return bytes(body)

    def _keep(self, url: str, picture: bytes | None) -> None:
        if picture is None:
            if len(self._given_up) >= MAX_GIVEN_UP:
                self._given_up.clear()
            self._given_up[url] = self._clock() + GIVEN_UP_SECONDS
            return
        path = self._path(url)
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(picture)
        os.replace(file.name, path)
        self._n_kept += 1
        if self._n_kept % SWEEP_EVERY == 0:
            sweep(self._folder, MAX_KEPT_BYTES)

    def _path(self, url: str) -> Path:
        name = hashlib.sha256(url.encode()).hexdigest()
        return self._folder / name[:2] / name


def mimetype(picture: bytes) -> str | None:
    """What a picture is by its first bytes; None if it is none that we give out."""
    if picture.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if picture.startswith(b"\x89PNG\r\n"):
        return "image/png"
    if picture[:4] == b"RIFF" and picture[8:12] == b"WEBP":
        return "image/webp"
    return None


def sweep(folder: Path, max_bytes: int) -> None:
    """Delete the oldest files until at most `max_bytes` are left."""
    files: Sequence[tuple[float, int, Path]] = sorted(
        (status.st_mtime, status.st_size, path)
        for path in folder.glob("*/*")
        if (status := path.stat())
    )
    left = sum(size for _, size, _ in files)
    for _, size, path in files:
        if left <= max_bytes:
            return
        path.unlink(missing_ok=True)
        left -= size
