"""The trained network cut down to one step, as TensorFlow runs it and as TensorFlow Lite stores it.

Four TensorFlow files are exempt from mypy's strict mode; this is one of them.
"""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import tensorflow as tf

from model_server.engines.lstm import TAGS_READ
from model_server.training.lags import EVERYONE
from model_server.training.layers import mean_rows
from model_server.training.network import Core, Network, NetworkConfig, States
from model_server.training.transitions import lift, spread

Arrays = Mapping[str, npt.NDArray[Any]]


class Step(tf.Module):
    """One step over a batch of sessions; states are (batch, 4, units).

    movie: (batch,) int, 0 for none or for a movie without a row. own_tags: (batch, TAGS_READ) int,
    read where `movie` is 0. kind: (batch,) int, DISLIKE, LIKE or START. liked, disliked: (batch,
    TAGS_READ) int, tags picked. recent: (batch, lags) int, the newest liked movies and after them
    the newest disliked ones; all right-padded with 0.
    """

    def __init__(self, core: Core, arrays: Arrays) -> None:
        super().__init__(name="step")
        self.core = core
        self.tracked = [weight.value for weight in core.trainable_variables]
        self.vectors = tf.constant(arrays["vectors"], tf.float32)
        self.content = tf.constant(arrays["content"], tf.float32)
        self.movie_bias = tf.constant(arrays["movie_bias"], tf.float32)
        self.tags = tf.constant(arrays["tags"], tf.float32)
        self.tag_bias = tf.constant(arrays["tag_bias"], tf.float32)
        self.content_to_movie = tf.constant(arrays["content_to_movie"], tf.float32)
        self.followers = tf.constant(arrays["followers"], tf.int32)
        self.strengths = tf.constant(arrays["strengths"], tf.float32)

    def _event(self, movie: tf.Tensor, own_tags: tf.Tensor, kind: tf.Tensor) -> tf.Tensor:
        has_row = tf.cast(tf.not_equal(movie, 0), tf.float32)[:, None]
        own = mean_rows(self.tags, own_tags) * (1.0 - has_row)
        content = own + tf.gather(self.content, movie) * has_row
        vectors = tf.matmul(own, self.content_to_movie) + tf.gather(self.vectors, movie) * has_row
        return self.core.read_events(vectors, content, kind)

    def advance(
        self, states: tf.Tensor, movie: tf.Tensor, own_tags: tf.Tensor, kind: tf.Tensor
    ) -> dict[str, tf.Tensor]:
        """The states after one event."""
        event = self._event(movie, own_tags, kind)
        after, _ = self.core.step(States(*tf.unstack(states, axis=1)), event, tf.zeros_like(event))
        return {"states": tf.stack(after, axis=1)}

    def predict(
        self,
        states: tf.Tensor,
        movie: tf.Tensor,
        own_tags: tf.Tensor,
        kind: tf.Tensor,
        liked: tf.Tensor,
        disliked: tf.Tensor,
        recent: tf.Tensor,
    ) -> dict[str, tf.Tensor]:
        """The states after one event, and the scores of all movies and tags given the tags too."""
        event = self._event(movie, own_tags, kind)
        tags = self.core.read_tags(self.tags, liked, disliked)
        after, readout = self.core.step(States(*tf.unstack(states, axis=1)), event, tags)
        movies = tf.matmul(readout.movies, self.vectors, transpose_b=True) + self.movie_bias
        lifts = lift(self.followers, self.strengths, recent, readout.lags)
        movies += spread(lifts, self.vectors.shape[0])
        tag_scores = tf.matmul(readout.tags, self.tags, transpose_b=True) + self.tag_bias
        return {"states": tf.stack(after, axis=1), "movies": movies, "tags": tag_scores}


def network_arrays(network: Network) -> dict[str, npt.NDArray[Any]]:
    """All that a Step needs, by name; numbers in float32, movies in int32."""
    tables = network.tables()
    named = {
        "vectors": tables.vectors,
        "content": tables.content,
        "movie_bias": tables.movie_bias,
        "tags": tables.tags,
        "tag_bias": network.tag_bias,
        "content_to_movie": network.content_to_movie,
        "liked_match": tables.liked_match,
        "disliked_match": tables.disliked_match,
        "followers": network.transitions.targets[EVERYONE],
        "strengths": network.transitions.strengths[EVERYONE],
        **{f"core/{weight.name}": weight for weight in network.core.trainable_variables},
    }
    return {name: np.array(tf.convert_to_tensor(value)) for name, value in named.items()}


def save_arrays(path: Path, arrays: Arrays) -> None:
    """Store arrays in half precision; biases stay whole."""
    halves = {
        name: array.astype(np.float16) if array.ndim == 2 and array.dtype == np.float32 else array
        for name, array in arrays.items()
    }
    np.savez_compressed(path, **halves)  # type: ignore[arg-type]  # numpy's stub


def load_step(path: Path, config: NetworkConfig) -> Step:
    """The step of stored arrays, in float32."""
    with np.load(path) as stored:
        arrays = {name: _whole(stored[name]) for name in stored.files}
    core = Core(config)
    for weight in core.trainable_variables:
        weight.assign(arrays[f"core/{weight.name}"])
    return Step(core, arrays)


def convert(step: Step, units: int) -> bytes:
    """The step as a TensorFlow Lite model with the signatures `advance` and `predict`.

    Weights are stored as 8-bit integers with one scale a row, and activations quantised as they
    come (dynamic range quantisation), which makes a click four times faster than in float32.
    """
    states = tf.TensorSpec([None, 4, units], tf.float32, name="states")
    event = {"states": states, "movie": _rows("movie"), "kind": _rows("kind")}
    event["own_tags"] = _tags("own_tags")
    step.exported = [tf.function(step.advance), tf.function(step.predict)]  # a reference that lives
    advance, predict = step.exported
    signatures = {
        "advance": advance.get_concrete_function(**event),
        "predict": predict.get_concrete_function(
            **event,
            liked=_tags("liked"),
            disliked=_tags("disliked"),
            recent=tf.TensorSpec([None, step.core.config.lags], tf.int32, name="recent"),
        ),
    }
    with tempfile.TemporaryDirectory() as folder:
        tf.saved_model.save(step, folder, signatures=signatures)
        converter = tf.lite.TFLiteConverter.from_saved_model(
            folder, signature_keys=list(signatures)
        )
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
        return bytes(converter.convert())


def _whole(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return array.astype(np.float32) if array.dtype == np.float16 else array


def _rows(name: str) -> tf.TensorSpec:
    return tf.TensorSpec([None], tf.int32, name=name)


def _tags(name: str) -> tf.TensorSpec:
    return tf.TensorSpec([None, TAGS_READ], tf.int32, name=name)
