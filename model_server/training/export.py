"""Turns a trained network into an artifact that serves."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from model_server.artifact import NETWORK, WEIGHTS, file_digest, replacing, save_catalogue, seal
from model_server.engines.fitting import save_baselines
from model_server.evaluation.splits import SEED
from model_server.training.checkpoint import Progress
from model_server.training.curves import draw_curves
from model_server.training.dataset import Dataset
from model_server.training.network import Network, NetworkConfig
from model_server.training.serving import convert, load_step, network_arrays, save_arrays

CURVES = "learning_curves.png"

IntArray = npt.NDArray[np.int64]


def export(
    network: Network,
    dataset: Dataset,
    progress: Progress,
    figures: Mapping[str, float],
    folder: Path,
) -> str:
    """Write the artifact of a network in `folder`, whole or not at all; its version is returned.

    figures: what it reached on the validation people.

    The light model is made from the stored weights, so that both engines start from equal numbers.
    """
    config = replace(network.config, matmul_dtype="float32")
    with replacing(folder) as draft:
        save_catalogue(draft, dataset.catalogue)
        save_arrays(draft / WEIGHTS, network_arrays(network))
        step = load_step(draft / WEIGHTS, config)
        (draft / NETWORK).write_bytes(convert(step, config.units))
        save_baselines(draft, _train_likes(dataset), dataset.catalogue)
        draw_curves(progress.history, draft / CURVES)
        version = f"lstm-{file_digest(draft / WEIGHTS)[:8]}"
        seal(draft, version, _details(config, dataset, progress, figures))
    return version


def _train_likes(dataset: Dataset) -> list[IntArray]:
    people = dataset.sequences.each(dataset.split.train)
    return [picks.movies[picks.is_liked].astype(np.int64) for picks in people]


def _details(
    config: NetworkConfig, dataset: Dataset, progress: Progress, figures: Mapping[str, float]
) -> dict[str, Any]:
    split = dataset.split
    people = {"train": split.train, "validation": split.validation, "test": split.test}
    return {
        "network": asdict(config),
        "corpus": {"fingerprint": dataset.fingerprint, "split_seed": SEED},
        "people": {group: len(members) for group, members in people.items()},
        "validation": dict(figures),
        "epoch": progress.best_epoch,
    }
