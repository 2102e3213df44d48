"""What people type, and the film of the real catalogue that they mean, in every store alike."""

import gzip
import threading
from collections.abc import Iterator
from contextlib import closing

import msgspec
import pytest

from tests.web.films import write_lines
from tests.web.searches import found
from web.catalogue.source import Source
from web.config import Config
from web.stores.elastic_catalogue import ElasticCatalogue
from web.stores.elastic_index import load
from web.stores.sqlite_catalogue import SqliteCatalogue
from web.stores.sqlite_catalogue_file import make_current

SEARCHES = [
    # as it stands, and as MovieLens writes it
    ("the matrix", 2571),
    ("Matrix, The", 2571),
    ("schindler's list", 527),
    ("schindlers list", 527),
    ("M*A*S*H", 5060),
    ("WALL-E", 60069),
    ("e.t.", 1097),
    ("spiderman", 5349),
    ("starwars", 260),
    ("seven", 47),
    ("se7en", 47),
    ("rocky 2", 2409),
    ("the godfather part 2", 1221),
    # typos
    ("matirx", 2571),
    ("godfater", 858),
    ("pulp fition", 296),
    ("shawshenk redemtion", 318),
    ("forest gump", 356),
    ("silense of the lambs", 593),
    ("jurasic park", 480),
    ("termnator 2", 589),
    ("gladiater", 3578),
    ("titanc", 1721),
    ("inceptoin", 79132),
    ("intersteller", 109487),
    ("fight clb", 2959),
    ("toy stroy", 1),
    ("blade runer 2049", 176371),
    ("psyco", 1219),
    # accents and other languages
    ("amelie", 4973),
    ("Amélie", 4973),
    ("fabuleux destin", 4973),
    ("léon", 293),
    ("y tu mama tambien", 5225),
    ("laberinto del fauno", 48394),
    ("cidade de deus", 6016),
    ("sen to chihiro", 5618),
    ("das boot", 1233),
    # beginnings
    ("star w", 260),
    ("harry pot", 4896),
    ("pirates of the car", 6539),
    ("back to the fut", 1270),
    ("crouching tiger", 3996),
    ("godf", 858),
    # remakes and names that are numbers or words of one syllable
    ("psycho", 1219),
    ("psycho 1998", 2389),
    ("dune 1984", 2021),
    ("true grit 2010", 82459),
    ("true grit 1969", 3494),
    ("ocean's eleven", 4963),
    ("oceans eleven 1960", 4954),
    ("king kong 1933", 2366),
    ("a star is born 1954", 25996),
    ("2001", 924),
    ("up", 68954),
    ("it", 175303),
]
MOST_RATED, ONE_IN = 3_000, 20


@pytest.fixture(scope="module")
def real(tmp_path_factory) -> Source:
    """The best known films of the starter's catalogue, and a share of all the others."""
    starter = Source(Config().catalogue_dir)
    wanted = {movie_id for _, movie_id in SEARCHES}
    folder = tmp_path_factory.mktemp("real")
    genres = len([tag for tag in starter.tags() if tag.kind == "genre"])
    lines = []
    for place, movie in enumerate(starter.movies()):
        if place < MOST_RATED or place % ONE_IN == 0 or movie.id in wanted:
            keywords = [tag for tag in movie.tags if tag > genres]
            lines.append({**msgspec.to_builtins(movie), "tags": keywords})
    write_lines(folder / "movies.jsonl.gz", lines)
    tags = (starter.folder / "tags.jsonl.gz").read_bytes()
    (folder / "tags.jsonl.gz").write_bytes(tags)
    return Source(folder)


@pytest.fixture(scope="module")
def sqlite(real, tmp_path_factory) -> Iterator[SqliteCatalogue]:
    path = tmp_path_factory.mktemp("fifty") / "catalogue.db"
    make_current(path, real)
    with closing(SqliteCatalogue(path, 10_000)) as store:
        yield store


@pytest.fixture(scope="module")
def elasticsearch(real, elastic) -> ElasticCatalogue:
    client, alias = elastic("marquee-test-fifty")
    load(client, alias, real)
    return ElasticCatalogue(client, alias, threading.Event())


def test_there_are_fifty_searches_at_least():
    assert len({query for query, _ in SEARCHES}) >= 50


@pytest.mark.parametrize(("query", "movie_id"), SEARCHES)
def test_sqlite_puts_first_what_was_meant(sqlite, query, movie_id):
    assert [movie.id for movie in found(sqlite, query)][:1] == [movie_id]


@pytest.mark.parametrize(("query", "movie_id"), SEARCHES)
def test_elasticsearch_puts_first_what_was_meant(elasticsearch, query, movie_id):
    assert [movie.id for movie in found(elasticsearch, query)][:1] == [movie_id]


def test_the_starter_holds_as_many_films_as_are_promised():
    lines = gzip.decompress((Config().catalogue_dir / "movies.jsonl.gz").read_bytes()).count(b"\n")
    assert lines >= 20_000
