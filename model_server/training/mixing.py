"""How far transitions and picked tags go beyond what training found, chosen on other people.

Training people are known by heart, so in training the recurrent part looks surer than it is and
whatever stands beside it less needed. As in stacking (Wolpert 1992), the mix is therefore settled
on people whom the network did not learn from.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from keras import ops
from tqdm import tqdm

from model_server.training.network import Network
from model_server.training.validation import Validation

LIFT_GAINS = (0.0, 0.15, 0.3, 0.5, 0.8, 1.2)
DECAY = 0.8
MATCH_FACTORS = (1.0, 1.5, 2.0, 3.0, 5.0, 8.0)
KNOWN_TAGS = 2

Figures = dict[str, float]
FloatArray = np.ndarray[Any, np.dtype[np.float32]]


def settle(network: Network, validation: Validation) -> Figures:
    """Choose both, and leave them in the network. Returns the figures without tags, `lift_gain` and
    `match_factor`."""
    _, gain = choose_lift_gain(network, validation)
    _, factor = choose_match_factor(network, validation)
    return {**validation.measure(network), "lift_gain": gain, "match_factor": factor}


def choose_lift_gain(network: Network, validation: Validation) -> tuple[Figures, float]:
    """Add the one of LIFT_GAINS to the weights of the newest likes that gives the best NDCG@10.

    The newest like gets the whole gain, each older one DECAY of the one before.
    """
    likes = network.config.like_lags
    if not likes:
        return validation.measure(network), 0.0
    weights = network.core.lag_out_bias
    learnt, steps = _values(weights), np.zeros(network.config.lags, dtype=np.float32)
    steps[:likes] = DECAY ** np.arange(likes)

    def apply(gain: float) -> Figures:
        weights.assign(learnt + gain * steps)
        return validation.measure(network)

    return _best(LIFT_GAINS, apply, "lifts")


def choose_match_factor(network: Network, validation: Validation) -> tuple[Figures, float]:
    """Multiply what liked tags add by the one of MATCH_FACTORS that gives the best NDCG@10, when
    KNOWN_TAGS tags of the target are liked."""
    learnt = _values(network.liked_match)

    def apply(factor: float) -> Figures:
        network.liked_match.assign(factor * learnt)
        return validation.measure(network, KNOWN_TAGS)

    return _best(MATCH_FACTORS, apply, "tags")


def _best(
    choices: Sequence[float], apply: Callable[[float], Figures], name: str
) -> tuple[Figures, float]:
    """The best choice, applied once more, and its figures; a tie goes to the earlier one."""
    found = [apply(choice) for choice in tqdm(choices, desc=name, unit="choice")]
    place = max(range(len(found)), key=lambda at: found[at]["ndcg@10"])
    return apply(choices[place]), choices[place]


def _values(weights: Any) -> FloatArray:
    found: FloatArray = np.array(ops.convert_to_numpy(weights))
    return found
