from pathlib import Path

import numpy as np
import pytest
from keras import ops

from model_server.training.build import Settings, build_trainer
from model_server.training.checkpoint import Average, Progress
from model_server.training.loop import LoopConfig, TrainingDiverged, _is_over
from model_server.training.model import OptimizerConfig
from model_server.training.network import NetworkConfig
from model_server.training.windows import WindowConfig

from .conftest import Ring, ring_dataset

SETTINGS = Settings(
    network=NetworkConfig(
        units=8,
        movie_dim=8,
        tag_dim=4,
        input_dropout=0.0,
        layer_dropout=0.0,
        recurrent_dropout=0.0,
        matmul_dtype="float32",
    ),
    windows=WindowConfig(length=18, picks_per_batch=1200, neighbours=2),
    loop=LoopConfig(epochs=2, patience=5),
)
RING = Ring(1.0, people=60)


def weights(trainer) -> list[np.ndarray]:
    return [np.asarray(weight) for weight in trainer.network.trainable_variables]


@pytest.mark.slow
def test_a_training_cut_off_ends_as_one_that_was_not(tmp_path: Path) -> None:
    whole = build_trainer(ring_dataset(RING), SETTINGS, tmp_path / "whole")
    whole.train(SETTINGS.loop)
    cut = build_trainer(ring_dataset(RING), SETTINGS, tmp_path / "cut")
    cut.train(LoopConfig(epochs=1, patience=5))
    resumed = build_trainer(ring_dataset(RING), SETTINGS, tmp_path / "cut")
    progress = resumed.train(SETTINGS.loop)
    assert [entry["epoch"] for entry in progress.history] == [1, 2]
    for one, other in zip(weights(whole), weights(resumed), strict=True):
        assert one == pytest.approx(other, abs=1e-4)


@pytest.mark.slow
def test_a_loss_that_is_no_number_stops_the_training(tmp_path: Path) -> None:
    runaway = Settings(
        network=SETTINGS.network,
        windows=SETTINGS.windows,
        optimizer=OptimizerConfig(learning_rate=float("nan"), warmup_steps=0),
    )
    trainer = build_trainer(ring_dataset(RING), runaway, tmp_path)
    with pytest.raises(TrainingDiverged, match="the loss became nan"):
        trainer.train(SETTINGS.loop)


def test_training_is_over_when_the_best_epoch_is_long_ago() -> None:
    config = LoopConfig(patience=3)
    assert not _is_over(Progress(epoch=5, best_epoch=3), config)
    assert _is_over(Progress(epoch=6, best_epoch=3), config)


def test_an_average_moves_towards_the_weights_and_not_past_them() -> None:
    weight = ops.convert_to_tensor(np.array([0.0], dtype=np.float32))
    average = Average([weight], momentum=0.5)
    average._variables = [np.array([1.0], dtype=np.float32)]
    average.update()
    # the first step keeps min(0.5, 1 / 11), so 10 / 11 of the way
    assert float(average.values[0][0]) == pytest.approx(10 / 11)
