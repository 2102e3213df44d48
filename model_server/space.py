"""Which movies lie near each other in the network's embedding."""

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.integer]


class Space:
    """Cosines around the embedding's centre instead of its origin.

    The network's scores are products with these vectors, so what makes any movie likely lies in
    all of them alike; around the origin, that makes much-voted movies near to everything. The
    centre is taken out, as Mu and Viswanath 2018 do with words; it is the mean over likes, for
    over movies it would be that of the many hardly known.

    vectors: (n, dim) float. likes: (n,) int, how many people liked each; without any, the centre
    is the origin.
    """

    def __init__(self, vectors: FloatArray, likes: IntArray) -> None:
        weights = (likes / max(int(likes.sum()), 1)).astype(np.float32)
        self._vectors = vectors
        self._centre = weights @ vectors  # (dim,)
        squares = np.einsum("ij,ij->i", vectors, vectors) - 2 * (vectors @ self._centre)
        squares += self._centre @ self._centre  # (n,), of the rows less the centre, uncopied
        self._sizes = np.sqrt(np.maximum(squares, 0))

    def cosines(self, vector: FloatArray) -> FloatArray:
        """How near each row is to a vector, 1 the nearest; minus infinity for one at the centre.

        vector: (dim,) float. Result: (n,) float.
        """
        arrow = vector - self._centre
        products = np.einsum("ij,j->i", self._vectors, arrow) - self._centre @ arrow  # (n,)
        scales = self._sizes * np.linalg.norm(arrow)
        near = np.full(len(scales), -np.inf, dtype=np.float32)
        np.divide(products, scales, out=near, where=scales > 0)
        return near
