"""Who is trained on, who chooses the model, and who is asked once at the end."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]

SEED = 2026
VALIDATION_SHARE = TEST_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Split:
    """People of a corpus in three groups that share nobody; each array is sorted."""

    train: IntArray
    validation: IntArray
    test: IntArray


def split_people(n_people: int, seed: int = SEED) -> Split:
    """Cut people 0..n_people-1 at random into 80 % train, 10 % validation and 10 % test.

    Equal arguments give equal splits. Raises ValueError for fewer than 10 people: a group
    would be empty.
    """
    if n_people < 10:
        raise ValueError(f"a split needs at least 10 people, got {n_people}")
    people = np.random.default_rng(seed).permutation(n_people)
    n_test, n_validation = int(n_people * TEST_SHARE), int(n_people * VALIDATION_SHARE)
    test, validation, train = np.split(people, [n_test, n_test + n_validation])
    return Split(np.sort(train), np.sort(validation), np.sort(test))
