from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from model_server.evaluation.movielens_1m import compare as compare_module
from model_server.evaluation.movielens_1m import leave_one_out
from model_server.evaluation.movielens_1m.compare import (
    BASELINES,
    compare,
    describe,
    of_people,
    read_protocol,
    run_protocol,
)
from model_server.evaluation.movielens_1m.protocol import Case
from model_server.evaluation.movielens_1m.settings import Setting
from model_server.evaluation.parts import Arguments, LeftOutError

PEOPLE = 30


@pytest.fixture
def environ(tmp_path, monkeypatch):
    """Data of thirty people who all rated 1 to 8 in this order, and small settings."""
    folder = tmp_path / "data" / "movielens" / "ml-1m"
    folder.mkdir(parents=True)
    lines = [f"{user}\t1 2 3 4 5 6 7 8\n" for user in range(PEOPLE)]
    (folder / leave_one_out.FILE).write_text("".join(lines))
    usual = compare_module.SETTINGS[leave_one_out.NAME]
    als = Setting({"factors": 4, "alpha": 10, "window": 4}, 0.5)
    small = replace(usual, engines={**usual.engines, "als": als})
    monkeypatch.setattr(compare_module, "SETTINGS", {leave_one_out.NAME: small})
    return {"MARQUEE_DATA": str(tmp_path / "data"), "STATE_DIR": str(tmp_path / "state")}


class Last:
    """Scores the movie after the newest one highest."""

    title = "Network"

    def score(self, histories):
        scores = np.zeros((len(histories), 9), dtype=np.float32)
        scores[range(len(histories)), [history[-1] + 1 for history in histories]] = 1
        return scores


@pytest.fixture
def protocol(environ):
    return read_protocol(leave_one_out, environ)


def test_every_engine_ranks_every_case(protocol):
    compared = compare(protocol, "validation", protocol.validation, {}, lambda *_: None)
    assert len(compared.rows) == BASELINES
    assert {len(row.ranks) for row in compared.rows} == {PEOPLE}


def test_without_a_network_the_blend_is_the_reference(protocol):
    compared = compare(protocol, "validation", protocol.validation, {}, lambda *_: None)
    assert compared.reference == compared.rows[-1].title
    assert compared.reference.startswith("Blend")


def test_networks_come_first_and_the_first_is_the_reference(protocol):
    networks = {"Network": Last(), "Network, seed-2": Last()}
    compared = compare(protocol, "validation", protocol.validation, networks, lambda *_: None)
    assert [row.title for row in compared.rows[:2]] == ["Network", "Network, seed-2"]
    assert compared.reference == "Network"
    # movies 1 to 6 are learnt from by all, 7 and 8 stand at the end by id: after 6 comes 7
    assert compared.rows[0].ranks.tolist() == [1] * PEOPLE


def test_a_movie_that_is_never_learnt_from_is_counted(protocol):
    compared = compare(protocol, "validation", protocol.validation, {}, lambda *_: None)
    assert (compared.learnt, compared.unlearnt) == (PEOPLE * 6, PEOPLE)


def test_on_test_the_baselines_learn_what_a_finished_model_may(protocol):
    wider = replace(protocol, final=[*protocol.train, *protocol.train])
    compared = compare(wider, "test", wider.test, {}, lambda *_: None)
    assert compared.learnt == 2 * PEOPLE * 6


def test_progress_counts_every_case_of_every_engine(protocol):
    heard = []
    networks = {"Network": Last()}
    compare(protocol, "validation", protocol.validation, networks, lambda *said: heard.append(said))
    assert sum(done for _, done in heard) == PEOPLE * (BASELINES + 1)


def test_a_quick_look_asks_the_first_people_with_all_their_cases():
    cases = [Case(person, np.zeros(0, dtype=np.int32), 1) for person in (4, 4, 7, 9)]
    assert [case.person for case in of_people(cases, 2)] == [4, 4, 7]
    assert of_people(cases, None) == cases


def test_the_notes_say_whose_targets_and_what_is_ranked(protocol):
    compared = compare(protocol, "validation", protocol.validation, {}, lambda *_: None)
    remarked = replace(protocol, remarks=("a remark",))
    notes = describe(remarked, compared, "validation")
    assert "a remark" in notes
    notes = " ".join(notes)
    assert "30 validation targets of 30 people, 0 of them with an empty history" in notes
    assert "all 8 movies are ranked" in notes
    assert "fitted on 180 ratings; 30 targets" in notes


def test_a_page_and_its_curves_are_written_and_say_that_there_is_no_network(
    environ, tmp_path, capsys
):
    run_protocol(leave_one_out, environ, Arguments(out=tmp_path / "pages"))
    page = (tmp_path / "pages" / "leave-one-out-validation.md").read_text()
    assert capsys.readouterr().out == f"{page}\n"
    assert "| all before | Popularity | " in page
    assert "| SASRec with cross-entropy |  | 0.3207 | 0.1858 |" in page
    assert "there is no trained network under" in page
    assert "(leave-one-out-validation-hr.png)" in page
    assert (tmp_path / "pages" / "leave-one-out-validation-hr.png").stat().st_size > 0


def test_a_page_with_a_network_sets_it_against_the_best_other(environ, tmp_path, monkeypatch):
    monkeypatch.setattr(compare_module, "find_networks", lambda *_: {"Network": Last()})
    run_protocol(leave_one_out, environ, Arguments(out=tmp_path))
    page = (tmp_path / "leave-one-out-validation.md").read_text()
    assert "| all before | Network | 1.0000 | 1.0000 | 1.0000 |" in page
    assert "Against the best other engine:" in page
    assert "no trained network" not in page


@pytest.mark.parametrize("environ", [{}, {"MARQUEE_DATA": "nowhere"}])
def test_without_data_the_part_is_left_out(environ):
    with pytest.raises(LeftOutError, match=r"MARQUEE_DATA|no such file"):
        read_protocol(SimpleNamespace(NAME="toy", FILE="toy.tsv"), environ)
