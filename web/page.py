"""The page itself: what the front end was built to, with its assets."""

import mimetypes
from http import HTTPStatus
from pathlib import Path
from typing import Final

from flask import Response, request
from werkzeug.security import safe_join

from web.services import services

ASSETS: Final = "assets/"  # Vite names these by their content
FOR_EVER: Final = "public, max-age=31536000, immutable"
NEVER_PAGES: Final = ("api", "images", "assets", "healthz", "readyz", "metrics")
UNBUILT: Final = "The page has not been built yet: `make run` builds it.\n"


def page_or_none() -> Response | None:
    """What the front end has at a path that no view is for: a file of it, or the page, which
    finds its own way by the path. None for what can be neither.
    """
    path = request.path.lstrip("/")
    if request.method not in ("GET", "HEAD"):
        return None
    file = _file(path) if path else None
    if file is not None:
        return file
    if path.partition("/")[0] in NEVER_PAGES or "." in path.rpartition("/")[2]:
        return None
    return _file("index.html") or Response(
        UNBUILT, HTTPStatus.SERVICE_UNAVAILABLE, mimetype="text/plain"
    )


def _file(name: str) -> Response | None:
    path = safe_join(str(services().config.frontend_dir), name)  # None if it leaves the folder
    if path is None or not Path(path).is_file():
        return None
    mimetype = mimetypes.guess_type(path)[0] or "application/octet-stream"
    response = Response(Path(path).read_bytes(), mimetype=mimetype)
    is_named_by_content = name.startswith(ASSETS)
    response.headers["Cache-Control"] = FOR_EVER if is_named_by_content else "no-cache"
    response.set_etag(f"{Path(path).stat().st_mtime_ns:x}")
    response.make_conditional(request)
    return response
