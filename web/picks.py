"""What one visitor has said: a log of events, folded into picks, seen and saved films.

A film or tag has at most one verdict: liked, disliked or (films only) seen. The newest one
replaces the one before, where it stands; whether a film is saved is apart from that.

Opinions that a file brings are one event of the log. They are older than what was clicked: what
they add stands left of it, and a film that they call seen keeps the verdict that it has.
"""

from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple

from msgspec import Struct

from model_server.protocol import MAX_PICKS, MAX_SEEN
from web.domain import InvalidRequest, Kind

MAX_SAVED: Final = 1_000
UNDO_DEPTH: Final = 200
FILE_DEPTH: Final = 3  # files that can be undone: each may be as large as a whole session

Action = Literal["like", "dislike", "seen", "clear", "move", "save", "unsave"]


class Event(Struct, frozen=True, omit_defaults=True):
    """One click. `position` is the pick's place from 0 at the left, for like, dislike and move."""

    action: Action
    kind: Kind
    id: int
    position: int | None = None


class Picked(Struct, frozen=True, array_like=True):
    """A film or tag that was liked or disliked."""

    kind: Kind
    id: int
    liked: bool


class Opinions(NamedTuple):  # msgspec tells it from an Event, as it could no second Struct
    """A session folded: picks, the last the most important; ids of films seen and saved."""

    picks: tuple[Picked, ...] = ()
    seen: tuple[int, ...] = ()
    saved: tuple[int, ...] = ()


Step = Event | Opinions | Literal["undo", "redo", "forget"]


class Session(Struct, frozen=True, array_like=True):
    """The log of one visitor, oldest first.

    base: what the events too old to be undone have come to. undone: how many of the newest
    events are undone. now: the base and the events that are not undone, folded.
    """

    base: Opinions = Opinions()
    events: tuple[Event | Opinions, ...] = ()
    undone: int = 0
    now: Opinions = Opinions()

    @property
    def can_undo(self) -> bool:
        return self.undone < len(self.events)

    @property
    def can_redo(self) -> bool:
        return self.undone > 0


def advance(session: Session, step: Step) -> Session:
    """The session after a step; the same session when the step changes nothing.

    An event that cannot be is InvalidRequest. A new event drops what was undone.
    """
    if step == "forget":
        return Session()
    if step == "undo":
        return _with_undone(session, session.undone + 1) if session.can_undo else session
    if step == "redo":
        return _with_undone(session, session.undone - 1) if session.can_redo else session
    return _record(session, step)


def fold(base: Opinions, events: Iterable[Event | Opinions]) -> Opinions:
    """The opinions that events, oldest first, make of earlier ones."""
    opinions = _Opinions(base)
    for event in events:
        if isinstance(event, Opinions):
            opinions.add(event)
        else:
            opinions.take(event)
    return opinions.frozen()


def _record(session: Session, event: Event | Opinions) -> Session:
    now = fold(session.now, [event])
    if now == session.now:
        return session
    _check_limits(now)
    kept = session.events[: len(session.events) - session.undone]
    events = (*kept, event)
    overflow = _overflow(events)
    return Session(fold(session.base, events[:overflow]), events[overflow:], 0, now)


def _overflow(events: Sequence[Event | Opinions]) -> int:
    """How many of the oldest events are too old to be undone."""
    files = [number for number, event in enumerate(events) if isinstance(event, Opinions)]
    through_file = files[-FILE_DEPTH - 1] + 1 if len(files) > FILE_DEPTH else 0
    return max(0, len(events) - UNDO_DEPTH, through_file)


def _with_undone(session: Session, undone: int) -> Session:
    done = session.events[: len(session.events) - undone]
    return Session(session.base, session.events, undone, fold(session.base, done))


def _check_limits(now: Opinions) -> None:
    for name, held, most in (
        ("picks", now.picks, MAX_PICKS),
        ("seen films", now.seen, MAX_SEEN),
        ("saved films", now.saved, MAX_SAVED),
    ):
        if len(held) > most:
            raise InvalidRequest(
                f"a session holds at most {most} {name}, got {len(held)}; clear some first"
            )


class _Opinions:
    """Opinions while they are being folded. Dicts, for they keep the place of what is replaced."""

    def __init__(self, base: Opinions) -> None:
        self.picks = {(pick.kind, pick.id): pick.liked for pick in base.picks}
        self.seen = dict.fromkeys(base.seen)
        self.saved = dict.fromkeys(base.saved)

    def frozen(self) -> Opinions:
        picks = (Picked(kind, id, liked) for (kind, id), liked in self.picks.items())
        return Opinions(tuple(picks), tuple(self.seen), tuple(self.saved))

    def take(self, event: Event) -> None:
        _refuse_impossible(event)
        match event.action:
            case "like" | "dislike":
                self._pick(event)
            case "move":
                self._move(event)
            case "seen":
                self.picks.pop((event.kind, event.id), None)
                self.seen[event.id] = None
            case "clear":
                self.picks.pop((event.kind, event.id), None)
                self._unsee(event)
            case "save":
                self.saved[event.id] = None
            case "unsave":
                self.saved.pop(event.id, None)

    def add(self, brought: Opinions) -> None:
        verdicts = {(pick.kind, pick.id): pick.liked for pick in brought.picks}
        own = {key: verdicts.pop(key, liked) for key, liked in self.picks.items()}
        self.picks = verdicts | own
        seen = _left_of(self.seen, brought.seen)
        self.seen = {one: None for one in seen if ("movie", one) not in self.picks}
        self.saved = _left_of(self.saved, brought.saved)

    def _pick(self, event: Event) -> None:
        self.picks[event.kind, event.id] = event.action == "like"
        self._unsee(event)
        if event.position is not None:
            self._move(event)

    def _unsee(self, event: Event) -> None:
        if event.kind == "movie":
            self.seen.pop(event.id, None)

    def _move(self, event: Event) -> None:
        key, position = (event.kind, event.id), event.position
        if key not in self.picks:
            raise InvalidRequest(f"only a pick can be moved, got {event.kind} {event.id}")
        if position is None or position >= len(self.picks):
            last = len(self.picks) - 1
            raise InvalidRequest(f"position must be in 0..{last}, got {position}")
        order = [other for other in self.picks if other != key]
        order.insert(position, key)
        self.picks = {other: self.picks[other] for other in order}


def _left_of(own: dict[int, None], brought: Iterable[int]) -> dict[int, None]:
    return dict.fromkeys(one for one in brought if one not in own) | own


def _refuse_impossible(event: Event) -> None:
    if event.kind == "tag" and event.action in ("seen", "save", "unsave"):
        raise InvalidRequest(f"{event.action} is for a movie, got tag {event.id}")
    if event.position is not None and event.action not in ("like", "dislike", "move"):
        raise InvalidRequest(
            f"position is for like, dislike and move, got {event.position} with {event.action}"
        )
