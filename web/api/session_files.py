"""The visitor's session taken out as a file, and other sites' files brought into it."""

from contextlib import closing
from typing import Final

from flask import Blueprint, Response, request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from web.api.session import (
    begin_or_change,
    current_session,
    known_session,
    remembered,
    session_answer,
)
from web.domain import InvalidRequest, TooLarge
from web.files.exporting import CSV, export
from web.files.importing import import_answer, read, weigh
from web.files.reading import MAX_FILE_BYTES
from web.files.shapes import ExportQuery, ImportAnswer, ImportQuery, SessionFile
from web.operation import JSON, MULTIPART, dump, operation
from web.picks import Session
from web.services import services
from web.visitors import client_address, visitor_id

FORM_BYTES: Final = 10_000  # what a form adds to the file that it holds
FILE_COST: Final = 20  # requests

bp = Blueprint("session_files", __name__, url_prefix="/api/v1/session")


@bp.get("/export")
@operation(SessionFile, query=ExportQuery, files_out=(CSV,))
def take_out(query: ExportQuery) -> Response:
    """The saved films, the picks or all of the session as a file: `csv`, `letterboxd` or `json`.

    Letterboxd's columns hold films alone, a like as 8 of 10 and a dislike as 3. It takes a file
    for watched films but where a watchlist is asked for, so saved films come by `what=saved` only.
    """
    file = export(current_session().now, query, services().catalogue)
    response = Response(file.content, mimetype=file.mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response


@bp.post("/import")
@operation(ImportAnswer, query=ImportQuery, files_in=(MULTIPART, CSV, JSON))
def bring_in(query: ImportQuery) -> Response:
    """What a file would do to the session; with `apply` it does, as one step that can be undone.

    A file of Letterboxd, IMDb, MovieLens or ours, alone as the body or as `file` of a form, of at
    most 5,000,000 bytes and 20,000 rows. Films rated 3.5 of 5 or better become liked, 2.5 or
    worse disliked, others seen; those of a watchlist saved.
    """
    _charge()
    name, content = _file(query)
    file = read(content, name, query.unrated)
    before = known_session()
    weighed = weigh(file, (before or Session()).now, services().catalogue)
    if not query.apply:
        return dump(import_answer(weighed, None))
    if not weighed.changes_something:
        return dump(import_answer(weighed, session_answer(before or Session())))
    session_id, session = begin_or_change(before, weighed.plan.brought)
    return remembered(dump(import_answer(weighed, session_answer(session))), session_id)


def _charge() -> None:
    """A file takes as long as many clicks, and so counts as many."""
    mine = services()
    if address := client_address(request, mine.config.trusted_proxies):
        mine.address_limit.take(address, FILE_COST)
    if session_id := visitor_id(request):
        mine.visitor_limit.take(session_id, FILE_COST)


def _file(query: ImportQuery) -> tuple[str, bytes]:
    """The file's name and its bytes."""
    is_form = request.mimetype == MULTIPART
    most = MAX_FILE_BYTES + FORM_BYTES * is_form
    request.max_content_length = most + 1  # a body of unknown length is cut there without a word
    if (request.content_length or 0) > most:
        raise _too_large()
    if not is_form:
        return query.name, _within(request.get_data(cache=False))
    with closing(_file_of_form()) as file:
        return query.name or file.filename or "", _within(file.read())


def _file_of_form() -> FileStorage:
    if request.content_length is None:
        raise InvalidRequest("a form must say its length, got no Content-Length")
    try:
        files = request.files.getlist("file")
    except RequestEntityTooLarge as error:  # a thousand parts, or half a megabyte that is no file
        raise TooLarge("the form must hold one file, named file, got much beside it") from error
    if len(files) != 1:
        raise InvalidRequest(f"the form must hold one file, named file, got {len(files)} of them")
    return files[0]


def _within(content: bytes) -> bytes:
    if len(content) > MAX_FILE_BYTES:
        raise _too_large()
    return content


def _too_large() -> TooLarge:
    got = "more" if request.content_length is None else f"a body of {request.content_length}"
    return TooLarge(f"a file must be at most {MAX_FILE_BYTES} bytes, got {got}")
