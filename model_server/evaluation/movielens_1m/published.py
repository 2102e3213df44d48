"""What others report on the two protocols, to be read beside our rows: none is measured here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from model_server.evaluation.movielens_1m import global_time, leave_one_out
from model_server.evaluation.report import markdown_table

HEADS: Final = ("engine", "remark", "HR@10", "NDCG@10")


@dataclass(frozen=True, slots=True)
class Published:
    """Figures of one engine as they were published."""

    title: str
    remark: str
    hit_rate: float
    ndcg: float


PUBLISHED: Final[Mapping[str, Sequence[Published]]] = {
    leave_one_out.NAME: (
        Published("SASRec with cross-entropy", "", 0.3207, 0.1858),
        Published(
            "HSTU with a mixture of logits",
            "Ding and Zhai 2024 (HSTU-large + MoL); it sees when the target was rated",
            0.3412,
            0.1979,
        ),
    ),
    global_time.NAME: (
        Published("GRU4Rec", "", 0.1948, 0.1079),
        Published("SASRec with cross-entropy", "", 0.2082, 0.1142),
    ),
}


def render_published(name: str) -> str:
    """The published rows of a protocol as a Markdown table."""
    rows = [
        (one.title, one.remark, f"{one.hit_rate:.4f}", f"{one.ndcg:.4f}") for one in PUBLISHED[name]
    ]
    return markdown_table([HEADS, *rows], words=2)
