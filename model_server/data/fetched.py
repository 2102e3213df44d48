"""What was fetched so far, kept line by line, so that a run that was stopped goes on from there."""

from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from model_server.data.errors import DataError
from model_server.data.progress import progress
from model_server.data.records import Facts

FILE_NAME = "tmdb.jsonl"


class _Line(msgspec.Struct):
    tmdb_id: int
    facts: Facts | None


def read_fetched(path: Path) -> dict[int, Facts | None]:
    """The details by TMDB id, None for ids that TMDB does not know; empty without a file.

    A last line that was cut off is cut from the file too.
    """
    if not path.exists() or path.stat().st_size == 0:
        return {}
    data = path.read_bytes()
    whole = data[: data.rfind(b"\n") + 1]
    if len(whole) < len(data):
        with path.open("r+b") as file:
            file.truncate(len(whole))
    decoder = msgspec.json.Decoder(_Line)
    fetched = {}
    for number, line in enumerate(whole.split(b"\n")[:-1], start=1):
        try:
            record = decoder.decode(line)
        except msgspec.DecodeError as error:
            raise DataError(path, number, f"holds no film's details: {error}") from error
        fetched[record.tmdb_id] = record.facts
    return fetched


def fetch(
    tmdb_ids: Iterable[int], details: Callable[[int], Facts | None], path: Path
) -> dict[int, Facts]:
    """The details of the films, fetched in the order given where `path` has none of them yet.

    Each answer is in the file before the next is asked for.
    """
    fetched = read_fetched(path)
    missing = [tmdb_id for tmdb_id in dict.fromkeys(tmdb_ids) if tmdb_id not in fetched]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        for tmdb_id in progress(missing, "TMDB", "films", total=len(missing)):
            fetched[tmdb_id] = details(tmdb_id)
            file.write(msgspec.json.encode(_Line(tmdb_id, fetched[tmdb_id])) + b"\n")
            file.flush()
    return {tmdb_id: facts for tmdb_id, facts in fetched.items() if facts is not None}
