"""`python -m model_server.training`: train, and write the artifact under STATE_DIR."""

import argparse
import os
import sys
from pathlib import Path

from model_server.data.corpus import corpus_path, load_corpus
from model_server.data.errors import DataError
from model_server.training.build import Settings, build_trainer
from model_server.training.dataset import read_dataset
from model_server.training.export import export
from model_server.training.loop import LoopConfig

CATALOGUE, STARTER = Path("starter/catalogue"), Path("starter/artifact")


def main() -> int:
    """Train to the end and write the artifact; 1 with a message when the data cannot be used."""
    arguments = _arguments()
    state = Path(os.environ.get("STATE_DIR", "var"))
    settings = Settings(loop=LoopConfig(epochs=arguments.epochs, seed=arguments.seed))
    try:
        dataset = read_dataset(load_corpus(corpus_path(os.environ)), CATALOGUE)
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    folder = state / "training" / f"{arguments.name}-{dataset.fingerprint}"
    trainer = build_trainer(dataset, settings, folder)
    progress = trainer.train(settings.loop)
    artifact = STARTER if arguments.starter else state / "artifact"
    version = export(trainer.network, dataset, progress, artifact)
    print(f"{artifact}: {version}, NDCG@10 {progress.best:.4f} on validation people")
    return 0


def _arguments() -> argparse.Namespace:
    defaults = LoopConfig()
    parser = argparse.ArgumentParser(prog="python -m model_server.training", description=__doc__)
    parser.add_argument("--epochs", type=int, default=defaults.epochs)
    parser.add_argument("--seed", type=int, default=defaults.seed)
    parser.add_argument("--name", default="lstm", help="names the folder of the checkpoints")
    parser.add_argument("--starter", action="store_true", help=f"write the artifact to {STARTER}")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
