"""Training on sequences whose best answer is known, in an easy and in a hopeless setting."""

from collections.abc import Callable
from pathlib import Path

import pytest

from model_server.training.build import Settings, build_trainer
from model_server.training.dataset import Dataset
from model_server.training.loop import LoopConfig
from model_server.training.losses import LossWeights
from model_server.training.model import OptimizerConfig
from model_server.training.network import NetworkConfig
from model_server.training.windows import WindowConfig

SETTINGS = Settings(
    network=NetworkConfig(
        units=32,
        movie_dim=32,
        tag_dim=8,
        like_lags=0,  # the LSTM has to find it alone
        dislike_lags=0,
        input_dropout=0.0,
        layer_dropout=0.0,
        recurrent_dropout=0.0,
        matmul_dtype="float32",
    ),
    windows=WindowConfig(length=20, picks_per_batch=400, neighbours=2),
    losses=LossWeights(neighbours=0.0),
    optimizer=OptimizerConfig(learning_rate=1e-2, warmup_steps=10),
    loop=LoopConfig(epochs=8, patience=8, average_momentum=0.9),
)

pytestmark = pytest.mark.slow


def test_the_network_learns_the_ring(make_ring: Callable[[float], Dataset], tmp_path: Path) -> None:
    trainer = build_trainer(make_ring(1.0), SETTINGS, tmp_path)
    progress = trainer.train(SETTINGS.loop)
    # the next film is certain, so its rank is 1 for everyone: NDCG@10 = 1 / log2(1 + 1) = 1
    assert progress.best > 0.95


def test_the_network_finds_nothing_in_noise(
    make_ring: Callable[[float], Dataset], tmp_path: Path
) -> None:
    trainer = build_trainer(make_ring(0.0), SETTINGS, tmp_path)
    progress = trainer.train(SETTINGS.loop)
    # 20 people, and about 96 - 17 films that each has not picked: chance hits 10 / 79 = 0.13
    assert progress.history[-1]["hr@10"] <= 0.4
