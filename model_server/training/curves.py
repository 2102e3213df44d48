"""One figure of how a training went."""

from pathlib import Path

from model_server.evaluation.plots import Labels, write_panels

History = list[dict[str, float]]

LOSSES = {"movie": "next movie", "tag": "next tag, weighted"}
FIGURES = {"hr@50": "HR@50", "hr@10": "HR@10", "ndcg@10": "NDCG@10"}


def draw_curves(history: History, path: Path) -> None:
    """Write the loss on train people and the figures on validation people, by epoch, as PNG."""
    epochs = [entry["epoch"] for entry in history]

    def lines(names: dict[str, str]) -> dict[str, tuple[list[float], list[float]]]:
        return {
            label: (epochs, [entry[name] for entry in history]) for name, label in names.items()
        }

    loss = Labels("Loss on train people", "epoch", "cross-entropy (nats)")
    found = Labels("Last liked movie of validation people", "epoch", "")
    write_panels(path, {loss: lines(LOSSES), found: lines(FIGURES)})
