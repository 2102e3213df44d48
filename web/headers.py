"""The headers that every answer carries, and its compression."""

import gzip
from typing import Final

from flask import Response, request

LEAST_BYTES: Final = 1_000  # below this, compression gains nothing
LEVEL: Final = 4
COMPRESSED: Final = (
    "application/json",
    "application/problem+json",
    "application/javascript",
    "image/svg+xml",
    "text/",
)
POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",  # Element Plus places its pop-ups by style attributes
        "frame-src https://www.youtube-nocookie.com",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",  # YouTube plays nothing without it
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Frame-Options": "DENY",
}


def finish(response: Response) -> Response:
    """The response with the headers that it has not set itself, compressed where it pays."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.path.startswith("/api/"):
        response.headers.setdefault("Cache-Control", "no-store")
    _compress(response)
    return response


def _compress(response: Response) -> None:
    if not (response.mimetype or "").startswith(COMPRESSED):
        return
    response.headers.add("Vary", "Accept-Encoding")
    if request.accept_encodings["gzip"] <= 0 or response.status_code in (204, 304):
        return
    body = response.get_data()
    if len(body) < LEAST_BYTES or "Content-Encoding" in response.headers:
        return
    response.set_data(gzip.compress(body, LEVEL, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    etag, _ = response.get_etag()
    if etag is not None:  # the same to a reader, no longer the same bytes
        response.set_etag(etag, weak=True)
