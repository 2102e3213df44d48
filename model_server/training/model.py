"""The network wrapped for Keras' own train step, which exists for every backend."""

from dataclasses import dataclass
from typing import Any

import keras
from keras import ops

from model_server.training.losses import LossWeights, batch_losses
from model_server.training.network import Network
from model_server.training.windows import Batch

Tensor = Any
PARTS = ("movie", "tag", "rejected", "neighbours")


@dataclass(frozen=True, slots=True)
class OptimizerConfig:
    """AdamW (Loshchilov and Hutter 2019): linear warm-up, then a cosine down to 1 %."""

    learning_rate: float = 2e-3
    warmup_steps: int = 200
    weight_decay: float = 0.01
    gradient_norm: float = 1.0


class SessionModel(keras.Model):
    """One batch in, the parts of its loss out; `train_on_batch` lowers their sum."""

    def __init__(self, network: Network, weights: LossWeights) -> None:
        super().__init__(name="session_model")
        self.network = network
        self.weights_of_parts = weights
        self.part_means = {part: keras.metrics.Mean(name=part) for part in PARTS}
        self.built = True

    def call(self, batch: dict[str, Tensor], training: bool = False) -> dict[str, Tensor]:
        """The weighted parts of the loss, each a scalar."""
        return batch_losses(self.network, Batch(**batch), self.weights_of_parts, training)

    def compute_loss(
        self,
        x: Any = None,
        y: Any = None,
        y_pred: Any = None,
        sample_weight: Any = None,
        training: bool = True,
    ) -> Tensor:
        """The sum of the parts that `call` gave."""
        del x, y, sample_weight, training
        for part in PARTS:
            self.part_means[part].update_state(y_pred[part])
        return ops.sum(ops.stack([y_pred[part] for part in PARTS]))

    def compute_metrics(
        self, x: Any, y: Any, y_pred: Any, sample_weight: Any = None
    ) -> dict[str, Tensor]:
        """The whole loss and its parts; `train_on_batch` starts them afresh at every batch."""
        return self.get_metrics_result()


def compile_model(model: SessionModel, config: OptimizerConfig, total_steps: int) -> None:
    """Give the model its optimizer; the learning rate is lowest at `total_steps`."""
    schedule = keras.optimizers.schedules.CosineDecay(
        initial_learning_rate=0.0,
        warmup_target=config.learning_rate,
        warmup_steps=config.warmup_steps,
        decay_steps=max(1, total_steps - config.warmup_steps),
        alpha=0.01,
    )
    optimizer = keras.optimizers.AdamW(
        schedule,
        weight_decay=config.weight_decay,
        beta_2=0.98,
        global_clipnorm=config.gradient_norm,
    )
    optimizer.exclude_from_weight_decay(var_names=["bias", "shift", "scale", "gates"])
    model.compile(optimizer=optimizer, jit_compile=False)
