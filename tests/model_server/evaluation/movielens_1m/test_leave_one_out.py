import pytest

from model_server.data.errors import DataError
from model_server.evaluation.movielens_1m.leave_one_out import FILE, read, read_file


@pytest.fixture
def file_of(tmp_path):
    def write(text):
        path = tmp_path / FILE
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def in_ids(protocol, indexes):
    return protocol.movies.public(indexes).tolist()


def test_the_last_movie_is_the_test_target_and_the_one_before_it_that_of_validation(file_of):
    protocol = read_file(file_of("7\t30 10 20 40\n8\t10 30 20\n"))
    (validation, _), (test, _) = protocol.validation, protocol.test
    assert (in_ids(protocol, validation.earlier), in_ids(protocol, [validation.target])) == (
        [30, 10],
        [20],
    )
    assert (in_ids(protocol, test.earlier), in_ids(protocol, [test.target])) == (
        [30, 10, 20],
        [40],
    )


def test_no_target_is_learnt_from_even_by_a_finished_model(file_of):
    protocol = read_file(file_of("7\t30 10 20 40\n8\t10 30 20\n"))
    for sequences in (protocol.train, protocol.final):
        assert [in_ids(protocol, sequence) for sequence in sequences] == [[30, 10], [10]]


def test_movies_that_are_only_targets_are_ranked_too(file_of):
    assert read_file(file_of("7\t30 10 20 40\n")).movies.ids.tolist() == [10, 30, 20, 40]


def test_the_file_is_found_under_the_data(tmp_path):
    folder = tmp_path / "movielens" / "ml-1m"
    folder.mkdir(parents=True)
    (folder / FILE).write_text("1\t1 2 3\n")
    assert len(read({"MARQUEE_DATA": str(tmp_path)}).test) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ": is empty"),
        (b"\xff\t1 2 3\n", ": cannot be read as text: 'utf-8'"),
        ("1\t1 2 3\n2 1 2 3\n", ", line 2: needs a user id, a tab and movie ids"),
        ("1\t1 2 3\n\n", ", line 2: needs a user id, a tab and movie ids"),
        ("ann\t1 2 3\n", ", line 1: needs a user id"),
        ("1\t1 2 3\n2\t1 two 3\n", ", line 2: movie ids are 1 to 2147483647, got 'two'"),
        ("1\t1 0 3\n", ", line 1: movie ids are 1 to 2147483647, got '0'"),
        ("1\t1 4294967297 3\n", ", line 1: movie ids are 1 to 2147483647, got '4294967297'"),
        ("1\t1 2 3\n2\t5\n", ", line 2: needs 3 movies or more, got 1"),
        ("1\t\n", ", line 1: needs 3 movies or more, got 0"),
        ("1\t1 2 3\n2\t1 5 2 5\n", ", line 2: has movie 5 more than once"),
        ("1\t1 2 3\n2\t1 2 3\n1\t4 5 6\n", ", line 3: has user 1 of line 1 again"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_line(file_of, text, said):
    path = file_of(text)
    with pytest.raises(DataError) as caught:
        read_file(path)
    assert str(caught.value).startswith(f"{path}{said}")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DataError, match=f"{FILE}: no such file"):
        read_file(tmp_path / FILE)
