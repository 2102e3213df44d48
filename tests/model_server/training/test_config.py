from pathlib import Path

from model_server.training.config import ROOT, from_env


def test_an_empty_environment_trains_on_the_starter() -> None:
    config = from_env({"STATE_DIR": ""})
    assert config.marquee_data == ROOT / "starter" / "ml-latest-small"
    assert config.catalogue_dir == ROOT / "starter" / "catalogue"
    assert config.state_dir == Path("var")


def test_variables_say_where_ratings_films_and_checkpoints_are() -> None:
    config = from_env({"MARQUEE_DATA": "/a", "CATALOGUE_DIR": "/b", "STATE_DIR": "/c"})
    assert config.marquee_data == Path("/a")
    assert (config.catalogue_dir, config.state_dir) == (Path("/b"), Path("/c"))
