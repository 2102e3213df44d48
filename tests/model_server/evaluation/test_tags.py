import pytest

from model_server.engines.base import Event
from model_server.evaluation import __main__ as command
from model_server.evaluation.cases import Case
from model_server.evaluation.tags import SESSIONS, count_steps, measure


def test_every_session_is_measured_every_way(engine, catalogue):
    cases = [Case(person, (Event(1, True),), 5, (2, 4)) for person in range(3)]
    watched = []
    found = measure(engine, cases, catalogue, 1, lambda *said: watched.append(said))
    sessions = [session.title for session in SESSIONS]
    assert [row.variant for row in found.ranked[::2]] == [
        f"{session}, {tags}"
        for session in sessions
        for tags in ("0 tags", "1 tag", "2 tags", "3 tags")
    ]
    assert {row.title for row in found.ranked} == {"Toy", "Popularity"}
    assert [row.variant for row in found.proposals[::2]] == sessions
    assert [row.variant for row in found.effects] == sessions
    assert sum(done for _, done in watched) == count_steps(cases)


def test_popularity_with_both_tags_of_a_film_finds_it_first(engine, catalogue):
    cases = [Case(0, (Event(1, True),), 5, (2, 4))]
    found = measure(engine, cases, catalogue, 1, lambda *_: None)
    row = next(
        r for r in found.ranked if (r.variant, r.title) == ("nothing said, 2 tags", "Popularity")
    )
    assert row.ranks.tolist() == [1]


@pytest.mark.slow
def test_the_part_writes_its_page_and_figure(tmp_path, monkeypatch):
    monkeypatch.delenv("MARQUEE_DATA", raising=False)
    monkeypatch.delenv("ARTIFACT", raising=False)
    arguments = ["tags", "--people", "12", "--seed", "7", "--out", str(tmp_path)]
    monkeypatch.setattr("sys.argv", ["evaluate", *arguments])
    assert command.main() == 0
    page = (tmp_path / "tags-validation-ml-latest-small.md").read_text()
    assert (tmp_path / "tags-validation-ml-latest-small.png").is_file()
    assert "python -m model_server.evaluation tags --split validation --people 12 --seed 7" in page
    assert page.count("| whole history") == 8 + 2 + 3
