"""A file read, matched against the catalogue and weighed against a session."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from web.files.entries import Entries, read_table
from web.files.matching import Match, match
from web.files.own_json import read_json
from web.files.planning import Plan, change, plan
from web.files.reading import decoded
from web.files.shapes import ImportAnswer, LeftOver, NotFoundRow, Unrated
from web.picks import Opinions, fold
from web.schemas import SessionAnswer
from web.stores.cached_catalogue import CachedCatalogue
from web.text import fold as folded

MAX_NOT_FOUND: Final = 50  # that are named


@dataclass(frozen=True, slots=True)
class Import:
    """A file, what its entries are, and what it does to the opinions that were there before."""

    file: Entries
    matches: Sequence[Match]
    plan: Plan
    before: Opinions
    after: Opinions

    @property
    def changes_something(self) -> bool:
        """Whether the session would be another."""
        return self.after != self.before


def read(content: bytes, name: str, unrated: Unrated | None) -> Entries:
    """What a file of one of the sites says; InvalidRequest, by row and column, if it is none.

    unrated: what films without a rating become; by the file's columns and name if None.
    """
    text = decoded(content)
    return read_json(text) if text[:100].lstrip()[:1] == "{" else read_table(text, name, unrated)


def weigh(file: Entries, now: Opinions, catalogue: CachedCatalogue) -> Import:
    """What a file would do to a session."""
    matches = match(file.entries, catalogue)
    planned = plan(matches, now)
    return Import(file, matches, planned, now, fold(now, [planned.brought]))


def import_answer(weighed: Import, session: SessionAnswer | None) -> ImportAnswer:
    """What is told of an import; the session after it, if it was applied."""
    keys = {one.key for one in weighed.matches if one.key is not None}
    not_found = list(_not_found(weighed.matches))
    changed = change(weighed.before, weighed.after)
    return ImportAnswer(
        applied=session is not None,
        format=weighed.file.site,
        unrated=weighed.file.unrated,
        rows=weighed.file.rows,
        matched=len(keys),
        not_found=len(not_found),
        first_not_found=tuple(not_found[:MAX_NOT_FOUND]),
        liked=len(changed.liked),
        disliked=len(changed.disliked),
        seen=len(changed.seen),
        saved=len(changed.saved),
        unchanged=len(keys - changed.keys),
        left_over=LeftOver(
            picks=weighed.plan.left_picks,
            seen=weighed.plan.left_seen,
            saved=weighed.plan.left_saved,
        ),
        session=session,
    )


def _not_found(matches: Sequence[Match]) -> Iterator[NotFoundRow]:
    """Each film that was not found once, by its first row."""
    known = set()
    for one in matches:
        entry = one.entry
        key = (folded(entry.title), entry.year, entry.id, entry.imdb_id, entry.tmdb_id)
        if one.id is not None or key in known:
            continue
        known.add(key)
        title = entry.title or entry.imdb_id or f"film {entry.id or entry.tmdb_id}"
        yield NotFoundRow(row=entry.row, title=title, year=entry.year, reason=one.reason)
