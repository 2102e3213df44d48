"""The training loop: epochs, validation on the averaged weights, checkpoints, early stopping."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from keras import ops
from tqdm import tqdm

from model_server.training import checkpoint
from model_server.training.checkpoint import Average, Progress
from model_server.training.model import PARTS, SessionModel
from model_server.training.network import Network
from model_server.training.validation import Validation, nearest
from model_server.training.windows import Batch, Batches

BEST, LAST = "best.npz", "last.npz"
SIMILAR = 10


class TrainingDiverged(Exception):
    """The loss became NaN, infinite or zero."""


@dataclass(frozen=True, slots=True)
class LoopConfig:
    """How long to train: at most `epochs`, and no more than `patience` without a better NDCG@10."""

    epochs: int = 11
    patience: int = 11
    average_momentum: float = 0.998
    seed: int = 1


class Trainer:
    """Trains a compiled model in `folder`, and goes on from the checkpoint that lies there."""

    def __init__(
        self, model: SessionModel, batches: Batches, validation: Validation, folder: Path
    ) -> None:
        self._model = model
        self._batches = batches
        self._validation = validation
        self._folder = folder

    @property
    def validation(self) -> Validation:
        """What the network is measured on after each epoch."""
        return self._validation

    @property
    def network(self) -> Network:
        """The network in training."""
        return self._model.network

    def train(self, config: LoopConfig) -> Progress:
        """Train to the end and leave the best averaged weights in the network.

        Raises TrainingDiverged on a NaN, infinite or zero loss; the last good checkpoint stays.
        """
        weights = self._model.network.trainable_variables
        average = Average(weights, config.average_momentum)
        progress = self._resume(average)
        while progress.epoch < config.epochs and not _is_over(progress, config):
            losses = self._epoch(average, progress.epoch, config)
            with _holding(weights, average.values):
                figures = self._validation.measure(self._model.network)
            self._note(progress, {**losses, **figures}, average)
        best = checkpoint.load(self._folder / BEST)[1]["average"]
        checkpoint.assign(weights, best)
        return progress

    def _resume(self, average: Average) -> Progress:
        self._model.optimizer.build(self._model.trainable_variables)
        path = self._folder / LAST
        if not path.exists():
            return Progress()
        progress, groups, steps = checkpoint.load(path)
        checkpoint.assign(self._model.network.trainable_variables, groups["weights"])
        checkpoint.assign(self._model.optimizer.variables, groups["optimizer"])
        average.restore(groups["average"], steps)
        return progress

    def _epoch(self, average: Average, epoch: int, config: LoopConfig) -> dict[str, float]:
        rng = np.random.default_rng([config.seed, epoch])
        groups = self._batches.epoch(rng)
        similar = nearest(ops.convert_to_numpy(self._model.network.tables().vectors), SIMILAR)
        drawn = self._batches.draw(groups, rng, similar)
        bar = tqdm(
            drawn, total=len(groups), desc=f"epoch {epoch + 1}/{config.epochs}", unit="batch"
        )
        steps: list[dict[str, float]] = []
        for batch in bar:
            steps.append(self._step(batch))
            average.update()
            recent = _means(steps[-20:])
            bar.set_postfix({"loss": f"{recent['loss']:.3f}", "movie": f"{recent['movie']:.3f}"})
        return _means(steps)

    def _step(self, batch: Batch) -> dict[str, float]:
        parts = self._model.train_on_batch(batch._asdict(), return_dict=True)
        losses = {name: float(parts[name]) for name in PARTS}
        losses["loss"] = sum(losses.values())  # Keras' own counts a batch by its first array's rows
        if not math.isfinite(losses["loss"]) or losses["loss"] == 0:
            raise TrainingDiverged(f"the loss became {losses['loss']}; parts: {losses}")
        return losses

    def _note(self, progress: Progress, figures: dict[str, float], average: Average) -> None:
        progress.epoch += 1
        progress.history.append({"epoch": progress.epoch, **figures})
        is_best = figures["ndcg@10"] > progress.best
        if is_best:
            progress.best, progress.best_epoch = figures["ndcg@10"], progress.epoch
        groups: dict[str, list[Any]] = {
            "weights": self._model.network.trainable_variables,
            "optimizer": self._model.optimizer.variables,
            "average": average.values,
        }
        if is_best:
            best = {"average": groups["average"]}
            checkpoint.save(self._folder / BEST, progress, best, average.steps)
        checkpoint.save(self._folder / LAST, progress, groups, average.steps)
        tqdm.write("  ".join(f"{name} {value:.4f}" for name, value in figures.items()))


def _means(steps: list[dict[str, float]]) -> dict[str, float]:
    return {name: float(np.mean([step[name] for step in steps])) for name in steps[0]}


def _is_over(progress: Progress, config: LoopConfig) -> bool:
    return progress.epoch - progress.best_epoch >= config.patience


@contextmanager
def _holding(variables: list[Any], values: list[Any]) -> Iterator[None]:
    """The variables hold `values` inside the block and what they held before after it."""
    held = checkpoint.to_arrays(variables)
    checkpoint.assign(variables, values)
    try:
        yield
    finally:
        checkpoint.assign(variables, held)
