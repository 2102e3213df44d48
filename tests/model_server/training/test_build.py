from dataclasses import replace

from model_server.training.build import Settings, run_name
from model_server.training.loop import LoopConfig

from .conftest import Ring, ring_dataset


def test_a_run_is_named_by_its_settings_and_its_data() -> None:
    dataset, settings = ring_dataset(Ring(1.0)), Settings()
    name = run_name(dataset, settings)
    assert run_name(ring_dataset(Ring(1.0)), Settings()) == name
    others = [
        run_name(dataset, Settings(loop=LoopConfig(seed=2))),
        run_name(dataset, Settings(loop=LoopConfig(epochs=5))),
        run_name(replace(dataset, fingerprint="other"), settings),
        run_name(
            replace(dataset, facts=dataset.facts._replace(has_row=0 * dataset.facts.has_row)),
            settings,
        ),
    ]
    assert len({name, *others}) == 5
