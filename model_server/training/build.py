"""Puts a training together: network, optimizer, batches and validation for one dataset."""

import hashlib
from dataclasses import dataclass, field, replace
from pathlib import Path

from model_server.training.dataset import Dataset
from model_server.training.lags import Lags
from model_server.training.loop import LoopConfig, Trainer
from model_server.training.losses import LossWeights
from model_server.training.model import OptimizerConfig, SessionModel, compile_model
from model_server.training.network import Network, NetworkConfig
from model_server.training.tag_drawer import TagDrawer
from model_server.training.transitions import TransitionConfig, fit_transitions
from model_server.training.validation import Validation
from model_server.training.windows import Batches, WindowConfig


@dataclass(frozen=True, slots=True)
class Settings:
    """Every choice of a training; the network's tables follow from the dataset."""

    network: NetworkConfig = field(default_factory=NetworkConfig)
    windows: WindowConfig = field(default_factory=WindowConfig)
    losses: LossWeights = field(default_factory=LossWeights)
    optimizer: OptimizerConfig = field(default_factory=OptimizerConfig)
    loop: LoopConfig = field(default_factory=LoopConfig)
    transitions: TransitionConfig = field(default_factory=TransitionConfig)
    folds: int = 4


def run_name(dataset: Dataset, settings: Settings) -> str:
    """A name that two trainings share only if one may go on from the other's checkpoint."""
    catalogue = dataset.catalogue
    said = (settings, dataset.fingerprint, catalogue.movies.fingerprint, catalogue.tags.fingerprint)
    digest = hashlib.sha256(repr(said).encode())
    for fact in dataset.facts:
        digest.update(fact.tobytes())
    return f"lstm-{digest.hexdigest()[:12]}"


def build_network(dataset: Dataset, settings: Settings, seed: int) -> Network:
    """An untrained network for the movies and tags of a dataset."""
    catalogue = dataset.catalogue
    movies, tags = len(catalogue.movies), len(catalogue.tags)
    likes = [picks.movies[picks.is_liked] for picks in dataset.sequences.each(dataset.split.train)]
    lags = lags_of(dataset, settings)
    transitions = fit_transitions(likes, movies, lags, settings.transitions)
    config = replace(settings.network, movies=movies, tags=tags)
    return Network(config, dataset.facts, transitions, seed)


def build_trainer(dataset: Dataset, settings: Settings, folder: Path) -> Trainer:
    """A trainer that keeps its checkpoints in `folder`."""
    sequences, split = dataset.sequences, dataset.split
    lags = lags_of(dataset, settings)
    people = list(sequences.each(split.train))
    batches = Batches(people, dataset.catalogue, settings.windows, lags)
    network = build_network(dataset, settings, settings.loop.seed)
    model = SessionModel(network, settings.losses)
    steps = batches.expected_batches() * settings.loop.epochs
    compile_model(model, settings.optimizer, steps)
    folder.mkdir(parents=True, exist_ok=True)
    tags = TagDrawer(dataset.catalogue)
    validation = Validation(list(sequences.each(split.validation)), lags, tags)
    return Trainer(model, batches, validation, folder)


def lags_of(dataset: Dataset, settings: Settings) -> Lags:
    """Which picks the network of a dataset looks back on."""
    network = settings.network
    movies = len(dataset.catalogue.movies)
    return Lags(network.like_lags, network.dislike_lags, movies, settings.folds)
