"""What a visitor said, in public ids, as an engine reads it, in indexes."""

from collections.abc import Sequence

from model_server.artifact import Catalogue
from model_server.engines.base import Event, Query
from model_server.protocol import Pick
from model_server.vocab import PADDING


class Reader:
    """Reads picks against the vocabularies of a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._movies, self._tags = catalogue.movies, catalogue.tags

    def query(self, picks: Sequence[Pick]) -> Query:
        """Picks in indexes; what neither has a row nor carries a tag that has one says nothing."""
        events = [self.event(pick) for pick in picks if pick.kind == "movie"]
        liked, disliked = (
            self._tags.known(one.id for one in picks if one.kind == "tag" and one.liked == is_liked)
            for is_liked in (True, False)
        )
        speaking = tuple(event for event in events if event.movie != PADDING or event.tags)
        return Query(speaking, tuple(liked), tuple(disliked))

    def event(self, pick: Pick) -> Event:
        """A pick of a movie; its own tags are read where it has no row."""
        movie = self._movies.index(pick.id)
        tags = () if movie != PADDING else tuple(self._tags.known(pick.tags))
        return Event(movie, pick.liked, tags)
