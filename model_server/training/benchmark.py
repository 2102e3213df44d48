"""Training on the published protocols on MovieLens 1M, where every rating counts alike."""

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from keras import ops

from model_server.data.errors import DataError
from model_server.evaluation.movielens_1m import global_time, leave_one_out
from model_server.evaluation.movielens_1m.protocol import Case, Protocol
from model_server.evaluation.splits import Split
from model_server.training import checkpoint
from model_server.training.build import Settings, build_network, lags_of
from model_server.training.checkpoint import Progress
from model_server.training.config import from_env
from model_server.training.dataset import Dataset, collect_facts, stack_catalogue
from model_server.training.films import Film, Tag, read_films, read_tags
from model_server.training.lags import Lags
from model_server.training.loop import LoopConfig
from model_server.training.losses import LossWeights
from model_server.training.network import MovieFacts, Network, NetworkConfig, Tables
from model_server.training.options import from_json, to_json
from model_server.training.sequences import Picks, Sequences
from model_server.training.transitions import TransitionConfig
from model_server.training.validation import final_scores
from model_server.training.windows import WindowConfig, pad
from model_server.vocab import Vocab

PROTOCOLS: dict[str, Callable[[Mapping[str, str]], Protocol]] = {
    leave_one_out.NAME: leave_one_out.read,
    global_time.NAME: global_time.read,
}
MOST_VALIDATION_CASES = 6_040
SETTINGS_FILE, FINAL = "settings.json", "final.npz"

SETTINGS = Settings(
    network=NetworkConfig(dislike_lags=0),
    windows=WindowConfig(
        length=200,
        short_share=0.0,
        picks_per_batch=19_200,
        wanted_tags=(1.0,),
        unwanted_tags=(1.0,),
        session_tags=(1.0,),
        dislikes_per_batch=0,
    ),
    losses=LossWeights(tags=0.05, rejected=0.0, neighbours=0.0),
    loop=LoopConfig(epochs=45, patience=45),
    transitions=TransitionConfig(kept=32),
)

IntArray = npt.NDArray[np.int32]
FloatArray = npt.NDArray[np.float32]


def read_benchmark(protocol: Protocol, films: list[Film], tags: list[Tag]) -> Dataset:
    """A protocol as a dataset whose people are those to learn from and then, one each, cases.

    Of the catalogue's facts only tags and decades are read: ratings and votes were given later.
    """
    known = {film["id"]: film for film in films}
    kept = [known.get(movie_id) or _blank(movie_id) for movie_id in protocol.movies.ids.tolist()]
    learnt = np.bincount(np.concatenate(protocol.train), minlength=1 + len(kept))
    likes = dict(zip(protocol.movies.ids.tolist(), learnt[1:].tolist(), strict=True))
    catalogue = stack_catalogue(kept, tags, likes)
    step = -(-len(protocol.validation) // MOST_VALIDATION_CASES)
    asked = [_asked(case) for case in protocol.validation[::step]]
    people = len(protocol.train)
    members = np.arange(people + len(asked))
    split = Split(members[:people], members[people:], members[:0])
    sequences = _stack([*protocol.train, *asked])
    facts = collect_facts(catalogue, kept)
    facts = MovieFacts(facts.tag_shares, facts.attributes[:, :-2], facts.has_row)
    digest = hashlib.sha256(sequences.movies.tobytes() + sequences.starts.tobytes())
    return Dataset(catalogue, sequences, split, facts, digest.hexdigest()[:16])


def benchmark_dataset(environ: Mapping[str, str], name: str) -> Dataset:
    """The dataset of a protocol, a key of PROTOCOLS, under MARQUEE_DATA."""
    folder = from_env(environ).catalogue_dir
    return read_benchmark(PROTOCOLS[name](environ), read_films(folder), read_tags(folder))


def benchmark_folder(environ: Mapping[str, str], name: str, variant: str) -> Path:
    """Where a training on a protocol leaves its network: NAME, and NAME-VARIANT for a variant."""
    suffix = f"-{variant}" if variant else ""
    return from_env(environ).state_dir / "training" / f"{name}{suffix}"


def claim(folder: Path, settings: Settings) -> None:
    """Write the settings of a training into its folder. Raises DataError where others lie there."""
    path = folder / SETTINGS_FILE
    folder.mkdir(parents=True, exist_ok=True)
    if path.exists() and _read_settings(path) != settings:
        raise DataError(path, None, "holds other settings; name another --variant or delete it")
    path.write_text(to_json(settings), encoding="utf-8")


def save_final(folder: Path, network: Network, progress: Progress) -> None:
    """Keep a finished network, in half precision, where `load_scorer` finds it."""
    halves = [ops.cast(weight, "float16") for weight in network.trainable_variables]
    checkpoint.save(folder / FINAL, progress, {"weights": halves}, 0)


def _read_settings(path: Path) -> Settings:
    return from_json(path.read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class TrainedScorer:
    """A trained network that scores histories; `movies` are what its indexes stand for."""

    movies: Vocab
    network: Network
    tables: Tables
    lags: Lags
    title: str = field(default="LSTM")

    def score(self, histories: Sequence[IntArray]) -> FloatArray:
        """Scores of all movies after each history: (histories, 1 + movies); column 0 is padding.

        histories: each (k,) int32, oldest first, possibly empty.
        """
        movie, kind = pad([_likes(history) for history in histories])
        return final_scores(self.network, self.tables, movie, kind, self.lags)


def load_scorer(folder: Path) -> TrainedScorer:
    """The network that a finished training on a protocol left in its folder.

    Raises FileNotFoundError where no training was finished.
    """
    if not (folder / FINAL).exists():
        raise FileNotFoundError(f"{folder / FINAL} does not exist")
    settings = _read_settings(folder / SETTINGS_FILE)
    name = next(name for name in PROTOCOLS if folder.name.startswith(name))
    dataset = benchmark_dataset(os.environ, name)
    network = build_network(dataset, settings, settings.loop.seed)
    checkpoint.assign(network.trainable_variables, checkpoint.load(folder / FINAL)[1]["weights"])
    lags = replace(lags_of(dataset, settings), folds=0)
    return TrainedScorer(dataset.catalogue.movies, network, network.tables(), lags)


def _blank(movie_id: int) -> Film:
    return {"id": movie_id, "year": None, "genres": [], "tags": [], "rating": None, "votes": None}


def _asked(case: Case) -> IntArray:
    return np.append(case.history, case.target).astype(np.int32)


def _likes(movies: IntArray) -> Picks:
    return Picks(movies, np.ones(len(movies), dtype=np.bool_))


def _stack(people: Sequence[IntArray]) -> Sequences:
    starts = np.cumsum([0, *map(len, people)])
    movies = np.concatenate(people).astype(np.int32)
    return Sequences(starts, movies, np.ones(len(movies), dtype=np.bool_))
