"""A run that was stopped goes on from where it was."""

import pytest

from model_server.data.errors import DataError
from model_server.data.fetched import fetch, read_fetched
from model_server.data.records import Facts


@pytest.fixture
def asked():
    return []


@pytest.fixture
def details(asked):
    """Details of every film but 404, that note what was asked; 13 breaks the run."""

    def answer(tmdb_id):
        asked.append(tmdb_id)
        if tmdb_id == 13:
            raise DataError("tmdb", None, "does not answer")
        return None if tmdb_id == 404 else Facts(tmdb_id=tmdb_id, keywords=("é",))

    return answer


def test_films_are_fetched_in_the_order_given_and_once(details, asked, tmp_path):
    found = fetch([5, 3, 5], details, tmp_path / "state" / "tmdb.jsonl")
    assert asked == [5, 3]
    assert found == {5: Facts(tmdb_id=5, keywords=("é",)), 3: Facts(tmdb_id=3, keywords=("é",))}


def test_what_was_fetched_is_not_asked_again_nor_what_is_not_known(details, asked, tmp_path):
    fetch([1, 404], details, tmp_path / "f")
    found = fetch([1, 404, 2], details, tmp_path / "f")
    assert asked == [1, 404, 2]
    assert sorted(found) == [1, 2]


def test_what_was_fetched_before_an_error_is_kept(details, asked, tmp_path):
    with pytest.raises(DataError):
        fetch([1, 13, 2], details, tmp_path / "f")
    assert read_fetched(tmp_path / "f") == {1: Facts(tmdb_id=1, keywords=("é",))}


def test_a_line_that_was_cut_off_is_fetched_again(details, asked, tmp_path):
    path = tmp_path / "f"
    fetch([1, 2], details, path)
    path.write_bytes(path.read_bytes()[:-9])
    fetch([1, 2], details, path)
    assert asked == [1, 2, 2]
    assert sorted(read_fetched(path)) == [1, 2]


def test_a_letter_that_was_cut_in_two_is_fetched_again(details, asked, tmp_path):
    path = tmp_path / "f"
    fetch([1, 2], details, path)
    whole = path.read_bytes()
    path.write_bytes(whole[: whole.rindex("é".encode()) + 1])
    assert sorted(fetch([1, 2], details, path)) == [1, 2]
    assert path.read_bytes() == whole


def test_a_malformed_line_is_refused_with_its_number(details, tmp_path):
    path = tmp_path / "f"
    fetch([1], details, path)
    with path.open("a") as file:
        file.write('{"tmdb_id": "x"}\n')
    with pytest.raises(DataError, match=r"f, line 2: holds no film's details"):
        read_fetched(path)


def test_without_a_file_nothing_was_fetched(tmp_path):
    assert read_fetched(tmp_path / "none") == {}
    (tmp_path / "empty").touch()
    assert read_fetched(tmp_path / "empty") == {}
