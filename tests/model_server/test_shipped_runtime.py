"""The light runtime and full TensorFlow give the shipped network the same voice."""

import os
import random

import numpy as np
import pytest

from model_server.artifact import load_artifact
from model_server.config import from_env
from model_server.engines import lstm, lstm_tensorflow
from model_server.engines.base import Event, Query

SESSIONS, TOP, SEED = 50, 24, 2026


@pytest.mark.slow
def test_the_light_runtime_and_tensorflow_agree_on_the_shipped_network():
    artifact, dice = load_artifact(from_env(os.environ).artifact), random.Random(SEED)
    tags = range(1, 1 + len(artifact.catalogue.tags))

    def session() -> Query:
        length = dice.choice([0, 1, 3, 8, 30])
        events = [Event(dice.randint(1, 2000), dice.random() < 0.7) for _ in range(length)]
        liked, disliked = (tuple(dice.sample(tags, dice.randint(0, 2))) for _ in range(2))
        return Query(tuple(events), liked, disliked)

    sessions = [session() for _ in range(SESSIONS)]
    light, full = (
        engine.load(artifact).score(sessions).movies[:, 1:] for engine in (lstm, lstm_tensorflow)
    )
    best = [np.argsort(-scores, axis=1)[:, :TOP] for scores in (light, full)]
    shared = [len(np.intersect1d(*rows)) for rows in zip(*best, strict=True)]
    assert np.mean(shared) >= 22
    assert min(shared) >= 18
    # The winner of one is among the three best of the other.
    assert all(rows[0][0] in rows[1][:3] for rows in zip(*best, strict=True))
