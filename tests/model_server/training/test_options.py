import pytest

from model_server.training.build import Settings
from model_server.training.options import from_json, to_json, with_options


def test_an_option_changes_one_field_and_no_other() -> None:
    changed = with_options(Settings(), ["network.units=512", "folds=0"])
    assert changed.network.units == 512
    assert changed.folds == 0
    assert with_options(changed, ["network.units=256", "folds=4"]) == Settings()


def test_a_list_is_an_option_too() -> None:
    assert with_options(Settings(), ["windows.wanted_tags=[0.5, 0.5]"]).windows.wanted_tags == (
        0.5,
        0.5,
    )


@pytest.mark.parametrize(
    ("option", "complaint"),
    [
        ("network.units", "must read SECTION.FIELD=VALUE"),
        ("network.width=3", "there is no 'width'; there are movies, tags, units"),
        ("net.units=3", "there is no 'net'; there are network, windows"),
        ("network.units.more=3", "'units' has no fields"),
        ("network.units=many", "Expecting value"),
        ("network.units=2.5", "Expected `int`, got `float`"),
    ],
)
def test_a_bad_option_is_named_with_what_is_allowed(option: str, complaint: str) -> None:
    with pytest.raises(ValueError, match="option") as caught:
        with_options(Settings(), [option])
    assert complaint in str(caught.value)


def test_settings_survive_a_file() -> None:
    changed = with_options(Settings(), ["losses.tags=0.5", "windows.wanted_tags=[1.0]"])
    assert from_json(to_json(changed)) == changed
