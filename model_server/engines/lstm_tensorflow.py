"""The same step under full TensorFlow: the reference that the light runtime is held to.

One of the four TensorFlow files that are exempt from mypy's strict mode.
"""

import numpy as np
import tensorflow as tf

from model_server.artifact import WEIGHTS, Artifact
from model_server.engines.base import FloatArray, Scores
from model_server.engines.lstm import LstmEngine, Steps, Told, load_match
from model_server.training.network import NetworkConfig
from model_server.training.serving import load_step


class TensorflowRunner:
    """The step as TensorFlow computes it, in float32, from the stored weights."""

    def __init__(self, artifact: Artifact) -> None:
        config = NetworkConfig(**artifact.manifest["network"])
        self._step = load_step(artifact.path(WEIGHTS), config)
        self.units = config.units
        self.like_lags, self.dislike_lags = config.like_lags, config.dislike_lags

    def advance(self, steps: Steps) -> FloatArray:
        """See Runner."""
        return np.asarray(self._step.advance(**_tensors(steps))["states"])

    def predict(self, steps: Steps, told: Told) -> tuple[FloatArray, Scores]:
        """See Runner."""
        found = self._step.predict(**_tensors(steps), **_tensors(told))
        scores = Scores(np.asarray(found["movies"]), np.asarray(found["tags"]))
        return np.asarray(found["states"]), scores


class TensorflowEngine(LstmEngine):
    """The LSTM engine on the reference runner."""

    name = "lstm_tensorflow"
    title = "LSTM (full TensorFlow)"


def load(artifact: Artifact) -> TensorflowEngine:
    """The reference engine of an artifact."""
    return TensorflowEngine(TensorflowRunner(artifact), load_match(artifact), artifact)


def _tensors(inputs: Steps | Told) -> dict[str, tf.Tensor]:
    return {name: tf.constant(value) for name, value in inputs._asdict().items()}
