from model_server.evaluation.inputs import describe_command


def test_a_command_names_the_variables_that_were_set():
    environ = {"MARQUEE_DATA": "../data", "ARTIFACT": "", "HOME": "/root"}
    assert describe_command("model_server.evaluation", environ, ["--split", "test"]) == (
        "MARQUEE_DATA=../data python -m model_server.evaluation --split test"
    )
