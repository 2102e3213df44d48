"""Small folders in the layouts that users download, worked by hand."""

import json
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import polars as pl
import pytest

from model_server.data.metadata import COLUMNS

# What a row of the metadata table holds when nothing is known.
EMPTY = dict.fromkeys(COLUMNS) | {"genres": [], "keywords": [], "directors": [], "cast": []}


@pytest.fixture
def write(tmp_path):
    """Write text to a file under tmp_path, folders made as needed; gives its path."""

    def written(name: str, text: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode(encoding))
        return path

    return written


@pytest.fixture
def release(write):
    """A folder like ml-latest-small: three films, two people."""
    path = write(
        "small/movies.csv",
        "movieId,title,genres\n"
        '2571,"Matrix, The (1999)",Action|Sci-Fi\n'
        '4973,"Amelie (Fabuleux destin d\'Amélie Poulain, Le) (2001)",Romance\n'
        "838,Emma (1996),(no genres listed)\n",
    )
    write("small/links.csv", "movieId,imdbId,tmdbId\n2571,0133093,603\n4973,0211915,194\n838,,\n")
    write(
        "small/ratings.csv",
        "userId,movieId,rating,timestamp\n"
        "1,4973,4.0,2000\n1,2571,5.0,1000\n2,838,2.5,3000\n2,2571,0.5,3000\n",
    )
    return path.parent


@pytest.fixture
def metadata_table(tmp_path):
    """Write rows, each a dict with what is known, as the metadata table; gives its path."""

    def written(*rows: dict[str, object]) -> Path:
        path = tmp_path / "movies.parquet"
        pl.DataFrame([EMPTY | row for row in rows], schema=COLUMNS).write_parquet(path)
        return path

    return written


class FakeTmdb:
    """TMDB's API on a port of its own. `answers`: for each path (status, headers, body), in order;
    the last one is given again. `asked`: path, query and Authorization of every request."""

    def __init__(self) -> None:
        self.answers: dict[str, list[tuple[int, dict[str, str], bytes]]] = {}
        self.asked: list[tuple[str, dict[str, list[str]], str | None]] = []
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                fake.asked.append(
                    (parts.path, parse_qs(parts.query), self.headers.get("Authorization"))
                )
                status, headers, body = fake.next_answer(parts.path)
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def next_answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        waiting = self.answers.get(path, [(404, {}, b"{}")])
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]

    def knows(self, tmdb_id: int, **film: object) -> None:
        body = json.dumps({"id": tmdb_id, **film}).encode()
        self.answers[f"/movie/{tmdb_id}"] = [(200, {}, body)]


@pytest.fixture
def fake_tmdb():
    """A FakeTmdb that answers until the test ends."""
    fake = FakeTmdb()
    with fake.server, ThreadPoolExecutor(1) as pool:
        serving = pool.submit(fake.server.serve_forever, poll_interval=0.01)
        yield fake
        fake.server.shutdown()
        serving.result(timeout=5)
