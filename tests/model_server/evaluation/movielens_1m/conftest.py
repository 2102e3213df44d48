"""Files of events as MovieLens 1M has them here."""

import polars as pl
import pytest

from model_server.evaluation.movielens_1m.times import COLUMNS


@pytest.fixture
def events_file(tmp_path):
    """Writes (user, movie, time or None, low, high) rows, each person's in their order."""

    def write(*rows, **columns):
        positions: dict[int, int] = {}
        table = []
        for user, movie, *times in rows:
            positions[user] = positions.get(user, -1) + 1
            known, low, high = times if len(times) == 3 else times * 3
            table.append((user, positions[user], movie, known, low, high))
        path = tmp_path / "events.parquet"
        frame = pl.DataFrame(table, schema=COLUMNS, orient="row")
        frame.with_columns(
            **{name: pl.lit(value) for name, value in columns.items()}
        ).write_parquet(path)
        return path

    return write
