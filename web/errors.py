"""One shape for errors of every origin: problem+json (RFC 9457)."""

import logging
from http import HTTPStatus
from typing import Final

import msgspec
from flask import Flask, Response, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from model_server.client import ModelUnavailable
from web.domain import (
    Forbidden,
    InvalidRequest,
    NotFound,
    StoreUnavailable,
    TooLarge,
    TooManyRequests,
)
from web.operation import MAX_BODY_BYTES, PROBLEM_JSON
from web.page import page_or_none
from web.schemas import Problem

STATUS: Final[dict[type[Exception], int]] = {
    InvalidRequest: 400,
    Forbidden: 403,
    NotFound: 404,
    TooLarge: 413,
    TooManyRequests: 429,
    ModelUnavailable: 503,
    StoreUnavailable: 503,
}

logger = logging.getLogger(__name__)


def install(app: Flask) -> None:
    """Answer every error of the app by a problem."""
    for kind in STATUS:
        app.register_error_handler(kind, _ours)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _bug)


def problem(status: int, detail: str) -> Response:
    """An answer that says what went wrong."""
    body = Problem(
        title=HTTPStatus(status).phrase, status=status, detail=detail, instance=request.path
    )
    response = Response(msgspec.json.encode(body), status, mimetype=PROBLEM_JSON)
    response.headers["Cache-Control"] = "no-store"
    return response


def _ours(error: Exception) -> Response:
    status = next(code for kind, code in STATUS.items() if isinstance(error, kind))
    response = problem(status, str(error))
    if isinstance(error, TooManyRequests):
        response.headers["Retry-After"] = str(max(1, round(error.retry_after + 0.5)))
    if status == 503:
        logger.warning("%s %s: %s", request.method, request.path, error)
        response.headers["Retry-After"] = "1"
    return response


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:  # a redirect
        return error
    if error.code == 404 and (page := page_or_none()) is not None:
        return page
    response = problem(error.code, _detail(error))
    for name, value in error.get_headers(request.environ):
        if name not in ("Content-Type", "Content-Length"):
            response.headers[name] = value
    return response


def _detail(error: HTTPException) -> str:
    match error.code:
        case 404:
            return f"there is nothing at {request.path}; see /api/docs for what there is"
        case 405:
            return f"{request.method} is not for {request.path}; see the Allow header for what is"
        case 413:
            got = request.content_length or "more"
            return f"a body must be at most {MAX_BODY_BYTES} bytes, got {got}"
    return error.description or error.name


def _bug(error: Exception) -> Response:
    logger.exception("%s %s failed", request.method, request.path)
    return problem(500, "something went wrong here; it has been logged")
