"""All that the part `dislikes` measures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from model_server.artifact import Catalogue
from model_server.engines.registry import Network
from model_server.evaluation.cases import People
from model_server.evaluation.dislikes.differences import Difference, compare_sides
from model_server.evaluation.dislikes.rated import Ratings
from model_server.evaluation.dislikes.readers import Reader, rank
from model_server.evaluation.dislikes.replay import Visit, choose_visits
from model_server.evaluation.dislikes.scenes import SCENES, Played, play
from model_server.evaluation.dislikes.targets import Target, View, in_step, later_films
from model_server.evaluation.parts import LeftOutError, Watch
from model_server.training.sequences import DISLIKED_UP_TO
from model_server.vocab import PADDING

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]

SESSIONS = 200
VIEWS = (
    View("Every later film in turn", DISLIKED_UP_TO),
    View("The last film liked and the last disliked", DISLIKED_UP_TO, is_last=True),
    View("As PNFRec counts", 3.0, is_last=True, shelf=1),
)


@dataclass(frozen=True, slots=True)
class Questions:
    """What some people rated and said, as every engine is asked about it.

    shelves: all films and those of MovieLens 1M, each (1 + movies,) bool. people: how many have
    targets. is_any: whether they are all people there are, for nobody says who is MovieLens 1M's.
    """

    targets: list[Target]
    visits: list[Visit]
    shelves: tuple[BoolArray, BoolArray]
    people: int
    is_any: bool


@dataclass(frozen=True, slots=True)
class Findings:
    """For each of VIEWS the differences of all readers, and each of SCENES played."""

    questions: Questions
    differences: list[list[Difference]]
    played: list[Played]


def ask(
    ratings: Ratings,
    people: People,
    chosen: IntArray,
    movies: int,
    seed: int,
    most: int | None = None,
) -> Questions:
    """The questions to the chosen people; LeftOutError where they answer none of a kind.

    most: only to the first so many whose ratings are known, and in as many sessions, for a quick
    look; None: to all.
    """
    later = [later_films(person) for person in islice(ratings.known(chosen.tolist()), most)]
    visits = choose_visits(people, chosen, min(SESSIONS, most or SESSIONS), seed)
    if not any(later) or not visits:
        raise LeftOutError(f"the ratings of {len(chosen)} people say too little of dislikes")
    shelves = np.arange(1 + movies) != PADDING, ratings.films(movies)
    people_asked = sum(map(bool, later))
    return Questions(in_step(later), visits, shelves, people_asked, ratings.is_any)


def answer(
    questions: Questions,
    readers: Sequence[Reader],
    network: Network,
    catalogue: Catalogue,
    seed: int,
    watch: Watch,
) -> Findings:
    """All figures; `watch` hears what is being done and how many of `count_steps` are new."""
    played = [
        play(scene, network, catalogue, questions.visits, seed, _heard(watch, scene.title))
        for scene in SCENES
    ]
    targets, shelves = questions.targets, questions.shelves
    ranks = {
        reader.title: rank(reader, targets, shelves, _heard(watch, reader.title))
        for reader in readers
    }
    differences = [
        [compare_sides(title, found[view.shelf], targets, view) for title, found in ranks.items()]
        for view in VIEWS
    ]
    return Findings(questions, differences, played)


def count_steps(questions: Questions, readers: int) -> int:
    """How many steps `answer` tells its watcher of."""
    return readers * len(questions.targets) + len(SCENES) * len(questions.visits)


def _heard(watch: Watch, doing: str) -> Callable[[int], object]:
    return lambda done: watch(doing, done)
