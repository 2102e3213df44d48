"""Each command of `python -m model_server.data` as a person runs it."""

import polars as pl
import pytest

from model_server.data import commands
from model_server.data.__main__ import main
from model_server.data.catalogue import (
    MOVIES,
    TAGS,
    Catalogue,
    genre_tags,
    read_catalogue,
    write_catalogue,
)
from model_server.data.commands import RELEASE_FILES
from model_server.data.corpus import load_corpus
from model_server.data.keywords import keyword_id
from model_server.data.records import Film

HEIST = keyword_id("heist")


@pytest.fixture
def run(tmp_path, capsys):
    """Run a command with its state under tmp_path/var; gives exit code, stdout, stderr."""

    def ran(*argv: object, **environ: str) -> tuple[int, str, str]:
        code = main([str(word) for word in argv], {"STATE_DIR": str(tmp_path / "var"), **environ})
        return code, *capsys.readouterr()

    return ran


@pytest.fixture
def base(tmp_path):
    """Films 1 to 20, whose TMDB ids are 101 to 120, and The Matrix, imported earlier."""
    films = tuple(Film(n, f"Film {n}", (), 1990, tmdb_id=100 + n) for n in range(1, 21))
    matrix = Film(2571, "The Matrix", ("Matrix, The",), 1999, ratings=9, tmdb_id=603)
    tags = tuple(genre_tags(films))
    write_catalogue(Catalogue((*films, matrix), tags), tmp_path / "var" / "catalogue")
    return tmp_path / "var" / "catalogue"


def films(folder):
    return {film.id: film for film in read_catalogue(folder).films}


def test_a_release_adds_its_films_and_makes_a_corpus(run, base, release, tmp_path):
    code, out, _ = run("movielens", release)
    assert code == 0
    assert films(base)[4973].title == "Amelie"
    assert (films(base)[2571].ratings, films(base)[838].ratings) == (2, 1)
    corpus = tmp_path / "var" / "corpus"
    assert load_corpus(corpus).movie_id.tolist() == [2571, 4973, 838, 2571]
    assert f"{base}: 23 films" in out
    assert f"make run CATALOGUE_DIR={base}" in out
    assert f"{corpus / 'corpus.npz'}: 4 ratings by 2 people" in out
    assert f"MARQUEE_DATA={corpus} make train" in out


def test_ml_1m_is_imported_in_its_own_layout(run, base, write):
    write("ml-1m/movies.dat", "73::Misérables, Les (1995)::Drama\n", "latin-1")
    folder = write("ml-1m/ratings.dat", "1::73::5::978300760\n").parent
    assert run("movielens", folder)[0] == 0
    assert films(base)[73].title == "Les Misérables"


def test_ml_100k_is_imported_under_the_common_ids(run, base, write, tmp_path):
    write("ml-100k/u.item", f"7|Matrix, The (1999)|01-Jan-1999||http://x{'|0' * 19}\n", "latin-1")
    folder = write("ml-100k/u.data", "1\t7\t5\t880606923\n").parent
    assert run("movielens", folder)[0] == 0
    assert load_corpus(tmp_path / "var" / "corpus").movie_id.tolist() == [2571]


def test_ml_100k_of_unknown_films_is_refused(run, base, write):
    write("ml-100k/u.item", f"7|unknown||||{'|'.join('0' * 19)}\n")
    folder = write("ml-100k/u.data", "1\t7\t5\t880606923\n").parent
    code, _, err = run("movielens", folder)
    assert (code, err) == (1, f"error: {folder}: none of its films is in the catalogue\n")


def test_a_corpus_of_several_releases_is_made_without_a_change_to_the_catalogue(
    run, base, release, write, tmp_path
):
    before = (base / MOVIES).read_bytes()
    other = write("ml-1m/ratings.dat", "1::73::5::978300760\n").parent
    code, out, _ = run("corpus", "--movielens", release, other, "--out", tmp_path / "made")
    assert code == 0
    assert load_corpus(tmp_path / "made").people == 3
    assert "5 ratings by 3 people" in out
    assert (base / MOVIES).read_bytes() == before


def test_keywords_become_tags_of_the_films_with_that_tmdb_id(run, base, write):
    rows = "".join(f"{100 + n},\"[{{'id': 1, 'name': 'heist'}}]\"\n" for n in range(1, 21))
    assert run("keywords", write("keywords.csv", "id,keywords\n" + rows))[0] == 0
    assert films(base)[1].tags == (HEIST,)
    assert films(base)[2571].tags == ()


def test_trailers_are_added_by_movie_id(run, base, write):
    path = write("y.csv", "youtubeId,movieId,title\nS6EnMVtaC3A,2571,Matrix (1999)\n")
    assert run("trailers", path)[0] == 0
    assert films(base)[2571].trailer == "S6EnMVtaC3A"


def test_a_metadata_table_adds_films_and_facts(run, base, metadata_table):
    row = {"movie_id": 3000, "title": "Princess Mononoke (1997)", "runtime": 134}
    assert run("metadata", metadata_table(row))[0] == 0
    assert (films(base)[3000].title, films(base)[3000].runtime) == ("Princess Mononoke", 134)
    assert len(films(base)) == 22


def test_details_come_from_tmdb_for_the_most_rated_films_first(run, base, fake_tmdb):
    fake_tmdb.knows(603, runtime=136)
    fake_tmdb.knows(101, runtime=90)
    argv = ("tmdb", "--url", fake_tmdb.url, "--limit", 2)
    assert run(*argv, TMDB_API_KEY="key")[0] == 0
    assert run(*argv, TMDB_API_KEY="key")[0] == 0  # asks nothing again
    assert [path for path, _, _ in fake_tmdb.asked] == ["/movie/603", "/movie/101"]
    assert (films(base)[2571].runtime, films(base)[1].runtime) == (136, 90)


def test_a_missing_key_is_one_line_that_names_the_variable(run, base):
    assert run("tmdb") == (
        1,
        "",
        "error: TMDB_API_KEY: is not set: put your TMDB API key into it\n",
    )


@pytest.mark.parametrize("limit", ["0", "-1", "many"])
def test_a_limit_is_a_whole_number_from_1(run, limit, capsys):
    with pytest.raises(SystemExit):
        run("tmdb", f"--limit={limit}")
    assert "must be a whole number from 1" in capsys.readouterr().err


def test_without_an_earlier_import_the_starter_is_added_to(run, base, write, tmp_path, monkeypatch):
    base.rename(tmp_path / "catalogue")
    monkeypatch.setattr(commands, "STARTER", tmp_path)
    before = (tmp_path / "catalogue" / MOVIES).read_bytes()
    path = write("y.csv", "youtubeId,movieId,title\nS6EnMVtaC3A,2571,Matrix (1999)\n")
    assert run("trailers", path)[0] == 0
    assert films(base)[2571].trailer == "S6EnMVtaC3A"
    assert (tmp_path / "catalogue" / MOVIES).read_bytes() == before


def test_malformed_data_is_one_line_and_what_was_there_stays(run, base, write):
    before = {path: path.read_bytes() for path in base.iterdir()}
    path = write("y.csv", "youtubeId,movieId,title\nS6EnMVtaC3A,x,A\n")
    code, out, err = run("trailers", path)
    assert (code, out) == (1, "")
    assert (
        err
        == f"error: {path}, line 2: movieId must be a whole number from 1 to 2147483647, got 'x'\n"
    )
    assert {path: path.read_bytes() for path in base.iterdir()} == before


@pytest.fixture
def data(release, metadata_table, write):
    """A folder with all that the starter is made from."""
    release.rename(release.parent / "movielens")
    movielens = release.parent / "movielens"
    metadata_table(
        {"movie_id": 2571, "title": "Matrix, The (1999)", "tmdb_id": 603, "runtime": 136}
    )
    write("ml-youtube.csv", "youtubeId,movieId,title\nS6EnMVtaC3A,50,Usual Suspects (1995)\n")
    write("tmdb-keywords.csv", "id,keywords\n603,\"[{'id': 1, 'name': 'hacker'}]\"\n")
    write("movielens/ml-1m/movies.dat", "73::Misérables, Les (1995)::Drama\n", "latin-1")
    for name in RELEASE_FILES:
        source = movielens / name
        text = source.read_text() if source.exists() else "licence\n"
        write(f"movielens/ml-latest-small/{name}", text)
    events = {"person": [1], "position": [0], "movie_id": [50], "rating": [5.0], "timestamp": [9]}
    pl.DataFrame(events).write_parquet(movielens / "events.parquet")
    return movielens.parent


def test_the_starter_is_the_catalogue_and_the_whole_small_release(run, data, tmp_path):
    out = tmp_path / "starter"
    assert run("starter", "--out", out, MARQUEE_DATA=str(data))[0] == 0
    made = films(out / "catalogue")
    assert {film.id: film.title for film in made.values()} == {
        50: "Usual Suspects",
        73: "Les Misérables",
        838: "Emma",
        2571: "The Matrix",
        4973: "Amelie",
    }
    assert (made[2571].runtime, made[50].ratings, made[50].trailer) == (136, 1, "S6EnMVtaC3A")
    small = {path.name: path.read_text() for path in (out / "ml-latest-small").iterdir()}
    assert sorted(small) == sorted(RELEASE_FILES)
    assert small["README.txt"] == "licence\n"


def test_a_rebuild_from_equal_data_gives_equal_bytes(run, data, tmp_path):
    for name in ("one", "two"):
        assert run("starter", "--data", data, "--out", tmp_path / name)[0] == 0
    for name in (MOVIES, TAGS):
        one, two = (tmp_path / at / "catalogue" / name for at in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize(
    "name",
    [
        "movies.parquet",
        "ml-youtube.csv",
        "tmdb-keywords.csv",
        "movielens/movies.csv",
        "movielens/events.parquet",
        "movielens/ml-1m/movies.dat",
    ],
)
def test_a_starter_is_not_begun_while_a_part_of_the_data_is_malformed(run, data, tmp_path, name):
    (data / name).write_bytes(b"\xff\xfe not this\n")
    code, _, err = run("starter", "--data", data, "--out", tmp_path / "starter")
    assert code == 1
    assert err.startswith(f"error: {data / name}")
    assert err.count("\n") == 1
    assert not (tmp_path / "starter").exists()
