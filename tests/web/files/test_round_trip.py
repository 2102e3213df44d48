"""Films of the real catalogue go out into files and come back as themselves."""

import csv
import io
from collections.abc import Iterator
from contextlib import closing
from itertools import islice

import pytest

from web.catalogue.source import Source
from web.config import Config
from web.domain import Movie
from web.files.exporting import export
from web.files.importing import read, weigh
from web.files.shapes import ExportQuery
from web.picks import Opinions, Picked
from web.stores.cached_catalogue import CachedCatalogue
from web.stores.sqlite_catalogue import SqliteCatalogue
from web.stores.sqlite_catalogue_file import make_current

pytestmark = pytest.mark.slow

PARTS = ("saved", "picks", "all")


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory) -> Iterator[CachedCatalogue]:
    path = tmp_path_factory.mktemp("starter") / "catalogue.db"
    make_current(path, Source(Config().catalogue_dir))
    with closing(SqliteCatalogue(path, 10_000)) as store:
        yield CachedCatalogue(store)


@pytest.fixture(scope="module")
def films() -> list[Movie]:
    """Films whose titles are a trial for a table, and the best known, each once."""
    movies = [film for film in Source(Config().catalogue_dir).movies() if film.same_as is None]
    trials = (
        lambda title: title[0] in "=+-@",
        lambda title: title[0] == "'",
        lambda title: '"' in title and "," in title,
        lambda title: '"' in title,
        lambda title: "," in title,
        lambda title: not title.isascii(),
        lambda title: True,
    )
    chosen = (
        film for holds in trials for film in islice((one for one in movies if holds(one.title)), 60)
    )
    return list({film.id: film for film in chosen}.values())


@pytest.fixture(scope="module")
def session(films, catalogue) -> Opinions:
    """Every second film liked and its neighbour disliked, between tags; some seen, all saved."""
    tags = [Picked("tag", tag.id, tag.id % 2 == 0) for tag in catalogue.tags().tags[:40]]
    picks = [Picked("movie", film.id, film.id % 2 == 0) for film in films[::2]]
    ids = tuple(film.id for film in films)
    return Opinions((*tags[:20], *picks, *tags[20:]), ids[1::2], ids)


def test_the_films_are_a_trial(films):
    titles = {film.title for film in films}
    assert {"+1", "@urFRENZ", "'71", "'Round Midnight"} <= titles
    assert sum('"' in title and "," in title for title in titles) >= 2
    assert sum(not title.isascii() for title in titles) >= 50


def came_back(session, catalogue, part: str, file_format: str) -> Opinions:
    """What a stranger has who takes the file of a part."""
    file = export(session, ExportQuery(what=part, format=file_format), catalogue)
    return weigh(read(file.content, file.name, None), Opinions(), catalogue).after


@pytest.mark.parametrize("file_format", ["csv", "json"])
@pytest.mark.parametrize("part", PARTS)
def test_a_part_comes_back_in_its_order(session, catalogue, part, file_format):
    expected = {
        "saved": Opinions(saved=session.saved),
        "picks": Opinions(picks=session.picks),
        "all": session,
    }
    assert came_back(session, catalogue, part, file_format) == expected[part]


def test_films_come_back_from_letterboxds_columns(session, catalogue, films):
    """But for those that have neither an id nor a year and title of their own."""
    telling = {film.id for film in films if film.imdb_id or film.tmdb_id}
    films_picked = tuple(pick for pick in session.picks if pick.kind == "movie")
    picks = came_back(session, catalogue, "picks", "letterboxd").picks
    assert set(picks) <= set(films_picked)
    assert {pick for pick in films_picked if pick.id in telling} <= set(picks)
    saved = came_back(session, catalogue, "saved", "letterboxd").saved
    assert telling <= set(saved) <= set(session.saved)


def test_a_spreadsheet_that_writes_the_table_anew_loses_nothing(session, catalogue):
    """As Excel saves it in a country of decimal commas: semicolons, UTF-16, no quotes needed."""
    file = export(session, ExportQuery(what="saved"), catalogue)
    rows = csv.reader(io.StringIO(file.content.decode("utf-8-sig"), newline=""))
    written = io.StringIO()
    csv.writer(written, delimiter=";").writerows(rows)
    again = read(written.getvalue().encode("utf-16"), "Mappe1.csv", None)
    assert weigh(again, Opinions(), catalogue).after.saved == session.saved
