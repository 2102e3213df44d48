"""How fast a click is answered, and of what that time is made.

`python -m tests.benchmarks.bench_serve` (`make bench`) prints its results and writes them to
docs/results/serve.md.
"""

import argparse
import datetime
import os
import random
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from model_server.artifact import Artifact, load_artifact
from model_server.client import ModelClient
from model_server.config import from_env
from model_server.engines.registry import Registry, offers_of
from model_server.protocol import Filters, Pick, Recommend
from model_server.recommender import Recommender
from tests.benchmarks.measuring import (
    REPOSITORY,
    Durations,
    repeat,
    resident_mb,
    surroundings,
    table,
)
from tests.benchmarks.processes import (
    MODEL_SERVER,
    NOTHING_SERVER,
    Visitor,
    environment,
    model_server,
    stack,
)

SEED = 2026
WARM_UP = 50
FRESH, LONG, CLIENTS = 5, 200, 64
RESULTS = REPOSITORY / "docs" / "results" / "serve.md"

ANY = Filters()

Call = Callable[[], object]


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.bench_serve")
    parser.add_argument("--n", type=int, default=1000, help="repetitions of each measurement")
    parser.add_argument("--out", type=Path, default=RESULTS, help="where the Markdown goes")
    asked = parser.parse_args()
    lines = [*_head(asked.n), *surroundings(), ""]
    artifact = load_artifact(from_env(os.environ).artifact)
    lines += _section("The model in this process", IN_PROCESS, in_process(artifact, asked.n))
    with tempfile.TemporaryDirectory(prefix="marquee-bench-") as folder:
        lines += _section("The wire alone", WIRE, [wire(Path(folder), asked.n)])
    lines += _end_to_end("Click to list through HTTP", MODEL_SERVER, artifact, asked.n)
    lines += _end_to_end("The same path without the model", NOTHING_SERVER, artifact, asked.n)
    text = "\n".join(lines)
    print(text)
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(text, encoding="utf-8")


IN_PROCESS = (
    "`Recommender.answer` of one request: ids to indexes, the network, masks, top 24, softmax. "
    "No wire, no HTTP."
)
WIRE = (
    "`ModelClient.recommend` to a server in another process over ipc:// whose engine does nothing: "
    "encode, send, queue, decode, answer."
)
CLICK = (
    "One click is `POST /session/events` and then `GET /recommendations` on one kept connection "
    "to gunicorn with SQLite stores; the client runs on the same machine. "
    f"A fresh session has 1 to {FRESH} picks, a long one {LONG} and more. "
    f"{CLIENTS} clients at once never pause, and share the processors with the servers."
)


def in_process(artifact: Artifact, n: int) -> list[Durations]:
    """One session that grows, one that is reordered, and filters."""
    registry = Registry(offers_of(artifact))
    recommender = Recommender(artifact.catalogue, registry, artifact.version)
    dice = random.Random(SEED)
    movies = _popular(artifact, 2000)

    def ask(picks: Sequence[Pick], filters: Filters = ANY) -> Call:
        request = Recommend(picks=tuple(picks), filters=filters)
        return lambda: recommender.answer([request])

    def growing(least: int, most: int) -> list[Call]:
        sessions: list[Call] = []
        while len(sessions) < n + WARM_UP:
            picks = [Pick("movie", movie, True) for movie in dice.sample(movies, most)]
            sessions += [ask(picks[:length]) for length in range(least, most + 1)]
        return sessions[: n + WARM_UP]

    def reordered() -> list[Call]:
        picks = [Pick("movie", movie, True) for movie in dice.sample(movies, LONG)]
        return [ask(dice.sample(picks, LONG)) for _ in range(n // 10 + WARM_UP)]

    narrow = Filters(decades=(1990, 2000), rating_min=7)
    return [
        repeat("no picks", [ask(())] * (n + WARM_UP), WARM_UP),
        repeat(f"a click in a session of 1 to {FRESH}", growing(1, FRESH), WARM_UP),
        repeat(f"a click in a session of 1 to {LONG}", growing(1, LONG), WARM_UP),
        repeat("no picks, two filters", [ask((), narrow)] * (n + WARM_UP), WARM_UP),
        repeat(f"{LONG} picks in a new order, computed afresh", reordered(), WARM_UP),
    ]


def wire(folder: Path, n: int) -> Durations:
    """Requests of a session of FRESH picks to a server that does nothing."""
    environ = environment(folder, port=0)
    picks = tuple(
        Pick("movie", number, True, tuple(range(1, 11))) for number in range(1, FRESH + 1)
    )
    with model_server(NOTHING_SERVER, environ):
        client = ModelClient(f"ipc://{folder}/model.sock", timeout_ms=10_000)
        calls: list[Call] = [lambda: client.recommend(Recommend(picks=picks))] * (n + WARM_UP)
        return repeat("client to server and back", calls, WARM_UP)


def fresh_sessions(port: int, movies: Sequence[int], n: int) -> Durations:
    """Clicks of visitors who come, click FRESH times and go."""
    dice, clicks = random.Random(SEED), Durations("fresh sessions, one client")
    visitor = Visitor(port)
    for number in range(n + WARM_UP):
        if number % FRESH == 0:
            visitor.close()
            visitor = Visitor(port)
            visitor.recommendations()  # the page opens; no click yet
        _click(visitor, dice.choice(movies), clicks)
    visitor.close()
    del clicks.seconds[:WARM_UP], clicks.sources[:WARM_UP]
    return clicks


def long_session(port: int, movies: Sequence[int], n: int) -> Durations:
    """Clicks of visitors who have clicked LONG times before."""
    dice, clicks = random.Random(SEED), Durations(f"{LONG} picks and more, one client")
    while len(clicks.seconds) < n:
        visitor = Visitor(port)
        wanted = dice.sample(movies, LONG + 100)
        for movie in wanted[:LONG]:
            visitor.like(movie)
        visitor.recommendations()
        for movie in wanted[LONG:]:
            _click(visitor, movie, clicks)
        visitor.close()
    return clicks


def many_clients(port: int, movies: Sequence[int], n: int) -> Durations:
    """Clicks of CLIENTS visitors, each in a thread, none of whom ever pauses."""
    clicks = Durations(f"fresh sessions, {CLIENTS} clients at once")
    each = max(FRESH, n // CLIENTS)
    start = threading.Barrier(CLIENTS + 1, timeout=60)

    def visit(number: int) -> None:
        dice, visitor = random.Random(SEED + number), Visitor(port)
        visitor.recommendations()
        start.wait()
        for movie in dice.sample(movies, each):
            _click(visitor, movie, clicks)
        visitor.close()

    with ThreadPoolExecutor(CLIENTS) as pool:
        visits = [pool.submit(visit, number) for number in range(CLIENTS)]
        start.wait()
        began = time.perf_counter()
        for one in visits:
            one.result()
        clicks.wall_seconds = time.perf_counter() - began
    return clicks


def _click(visitor: Visitor, movie: int, clicks: Durations) -> None:
    with clicks.one():
        visitor.like(movie)
        clicks.sources.append(visitor.recommendations())


def _end_to_end(title: str, command: tuple[str, ...], artifact: Artifact, n: int) -> list[str]:
    movies = _popular(artifact, 2000)
    runs = (fresh_sessions, long_session, many_clients)
    with (
        tempfile.TemporaryDirectory(prefix="marquee-bench-") as folder,
        stack(command, Path(folder)) as (process_id, port),
    ):
        measured = [run(port, movies, n) for run in runs]
        now, most = resident_mb(process_id)
    sources = Counter(source for clicks in measured for source in clicks.sources)
    notes = [
        f"Lists by the model: {sources['model']}, by the fallback: {sources['fallback']}.",
        f"The model server's resident memory: {now:.0f} MB, at most {most:.0f} MB.",
    ]
    return _section(title, CLICK, measured, notes)


def _section(
    title: str, text: str, rows: Sequence[Durations], notes: Sequence[str] = ()
) -> list[str]:
    return [f"## {title}", "", text, "", table(rows), "", *(f"{note}\n" for note in notes)]


def _head(n: int) -> list[str]:
    today = datetime.datetime.now(datetime.UTC).date()
    command = f"python -m tests.benchmarks.bench_serve --n {n}"
    return [
        "# How fast a click is answered",
        "",
        f"{today}, by `{command}`. Seed {SEED}; the first {WARM_UP} of each are a warm-up and",
        "are not counted.",
        "",
    ]


def _popular(artifact: Artifact, k: int) -> list[int]:
    """Public ids of the movies that most people liked."""
    catalogue = artifact.catalogue
    best = (-catalogue.likes[1:]).argsort(kind="stable")[:k] + 1
    return [int(one) for one in catalogue.movies.public(best.tolist())]


if __name__ == "__main__":
    main()
