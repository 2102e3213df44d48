"""The metadata table (laid out like movies.parquet): one row a MovieLens film."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
from polars.exceptions import PolarsError

from model_server.data.errors import DataError
from model_server.data.records import NO_GENRES, Facts, Named

COLUMNS = {
    "movie_id": pl.Int64(),
    "title": pl.String(),
    "genres": pl.List(pl.String()),
    "tmdb_id": pl.Int64(),
    "imdb_id": pl.String(),
    "imdb_rating": pl.Float64(),
    "imdb_votes": pl.Int64(),
    "original_title": pl.String(),
    "original_language": pl.String(),
    "release_date": pl.String(),
    "runtime": pl.Int64(),
    "poster_path": pl.String(),
    "backdrop_path": pl.String(),
    "keywords": pl.List(pl.String()),
    "directors": pl.List(pl.String()),
    "cast": pl.List(pl.String()),
    "youtube_id": pl.String(),
}
# '{2419,"Jean-Pierre Jeunet"}' stands in 1,399 rows: a record of TMDB's id and the name.
_RECORD = re.compile(r'^\{\d+,"?(.*?)"?\}$')
_IMAGE = re.compile(r"/[\w-]+\.(?:jpg|png|svg)")
_DATE = re.compile(r"\d{4}(?:-\d\d-\d\d)?")
_IMDB_ID = re.compile(r"tt\d{7,}")
_LANGUAGE = re.compile(r"[a-z]{2}")
# A second source wrote languages out; "cn" is TMDB's own code for Cantonese.
_LANGUAGE_CODES = {
    "Arabic": "ar", "Bengali": "bn", "Chinese": "zh", "Danish": "da", "Dutch": "nl",
    "English": "en", "Finnish": "fi", "French": "fr", "German": "de", "Hindi": "hi",
    "Italian": "it", "Japanese": "ja", "Kannada": "kn", "Korean": "ko", "Malayalam": "ml",
    "Marathi": "mr", "Polish": "pl", "Portuguese": "pt", "Russian": "ru", "Spanish": "es",
    "Swedish": "sv", "Tamil": "ta", "Telugu": "te", "Turkish": "tr", "cn": "zh",
}  # fmt: skip
YOUTUBE_ID = re.compile(r"[\w-]{11}", re.ASCII)


def read_metadata(path: Path) -> tuple[dict[int, Named], dict[int, Facts]]:
    """Every film's MovieLens name and genres, and what else the table says of it.

    Raises DataError for a file that is no Parquet, a missing column, a column of another type, a
    film without an id or title, and an id that comes twice.
    """
    table = _read_table(path)
    named, facts = {}, {}
    for number, row in enumerate(table.iter_rows(named=True), start=1):
        movie_id = row["movie_id"]
        if movie_id is None or movie_id < 1 or row["title"] is None:
            raise DataError(path, number, f"needs a movie_id from 1 and a title, got {movie_id}")
        if movie_id in named:
            raise DataError(path, number, f"repeats movie_id {movie_id}")
        genres = tuple(genre for genre in row["genres"] or () if genre != NO_GENRES)
        named[movie_id] = Named(row["title"], genres)
        facts[movie_id] = _facts(row)
    return named, facts


def _read_table(path: Path) -> pl.DataFrame:
    try:
        schema = pl.read_parquet_schema(path)
        missing = [column for column in COLUMNS if column not in schema]
        if missing:
            raise DataError(path, None, f"has no column {', '.join(missing)}")
        table = pl.read_parquet(path, columns=list(COLUMNS)).cast(pl.Schema(COLUMNS))
    except (PolarsError, OSError) as error:
        raise DataError(path, None, f"cannot be read as the metadata table: {error}") from error
    if table.is_empty():
        raise DataError(path, None, "has no rows")
    return table


def _facts(row: dict[str, Any]) -> Facts:
    return clean(
        Facts(
            imdb_id=row["imdb_id"],
            tmdb_id=row["tmdb_id"],
            rating=row["imdb_rating"],
            votes=row["imdb_votes"],
            original_title=row["original_title"],
            language=row["original_language"],
            release_date=row["release_date"],
            runtime=row["runtime"],
            poster=row["poster_path"],
            backdrop=row["backdrop_path"],
            keywords=tuple(row["keywords"] or ()),
            directors=tuple(row["directors"] or ()),
            cast=tuple(row["cast"] or ()),
            trailer=row["youtube_id"],
        )
    )


def clean(facts: Facts) -> Facts:
    """The facts without values that cannot be meant: a runtime of 0, '#NAME?' for a trailer."""
    rated = facts.rating is not None and facts.votes and 0 < facts.rating <= 10
    return replace(
        facts,
        imdb_id=_matching(_IMDB_ID, facts.imdb_id),
        rating=facts.rating if rated else None,
        votes=facts.votes if rated else None,
        language=_matching(_LANGUAGE, _LANGUAGE_CODES.get(facts.language or "", facts.language)),
        release_date=_matching(_DATE, facts.release_date),
        runtime=facts.runtime if (facts.runtime or 0) > 0 else None,
        poster=_matching(_IMAGE, facts.poster),
        backdrop=_matching(_IMAGE, facts.backdrop),
        directors=tuple(_person(name) for name in facts.directors),
        cast=tuple(_person(name) for name in facts.cast),
        trailer=_matching(YOUTUBE_ID, facts.trailer),
    )


def _matching(pattern: re.Pattern[str], text: str | None) -> str | None:
    return text if text and pattern.fullmatch(text) else None


def _person(name: str) -> str:
    found = _RECORD.match(name)
    return found[1].replace('""', '"') if found else name
