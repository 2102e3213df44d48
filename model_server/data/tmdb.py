"""Films' details from TMDB, one request a film, with a key of the user's own."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

import msgspec

from model_server.data.errors import DataError
from model_server.data.metadata import clean
from model_server.data.records import Facts

API_URL = "https://api.themoviedb.org/3"
KEY_VARIABLE = "TMDB_API_KEY"
_LOCAL = ("127.0.0.1", "localhost", "::1")
_PARTS = "keywords,credits,videos"
_TIMEOUT_SECONDS = 20.0
# TMDB asks for no more than about 40 requests a second.
_SECONDS_BETWEEN = 0.05
_PAUSES_SECONDS = (1.0, 2.0, 4.0, 8.0, 16.0)
_LONGEST_PAUSE_SECONDS = 60.0
_CAST = 3


class Tmdb:
    """TMDB's API under one key, asked no faster than TMDB allows."""

    def __init__(
        self, key: str, url: str = API_URL, pause: Callable[[float], None] = time.sleep
    ) -> None:
        """`pause` waits that many seconds."""
        parts = urlsplit(url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOCAL):
            raise DataError(url, None, "must be an https:// address, for the key is sent to it")
        if not key:
            raise DataError(KEY_VARIABLE, None, "is not set: put your TMDB API key into it")
        self._key, self._url, self._pause = key, url.rstrip("/"), pause

    def details(self, tmdb_id: int) -> Facts | None:
        """What TMDB knows of a film; None when it knows none of that id.

        Raises DataError when the key is refused, when the answer is no film, and when none comes
        after five pauses that double from one second (or are as long as TMDB asks, to a minute).
        """
        address = f"{self._url}/movie/{tmdb_id}"
        for pause_seconds in (*_PAUSES_SECONDS, None):
            answer = self._ask(address)
            if answer.status in (200, 404):
                return facts_of(address, answer.body) if answer.status == 200 else None
            if answer.status in (401, 403):
                raise DataError(address, None, f"refuses the key in {KEY_VARIABLE}")
            if pause_seconds is not None:
                self._pause(max(pause_seconds, answer.retry_seconds))
        raise DataError(address, None, f"{answer.problem}; run again to go on from here")

    def _ask(self, address: str) -> "_Answer":
        self._pause(_SECONDS_BETWEEN)
        query = {"append_to_response": _PARTS}
        headers = {"Accept": "application/json"}
        if self._key.count(".") == 2:  # a token for API v4, which v3 takes as well
            headers["Authorization"] = f"Bearer {self._key}"
        else:
            query["api_key"] = self._key
        request = Request(f"{address}?{urlencode(query)}", headers=headers)
        try:
            with urlopen(request, timeout=_TIMEOUT_SECONDS) as response:
                return _Answer(200, body=response.read())
        except HTTPError as error:
            with error:
                asked = error.headers.get("Retry-After", "")
            retry = min(float(asked), _LONGEST_PAUSE_SECONDS) if asked.isdigit() else 0.0
            return _Answer(error.code, retry_seconds=retry, problem=f"answers {error.code}")
        except (OSError, HTTPException) as error:
            return _Answer(0, problem=f"does not answer: {getattr(error, 'reason', error)}")


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    body: bytes = b""
    retry_seconds: float = 0.0
    problem: str = ""


def facts_of(address: str, body: bytes) -> Facts:
    """The facts in TMDB's answer for a film; `address` names it in an error."""
    try:
        film = msgspec.json.decode(body, type=_Movie)
    except msgspec.DecodeError as error:
        raise DataError(address, None, f"answers something else than a film: {error}") from error
    trailers = [v.key for v in film.videos.results if (v.site, v.type) == ("YouTube", "Trailer")]
    cast = sorted(film.credits.cast, key=lambda person: person.order)
    return clean(
        Facts(
            names=(film.title,) if film.title else (),
            imdb_id=film.imdb_id,
            tmdb_id=film.id,
            original_title=film.original_title,
            language=film.original_language,
            release_date=film.release_date,
            runtime=film.runtime,
            poster=film.poster_path,
            backdrop=film.backdrop_path,
            keywords=tuple(keyword.name for keyword in film.keywords.keywords),
            directors=tuple(one.name for one in film.credits.crew if one.job == "Director"),
            cast=tuple(person.name for person in cast[:_CAST]),
            trailer=trailers[0] if trailers else None,
        )
    )


class _Person(msgspec.Struct):
    name: str
    order: int = 0
    job: str = ""


class _Credits(msgspec.Struct):
    cast: list[_Person] = []
    crew: list[_Person] = []


class _Keyword(msgspec.Struct):
    name: str


class _Keywords(msgspec.Struct):
    keywords: list[_Keyword] = []


class _Video(msgspec.Struct):
    key: str = ""
    site: str = ""
    type: str = ""


class _Videos(msgspec.Struct):
    results: list[_Video] = []


class _Movie(msgspec.Struct):
    id: int
    title: str | None = None
    original_title: str | None = None
    original_language: str | None = None
    release_date: str | None = None
    runtime: int | None = None
    imdb_id: str | None = None
    poster_path: str | None = None
    backdrop_path: str | None = None
    keywords: _Keywords = msgspec.field(default_factory=_Keywords)
    credits: _Credits = msgspec.field(default_factory=_Credits)
    videos: _Videos = msgspec.field(default_factory=_Videos)
