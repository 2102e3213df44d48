"""One figure of how a training went."""

from pathlib import Path

import matplotlib

matplotlib.use("Agg")

from matplotlib import pyplot
from matplotlib.ticker import MaxNLocator

History = list[dict[str, float]]


def draw_curves(history: History, path: Path) -> None:
    """Write the loss on train people and the figures on validation people, by epoch, as PNG."""
    epochs = [entry["epoch"] for entry in history]
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(10, 4), layout="constrained")
    left.plot(epochs, [entry["movie"] for entry in history], marker="o", label="next movie")
    left.plot(epochs, [entry["tag"] for entry in history], marker="o", label="next tag, weighted")
    left.set(title="Loss on train people", xlabel="epoch", ylabel="cross-entropy (nats)")
    for name, label in (("hr@50", "HR@50"), ("hr@10", "HR@10"), ("ndcg@10", "NDCG@10")):
        right.plot(epochs, [entry[name] for entry in history], marker="o", label=label)
    right.set(title="Last liked movie of validation people", xlabel="epoch", ylim=(0, None))
    for axes in (left, right):
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.grid(alpha=0.3)
        axes.legend()
    figure.savefig(path, dpi=120, metadata={"Software": None})
    pyplot.close(figure)
