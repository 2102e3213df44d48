"""What a file does to a session: the newest word on each film, within what a session can hold."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from model_server.protocol import MAX_PICKS, MAX_SEEN
from web.domain import Kind
from web.files.entries import DISLIKED_TO, LIKED_FROM, Entry
from web.files.matching import Match
from web.picks import MAX_SAVED, Opinions, Picked

MIDDLE: Final = (LIKED_FROM + DISLIKED_TO) / 2

Key = tuple[Kind, int]


@dataclass(frozen=True, slots=True)
class Plan:
    """The opinions to bring in, and how many picks, seen and saved films there is no room for.

    A film that there is no room for among the picks is brought in as seen.
    """

    brought: Opinions
    left_picks: int
    left_seen: int
    left_saved: int


@dataclass(frozen=True, slots=True)
class Change:
    """Films and tags that become liked, disliked, seen or saved."""

    liked: frozenset[Key]
    disliked: frozenset[Key]
    seen: frozenset[Key]
    saved: frozenset[Key]

    @property
    def keys(self) -> frozenset[Key]:
        """All of them."""
        return self.liked | self.disliked | self.seen | self.saved


def plan(matches: Iterable[Match], now: Opinions) -> Plan:
    """What to bring into a session, oldest first.

    Of several ratings of a film the newest counts, and each more than having watched it. Where
    there is no room for all picks, likes and dislikes are kept in their proportion, of each those
    rated furthest from the middle, of equals the newest; of seen and of saved films the newest.
    """
    known = [(one.key, one.entry) for one in matches if one.key is not None]
    known.sort(key=lambda pair: (pair[1].when, pair[1].row))
    own = {(pick.kind, pick.id) for pick in now.picks}
    verdicts = _verdicts(known)
    picks = {key: entry for key, entry in verdicts.items() if entry.opinion != "seen"}
    kept = _firmest(picks, own)
    watched = (
        key[1]
        for key, entry in known
        if entry.opinion != "saved" and key[0] == "movie" and key not in kept and key not in own
    )
    seen, left_seen = _newest(watched, now.seen, MAX_SEEN)
    wished = (key[1] for key, entry in known if entry.opinion == "saved")
    saved, left_saved = _newest(wished, now.saved, MAX_SAVED)
    taken = tuple(Picked(*key, entry.opinion == "liked") for key, entry in kept.items())
    brought = Opinions(taken, seen, saved)
    return Plan(brought, len(picks) - len(kept), left_seen, left_saved)


def change(before: Opinions, after: Opinions) -> Change:
    """What is new in later opinions."""
    had = set(before.picks)
    new = [pick for pick in after.picks if pick not in had]
    return Change(
        liked=frozenset((pick.kind, pick.id) for pick in new if pick.liked),
        disliked=frozenset((pick.kind, pick.id) for pick in new if not pick.liked),
        seen=_added(before.seen, after.seen),
        saved=_added(before.saved, after.saved),
    )


def _verdicts(known: Iterable[tuple[Key, Entry]]) -> dict[Key, Entry]:
    """The newest rating, or like or dislike, of each; the newest last."""
    verdicts: dict[Key, Entry] = {}
    for key, entry in known:
        if entry.opinion in ("liked", "disliked") or (
            entry.opinion == "seen" and entry.rating is not None
        ):
            verdicts.pop(key, None)
            verdicts[key] = entry
    return verdicts


def _firmest(picks: Mapping[Key, Entry], own: Collection[Key]) -> dict[Key, Entry]:
    """The picks that there is room for beside those of the session, which they may replace."""
    new = [key for key in picks if key not in own]
    ranks: dict[Key, float] = {}
    for opinion in ("liked", "disliked"):
        side = [key for key in reversed(new) if picks[key].opinion == opinion]
        side.sort(key=lambda key: _firmness(picks[key]), reverse=True)
        ranks |= {key: place / len(side) for place, key in enumerate(side)}
    left = set(sorted(new, key=lambda key: ranks[key])[MAX_PICKS - len(own) :])
    return {key: entry for key, entry in picks.items() if key not in left}


def _firmness(entry: Entry) -> float:
    return 0 if entry.rating is None else abs(entry.rating - MIDDLE)


def _newest(
    movie_ids: Iterable[int], held: Sequence[int], most: int
) -> tuple[tuple[int, ...], int]:
    """The last of the films that are not held, as many as there is room for; how many are left."""
    known = set(held)
    new = [one for one in dict.fromkeys(movie_ids) if one not in known]
    left = max(0, len(new) - (most - len(held)))
    return tuple(new[left:]), left


def _added(before: Iterable[int], after: Iterable[int]) -> frozenset[Key]:
    return frozenset(("movie", one) for one in set(after).difference(before))
