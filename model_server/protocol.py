"""The wire between web and model server: its messages, their bytes and their limits.

A message is two frames: an envelope and a body. Both ends encode and decode here only, and a
message beyond a limit is refused by the end that would send it and by the end that gets it.
"""

from typing import Annotated, Any, Final, Literal, TypeVar

from msgspec import Meta, Struct
from msgspec.msgpack import Decoder, Encoder

from model_server.addresses import Keys as Keys
from model_server.addresses import check_url as check_url
from model_server.filters import FEW_MOVIES as FEW_MOVIES
from model_server.filters import MAX_DECADES as MAX_DECADES
from model_server.filters import MAX_FILTER_GENRES as MAX_FILTER_GENRES
from model_server.filters import MAX_ID as MAX_ID
from model_server.filters import Condition as Condition
from model_server.filters import Filters as Filters
from model_server.filters import Id

VERSION: Final = 2

MAX_PICKS: Final = 500
MAX_PICK_TAGS: Final = 256
MAX_SEEN: Final = 10_000
MAX_LIMIT: Final = 100
MAX_REASONS: Final = 60
MAX_OFFSET: Final = 1_000_000
MAX_BUDGET_MS: Final = 60_000
MAX_FRAME_BYTES: Final = 1 << 20

Limit = Annotated[int, Meta(ge=1, le=MAX_LIMIT)]
PickTags = Annotated[tuple[Id, ...], Meta(max_length=MAX_PICK_TAGS)]
Name = Annotated[str, Meta(min_length=1, max_length=100)]
Slide = Annotated[int, Meta(ge=-2, le=2)]
Dislikes = Literal["ignore", "normal", "strong"]

FailureCode = Literal["busy", "late", "invalid", "version", "internal"]


class ProtocolError(ValueError):
    """Bytes that are no message, or a message beyond a limit; the text says which limit."""


class VersionMismatch(ProtocolError):
    """A message of another version of the protocol."""


class Envelope(Struct, frozen=True, array_like=True):
    """The first frame. Every version begins it with its number and the ticket.

    ticket: chosen by the client, and the same in the answer. budget_ms: how long the client
    still waits; a duration and no time of day, for two hosts need not agree on that.
    """

    version: Annotated[int, Meta(ge=0, le=2**31)]
    ticket: Annotated[int, Meta(ge=0, le=2**63 - 1)]
    budget_ms: Annotated[int, Meta(ge=0, le=MAX_BUDGET_MS)] = 0


class Pick(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing liked or disliked.

    tags: the tag ids of a movie itself, which count when the network has no row for the movie.
    """

    kind: Literal["movie", "tag"]
    id: Id
    liked: bool
    tags: PickTags = ()


class Tuning(Struct, frozen=True, forbid_unknown_fields=True):
    """How a visitor bends the ranking of all movies, before any is left out of a list.

    hidden_gems: from -2, well-known movies first, to 2, little-known ones. newer: from -2, older
    movies first, to 2. dislikes: "ignore" reads none of them, and shuts out the disliked movies
    but not those with a disliked tag; what dislikes change counts double when they are "strong".
    """

    hidden_gems: Slide = 0
    newer: Slide = 0
    dislikes: Dislikes = "normal"


class Message(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag=str.lower):
    """A body; its class name in lower case is its type on the wire."""


class Recommend(Message, frozen=True):
    """Ask for movies and tags after `picks`, least important first.

    `seen` movies (ids) are left out and weigh nothing. `offset` best movies are skipped. Beside
    each further page of `limit` movies stand `tag_limit` tags from half as many further on.
    """

    picks: Annotated[tuple[Pick, ...], Meta(max_length=MAX_PICKS)] = ()
    seen: Annotated[tuple[Id, ...], Meta(max_length=MAX_SEEN)] = ()
    filters: Filters = Filters()
    tuning: Tuning = Tuning()
    limit: Limit = 24
    offset: Annotated[int, Meta(ge=0, le=MAX_OFFSET)] = 0
    tag_limit: Limit = 24
    engine: Name = "lstm"


class Similar(Message, frozen=True):
    """Ask for the movies nearest to one; `tags` are its own, as in a Pick."""

    movie_id: Id
    tags: PickTags = ()
    limit: Limit = 24


class Why(Message, frozen=True):
    """Ask what each of the newest MAX_REASONS of some picks does for a movie; all are read.

    The movie itself is no reason where it is picked.
    """

    movie_id: Id
    picks: Annotated[tuple[Pick, ...], Meta(max_length=MAX_PICKS)] = ()
    tuning: Tuning = Tuning()


class ListEngines(Message, frozen=True):
    """Ask which engines can be named in Recommend."""


class Probe(Message, frozen=True):
    """Ask for a real inference and the server's metrics."""


class Scored(Struct, frozen=True):
    """A movie or tag and its share of the engine's softmax, once tuned, over all of its kind."""

    id: Id
    probability: Annotated[float, Meta(ge=0, le=1)]


class Relaxation(Struct, frozen=True):
    """A condition of a request, and how many movies could be in its list without it."""

    condition: Condition
    matching: Annotated[int, Meta(ge=0)]


class Recommended(Message, frozen=True):
    """Movies, best first, and tags, those first whose likes would say most of movies not shown yet.

    `matching` movies could have been in the list; of fewer than FEW_MOVIES, `relaxations` hold each
    condition that was given, the one that shuts out most first.
    """

    movies: Annotated[tuple[Scored, ...], Meta(max_length=MAX_LIMIT)]
    tags: Annotated[tuple[Scored, ...], Meta(max_length=MAX_LIMIT)]
    matching: Annotated[int, Meta(ge=0)]
    engine: str
    model: str
    relaxations: tuple[Relaxation, ...] = ()


class SimilarMovies(Message, frozen=True):
    """Movie ids, nearest first; empty for a movie of which nothing is known."""

    movies: Annotated[tuple[Id, ...], Meta(max_length=MAX_LIMIT)]


class Reason(Struct, frozen=True):
    """A pick, and by how much the log-probability of a movie falls when it is left out.

    Above 0 the pick speaks for the movie, below 0 against it.
    """

    kind: Literal["movie", "tag"]
    id: Id
    effect: float


class Reasons(Message, frozen=True):
    """Picks, what speaks most for the movie first; `unweighed` older ones were left in throughout.

    None is weighed for a movie that the network has no row for.
    """

    reasons: Annotated[tuple[Reason, ...], Meta(max_length=MAX_REASONS)]
    unweighed: Annotated[int, Meta(ge=0)]
    model: str


class EngineInfo(Struct, frozen=True):
    """One engine: `name` for the machine, `title` for people."""

    name: str
    title: str
    is_default: bool


class Engines(Message, frozen=True):
    """Every engine that the artifact has, the default one first."""

    engines: tuple[EngineInfo, ...]


class Alive(Message, frozen=True):
    """An inference has just succeeded."""

    model: str
    metrics: dict[str, float]


class Failure(Message, frozen=True):
    """Why there is no answer: `busy` and `late` may be asked again, the others may not."""

    code: FailureCode
    detail: str


Request = Recommend | Similar | Why | ListEngines | Probe
Answer = Recommended | SimilarMovies | Reasons | Engines | Alive | Failure

T = TypeVar("T")

_encoder = Encoder()
_envelopes = Decoder(Envelope)
_requests: Decoder[Request] = Decoder(Request)
_answers: Decoder[Answer] = Decoder(Answer)


def check_version(envelope: Envelope) -> None:
    """VersionMismatch unless the envelope is of our version."""
    if envelope.version != VERSION:
        raise VersionMismatch(f"the version must be {VERSION}, got {envelope.version}")


def encode_envelope(envelope: Envelope) -> bytes:
    """The bytes of a first frame."""
    return _encode(envelope, _envelopes)


def encode_request(message: Request) -> bytes:
    """The bytes of a request; ProtocolError if the server would refuse them."""
    return _encode(message, _requests)


def encode_answer(message: Answer) -> bytes:
    """The bytes of an answer; ProtocolError if the client would refuse them."""
    return _encode(message, _answers)


def decode_envelope(frame: bytes) -> Envelope:
    """The envelope in a frame, of whatever version; ProtocolError if it is none."""
    return _decode(frame, _envelopes)


def decode_request(frame: bytes) -> Request:
    """The request in a frame; ProtocolError if it is none."""
    return _decode(frame, _requests)


def decode_answer(frame: bytes) -> Answer:
    """The answer in a frame; ProtocolError if it is none."""
    return _decode(frame, _answers)


def _encode(message: object, decoder: Decoder[Any]) -> bytes:
    try:
        frame = _encoder.encode(message)
    except TypeError as error:
        raise ProtocolError(f"not a message: {error}") from error
    _decode(frame, decoder)  # the other end's limits, before it sees them
    return frame


def _decode(frame: bytes, decoder: Decoder[T]) -> T:
    if len(frame) > MAX_FRAME_BYTES:
        raise ProtocolError(f"a frame must be at most {MAX_FRAME_BYTES} bytes, got {len(frame)}")
    try:
        return decoder.decode(frame)
    except (ValueError, RecursionError) as error:  # msgspec's errors are ValueErrors
        raise ProtocolError(f"not a message: {error}") from error
