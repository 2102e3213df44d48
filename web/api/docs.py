"""The OpenAPI document, and a page of it for people."""

from typing import Final

import msgspec
from flask import Blueprint, Response, current_app, render_template

from web.document import document
from web.operation import JSON

PAGE_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"

bp = Blueprint("docs", __name__)


@bp.get("/api/v1/openapi.json")
def openapi() -> Response:
    """The document, made from the code."""
    return Response(msgspec.json.encode(document(current_app)), mimetype=JSON)


@bp.get("/api/docs")
def docs() -> Response:
    """The same to read; without scripts."""
    response = Response(render_template("docs.html", api=document(current_app)))
    response.headers["Content-Security-Policy"] = PAGE_POLICY
    return response
