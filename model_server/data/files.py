"""Writing whole files or none, and equal bytes for equal input."""

import gzip
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from model_server.data.errors import DataError


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A binary file that takes the place of `path` when the block ends without an error.

    Until then, and after an error, `path` is as it was: the bytes go to a hidden file beside it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_gzip_lines(path: Path, lines: Iterable[str]) -> None:
    """Write UTF-8 lines to a gzip file whole; equal lines give equal bytes (no name, no time)."""
    with (
        whole_file(path) as file,
        gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=9, mtime=0) as packed,
    ):
        for line in lines:
            packed.write(line.encode() + b"\n")


def read_gzip_lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a gzip file of UTF-8 text with their numbers, from 1."""
    line_number = 0
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
            for line_number, line in enumerate(lines, start=1):
                yield line_number, line
    except FileNotFoundError as error:
        raise DataError(path, None, "no such file") from error
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise DataError(
            path, line_number + 1, f"is no whole gzip file of UTF-8: {error}"
        ) from error


def copy_whole(source: Path, target: Path) -> None:
    """Copy a file so that `target` is whole or as it was. A file onto itself stays."""
    try:
        data = source.read_bytes()
    except OSError as error:
        raise DataError(source, None, f"cannot be read: {error.strerror}") from error
    with whole_file(target) as file:
        file.write(data)
