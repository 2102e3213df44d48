"""How far transitions go beyond what training found, chosen on people it did not learn from.

Training people are known by heart, so in training the recurrent part looks surer than it is and the
transitions, which leave each person out, less needed. As in stacking (Wolpert 1992), the mix is
therefore settled on others.
"""

import numpy as np
from keras import ops
from tqdm import tqdm

from model_server.training.network import Network
from model_server.training.validation import Validation

GAINS = (0.0, 0.15, 0.3, 0.5, 0.8, 1.2)
DECAY = 0.8


def choose_gain(network: Network, validation: Validation) -> dict[str, float]:
    """Add the one of GAINS to the weights of the newest likes that gives the best NDCG@10.

    The newest like gets the whole gain, each older one DECAY of the one before. Returns the figures
    of the choice, which stays in the network, and under `gain` itself.
    """
    likes = network.config.like_lags
    if not likes:
        return {**validation.measure(network), "gain": 0.0}
    weights = network.core.lag_out_bias
    learnt = np.asarray(ops.convert_to_numpy(weights))
    steps = np.zeros_like(learnt)
    steps[:likes] = DECAY ** np.arange(likes)
    found: list[dict[str, float]] = []
    for gain in tqdm(GAINS, desc="mixing", unit="gain"):
        weights.assign(learnt + gain * steps)
        found.append({**validation.measure(network), "gain": gain})
    best = max(found, key=lambda figures: figures["ndcg@10"])
    weights.assign(learnt + best["gain"] * steps)
    return best
