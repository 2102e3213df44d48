"""The metadata table (laid out like movies.parquet): reading it, and what of it to believe.

The table was joined by MovieLens's own links where there are any and by title and year for the
rest, and both go wrong:

- A join by title compared ASCII letters only, so every film of 2019 whose title is written in
  Greek or Cyrillic became "기생충" (Parasite), with Parasite's 1.1 million votes.
- Four films are called "Alone" and are of 2020; the join gave all four the same ids.
- Some of MovieLens's own links name a remake or a film of the same name of another decade.

A wrong poster or rating is worse than none: `believable` takes away what cannot be trusted.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl
from polars.exceptions import PolarsError

from model_server.data.errors import DataError
from model_server.data.records import NO_GENRES, Facts, Link, Named
from model_server.data.titles import Title, fold

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
# Of the linked films, those more than this many years from TMDB's release are other films.
_MOST_YEARS_APART = 3
# '{2419,"Jean-Pierre Jeunet"}' stands in 1,399 rows: a record of TMDB's id and the name.
_RECORD = re.compile(r'^\{\d+,"?(.*?)"?\}$')
_IMAGE = re.compile(r"/[\w-]+\.(?:jpg|png|svg)")
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
        named[movie_id] = Named(
            row["title"], tuple(g for g in row["genres"] or () if g != NO_GENRES)
        )
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


def _facts(row: Mapping[str, object]) -> Facts:
    return clean(
        Facts(
            imdb_id=row["imdb_id"],  # type: ignore[arg-type]  # polars checked the types above
            tmdb_id=row["tmdb_id"],  # type: ignore[arg-type]
            rating=row["imdb_rating"],  # type: ignore[arg-type]
            votes=row["imdb_votes"],  # type: ignore[arg-type]
            original_title=row["original_title"],  # type: ignore[arg-type]
            language=row["original_language"],  # type: ignore[arg-type]
            release_date=row["release_date"],  # type: ignore[arg-type]
            runtime=row["runtime"],  # type: ignore[arg-type]
            poster=row["poster_path"],  # type: ignore[arg-type]
            backdrop=row["backdrop_path"],  # type: ignore[arg-type]
            keywords=tuple(row["keywords"] or ()),  # type: ignore[arg-type]
            directors=tuple(row["directors"] or ()),  # type: ignore[arg-type]
            cast=tuple(row["cast"] or ()),  # type: ignore[arg-type]
            trailer=row["youtube_id"],  # type: ignore[arg-type]
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
        runtime=facts.runtime or None,
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


def believable(
    facts: Mapping[int, Facts],
    titles: Mapping[int, Title],
    links: Mapping[int, Link],
    ratings: Mapping[int, int],
) -> dict[int, Facts]:
    """The facts of each film with those taken away that are another film's.

    links: MovieLens's own. ratings: how many people rated each film; it decides between films
    that cannot be told apart otherwise.
    """
    kept = {}
    owners = _owners(facts, titles, links, ratings)
    for movie_id, own in facts.items():
        if own.tmdb_id is None or movie_id in owners[own.tmdb_id]:
            kept[movie_id] = own
        elif movie_id in links:
            kept[movie_id] = _without_tmdb(own)
        else:
            kept[movie_id] = Facts()
    return kept


def _without_tmdb(facts: Facts) -> Facts:
    """What comes from IMDb, whose id is right when TMDB's is wrong."""
    return Facts(imdb_id=facts.imdb_id, rating=facts.rating, votes=facts.votes)


def _owners(
    facts: Mapping[int, Facts],
    titles: Mapping[int, Title],
    links: Mapping[int, Link],
    ratings: Mapping[int, int],
) -> dict[int, set[int]]:
    claims: dict[int, list[int]] = defaultdict(list)
    for movie_id, own in facts.items():
        if own.tmdb_id is not None:
            claims[own.tmdb_id].append(movie_id)
    owners = {}
    for tmdb_id, claimants in claims.items():
        linked = [film for film in claimants if film in links]
        if linked:
            owners[tmdb_id] = _linked_owners(linked, facts, titles, ratings)
        else:
            likely = [film for film in claimants if _may_be(titles[film], facts[film])]
            owners[tmdb_id] = _only_one(likely, facts, titles, ratings)
    return owners


def _linked_owners(
    films: list[int],
    facts: Mapping[int, Facts],
    titles: Mapping[int, Title],
    ratings: Mapping[int, int],
) -> set[int]:
    """Of films that MovieLens links to one TMDB id: all those it can be.

    One film under two MovieLens ids (titles alike, at most a year apart) is right twice.
    """
    near = [
        film
        for film in films
        if (_years_apart(titles[film], facts[film]) or 0) <= _MOST_YEARS_APART
    ]
    if len(near) < 2:
        return set(near)
    best = max(near, key=lambda film: (_is_named(titles[film], facts[film]), ratings.get(film, 0)))
    return {film for film in near if is_same_film(titles[film], titles[best])}


def is_same_film(one: Title, other: Title) -> bool:
    """Whether two titles that share an id are one film listed twice: a name and the year agree."""
    years_agree = abs((one.year or 0) - (other.year or 0)) <= 1
    return years_agree and bool(_folded(one) & _folded(other))


def _only_one(
    films: list[int],
    facts: Mapping[int, Facts],
    titles: Mapping[int, Title],
    ratings: Mapping[int, int],
) -> set[int]:
    """The one of several films joined by title that people rated or whose year is exact.

    Nobody when that leaves several: better no poster than the poster of another "Alone".
    """
    rated = [film for film in films if ratings.get(film, 0) > 0]
    exact = [film for film in films if _years_apart(titles[film], facts[film]) == 0]
    alone = (those for those in (films, rated, exact) if len(those) == 1)
    return set(next(alone, ()))


def _may_be(title: Title, facts: Facts) -> bool:
    """Whether a join by title can be right: not one that compared no or one ASCII letter."""
    return len([c for c in fold(title.name) if c.isascii()]) > 1 or _is_named(title, facts)


def _is_named(title: Title, facts: Facts) -> bool:
    return fold(facts.original_title or "") in _folded(title)


def _folded(title: Title) -> set[str]:
    return {fold(name) for name in (title.name, *title.names)}


def _is_other_time(title: Title, facts: Facts) -> bool:
    return (_years_apart(title, facts) or 0) > _MOST_YEARS_APART


def _years_apart(title: Title, facts: Facts) -> int | None:
    """Between MovieLens's year and TMDB's release, None where either is not known.

    A release date of four digits stands in rows that were joined from elsewhere ("2004" for the
    film of 1956 with the poster of 1956): it says nothing.
    """
    if title.year is None or not facts.release_date or len(facts.release_date) < 10:
        return None
    return abs(int(facts.release_date[:4]) - title.year)
