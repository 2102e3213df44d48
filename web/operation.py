"""Binds a view to its types: what it parses and dumps is what the OpenAPI document says of it."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Final

import msgspec
from flask import Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from web.parsing import parse_body, parse_query

JSON: Final = "application/json"
PROBLEM_JSON: Final = "application/problem+json"
MULTIPART: Final = "multipart/form-data"
MAX_BODY_BYTES: Final = 256 * 1024

Answer = msgspec.Struct | list[Any] | Response


class Operation:
    """A view with its types; calling it parses the request, runs the view and dumps the answer.

    The view gets the parsed query or body, if it has one, and then the parts of the path. It
    returns the answer, or a Response made by `dump` when there is more to say than that.
    A view that takes a file reads it itself; `files_in` and `files_out` are the types of files.
    """

    def __init__(
        self,
        view: Callable[..., Answer],
        answer: Any,
        query: type[msgspec.Struct] | None,
        body: type[msgspec.Struct] | None,
        errors: tuple[int, ...],
        files_in: tuple[str, ...],
        files_out: tuple[str, ...],
    ) -> None:
        update_wrapper(self, view)
        self.view = view
        self.answer = answer
        self.query = query
        self.body = body
        self.errors = errors
        self.files_in = files_in
        self.files_out = files_out

    def __call__(self, **path: int) -> Response:
        parsed: list[msgspec.Struct] = []
        if self.query is not None:
            parsed.append(parse_query(request.args, self.query))
        if self.body is not None:
            parsed.append(parse_body(_body(), self.body))
        answer = self.view(*parsed, **path)
        return answer if isinstance(answer, Response) else dump(answer)


def operation(
    answer: Any,
    *,
    query: type[msgspec.Struct] | None = None,
    body: type[msgspec.Struct] | None = None,
    errors: tuple[int, ...] = (),
    files_in: tuple[str, ...] = (),
    files_out: tuple[str, ...] = (),
) -> Callable[[Callable[..., Answer]], Operation]:
    """Declare what a view takes and gives: `answer` is a Struct, or a list of one.

    errors: the statuses beyond those that any call may answer with. files_in: the media types of
    the files that it takes in place of a JSON body. files_out: of those that it gives beside JSON.
    """

    def bind(view: Callable[..., Answer]) -> Operation:
        return Operation(view, answer, query, body, errors, files_in, files_out)

    return bind


def _body() -> bytes:
    """The body of this request; RequestEntityTooLarge beyond MAX_BODY_BYTES."""
    if request.content_length is None:  # Werkzeug cuts such a body at the limit without a word
        request.max_content_length = MAX_BODY_BYTES + 1
    body = request.get_data(cache=False)
    if len(body) > MAX_BODY_BYTES:
        raise RequestEntityTooLarge
    return body


def dump(answer: msgspec.Struct | list[Any], status: int = 200) -> Response:
    """The answer as JSON."""
    return Response(msgspec.json.encode(answer), status, mimetype=JSON)
