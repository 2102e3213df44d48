"""A picture for every film: its poster and stills where the network has them, else a drawing."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from web.config import Config
from web.domain import Movie
from web.drawing import draw_poster, draw_still
from web.dumping import TRAILER_FRAMES
from web.fetching import RemotePictures, mimetype

NOWHERE: Final = "none"
WEEK: Final = 7 * 24 * 3600
DAY: Final = 24 * 3600
MINUTE: Final = 60

_TMDB_PATH: Final = re.compile(r"/[\w-]+\.(jpg|jpeg|png|webp)")
_YOUTUBE_ID: Final = re.compile(r"[\w-]{11}")


@dataclass(frozen=True, slots=True)
class Picture:
    """An image and how long a browser may keep it."""

    body: bytes
    mimetype: str
    max_age: int


class Images:
    """Pictures of films."""

    def __init__(self, config: Config, clock: Callable[[], float]) -> None:
        self._poster_host = config.poster_host
        self._frame_host = config.frame_host
        self._remote = RemotePictures(config.state_dir / "posters", clock)

    def poster(self, movie: Movie) -> Picture:
        """The film's poster, or one drawn from its facts."""
        return self._first(self._at_tmdb(movie.poster, "w342"), lambda: draw_poster(movie))

    def still(self, movie: Movie, number: int) -> Picture:
        """The film's backdrop, then frames of its trailer, or a drawing."""
        urls = self._at_tmdb(movie.backdrop, "w780")
        if movie.backdrop is None or number > 0:
            urls = self._frames(movie, number + (movie.backdrop is None))
        return self._first(urls, lambda: draw_still(movie, number))

    def _first(self, urls: Sequence[str], draw: Callable[[], str]) -> Picture:
        for url in urls:
            body = self._remote.get(url)
            if body is not None:
                return Picture(body, mimetype(body) or "", WEEK)
        # A drawing in place of a picture that may yet come is not to be kept for long.
        return Picture(draw().encode(), "image/svg+xml", MINUTE if urls else DAY)

    def _at_tmdb(self, path: str | None, size: str) -> Sequence[str]:
        if path is None or self._poster_host == NOWHERE or not _TMDB_PATH.fullmatch(path):
            return ()
        return (f"{self._poster_host}/{size}{path}",)

    def _frames(self, movie: Movie, number: int) -> Sequence[str]:
        """Where frame 1, 2 or 3 of the trailer may be; not every trailer has large ones."""
        trailer = movie.trailer
        if trailer is None or self._frame_host == NOWHERE or not _YOUTUBE_ID.fullmatch(trailer):
            return ()
        if not 1 <= number <= TRAILER_FRAMES:
            return ()
        return tuple(
            f"{self._frame_host}/{trailer}/{size}{number}.jpg" for size in ("maxres", "mq")
        )
