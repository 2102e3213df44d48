"""Reads the JSON that `exporting` writes."""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from web.domain import InvalidRequest, TooLarge
from web.files.entries import Entries, Entry
from web.files.reading import MAX_ROWS
from web.files.shapes import VERSION, FileMovie, FileTag, Opinion, SessionFile

LISTS: Final = ("picks", "seen", "saved")

Item = FileMovie | FileTag


def read_json(text: str) -> Entries:
    """The entries of a session's file, in the order of its lists, numbered from 1."""
    file = _decoded(text)
    items = [*_picks(file.picks), *_others(file.seen, "seen"), *_others(file.saved, "saved")]
    if len(items) > MAX_ROWS:
        raise TooLarge(f"a file must have at most {MAX_ROWS} films and tags, got {len(items)}")
    entries = [_entry(number, *item) for number, item in enumerate(items, start=1)]
    return Entries("marquee", "seen", len(entries), entries)


def _decoded(text: str) -> SessionFile:
    try:
        file = msgspec.json.decode(text, type=SessionFile)
    except (msgspec.DecodeError, RecursionError) as error:
        raise InvalidRequest(f"the file is no session of Marquee: {error}") from error
    if file.version != VERSION:
        raise InvalidRequest(f"version must be {VERSION}, got {file.version}")
    return file


def _picks(items: Sequence[Item]) -> Iterator[tuple[Item, Opinion]]:
    for index, item in enumerate(items):
        if item.liked is None:
            raise InvalidRequest(f"picks[{index}].liked must be true or false, got null")
        yield item, "liked" if item.liked else "disliked"


def _others(items: Sequence[FileMovie], opinion: Opinion) -> Iterator[tuple[Item, Opinion]]:
    for item in items:
        yield item, opinion


def _entry(number: int, item: Item, opinion: Opinion) -> Entry:
    if isinstance(item, FileTag):
        return Entry(number, opinion, "tag", item.name)
    links = (item.id, item.imdb_id, item.tmdb_id)
    return Entry(number, opinion, "movie", item.title, item.year, *links)
