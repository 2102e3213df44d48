"""What this visitor has said: read, added to, undone, forgotten."""

from collections.abc import Iterable

from flask import Blueprint, Response, request

from web.dumping import session_movie
from web.operation import dump, operation
from web.picks import Event, Picked, Session, Step
from web.schemas import EventBody, SessionAnswer, SessionMovie, SessionTag
from web.services import services
from web.visitors import forget, is_secure, new_visitor_id, remember, visitor_id

bp = Blueprint("session", __name__, url_prefix="/api/v1/session")


def known_session() -> Session | None:
    """This visitor's session; None for a stranger."""
    session_id = visitor_id(request)
    return services().sessions.session(session_id) if session_id else None


def current_session() -> Session:
    """This visitor's session; an empty one for a stranger."""
    return known_session() or Session()


def session_answer(session: Session) -> SessionAnswer:
    """The session as all calls about it answer."""
    now = session.now
    verdicts = {(pick.kind, pick.id): pick.liked for pick in now.picks}
    picks = tuple(_items(now.picks))
    return SessionAnswer(
        picks=picks,
        liked=tuple(pick for pick in picks if pick.liked),
        disliked=tuple(pick for pick in picks if not pick.liked),
        seen=tuple(_movies((one, None) for one in now.seen)),
        saved=tuple(_movies((one, verdicts.get(("movie", one))) for one in now.saved)),
        can_undo=session.can_undo,
        can_redo=session.can_redo,
    )


def begin_or_change(before: Session | None, step: Step) -> tuple[str, Session]:
    """The id of the session that was known before, or of a new one, and the session after a step.

    An id that a stranger brings is never taken up.
    """
    session_id = visitor_id(request)
    if session_id is None or before is None:
        session_id = new_visitor_id()
    return session_id, services().sessions.change(session_id, step)


def remembered(response: Response, session_id: str) -> Response:
    """The response, with the cookie of a session."""
    trusted = services().config.trusted_proxies
    remember(response, session_id, is_secure=is_secure(request, trusted))
    return response


@bp.get("")
@operation(SessionAnswer)
def show() -> SessionAnswer:
    """What this visitor has said; all empty without a cookie or with a bad one."""
    return session_answer(current_session())


@bp.post("/events")
@operation(SessionAnswer, body=EventBody)
def add(body: EventBody) -> Response:
    """One click. Repeating one changes nothing, the opposite one replaces it where it stands."""
    event = Event(body.action, body.kind, body.id, body.position)
    before = known_session()
    _check_known(event, before or Session())
    session_id, session = begin_or_change(before, event)
    return remembered(dump(session_answer(session)), session_id)


@bp.post("/undo")
@operation(SessionAnswer)
def undo() -> SessionAnswer:
    """Take back the newest event; nothing happens when there is none."""
    return session_answer(_step("undo"))


@bp.post("/redo")
@operation(SessionAnswer)
def redo() -> SessionAnswer:
    """Bring back the event that was taken back last; nothing happens when there is none."""
    return session_answer(_step("redo"))


@bp.delete("")
@operation(SessionAnswer)
def delete() -> Response:
    """Forget everything this visitor has said, and the visitor; this cannot be undone."""
    response = dump(session_answer(_step("forget")))
    forget(response)
    return response


def _step(step: Step) -> Session:
    session_id = visitor_id(request)
    if session_id is None or services().sessions.session(session_id) is None:
        return Session()
    return services().sessions.change(session_id, step)


def _check_known(event: Event, session: Session) -> None:
    """A film that has left the catalogue can still be cleared from a session that holds it."""
    held = {(pick.kind, pick.id) for pick in session.now.picks}
    held.update(("movie", one) for one in (*session.now.seen, *session.now.saved))
    if (event.kind, event.id) not in held:
        services().recommending.check_known([Picked(event.kind, event.id, True)])


def _items(picks: Iterable[Picked]) -> Iterable[SessionMovie | SessionTag]:
    """The picks that the catalogue still has."""
    picks = tuple(picks)
    tags = services().catalogue.tags().by_id
    movies = services().catalogue.movies([pick.id for pick in picks if pick.kind == "movie"])
    for pick in picks:
        if pick.kind == "movie" and (movie := movies.get(pick.id)):
            yield session_movie(movie, pick.liked)
        elif pick.kind == "tag" and (tag := tags.get(pick.id)):
            yield SessionTag(id=tag.id, name=tag.name, tag_kind=tag.kind, liked=pick.liked)


def _movies(verdicts: Iterable[tuple[int, bool | None]]) -> Iterable[SessionMovie]:
    wanted = dict(verdicts)
    movies = services().catalogue.movies(wanted)
    for movie_id, liked in wanted.items():
        if movie := movies.get(movie_id):
            yield session_movie(movie, liked)
