"""`python -m model_server.training`: train, and write the artifact under STATE_DIR."""

import argparse
import os
import sys

from model_server.data.corpus import load_corpus
from model_server.data.errors import DataError
from model_server.training.build import Settings, build_trainer, run_name
from model_server.training.config import ROOT, from_env
from model_server.training.dataset import read_dataset
from model_server.training.export import export
from model_server.training.loop import LoopConfig

STARTER = ROOT / "starter" / "artifact"


def main() -> int:
    """Train to the end and write the artifact; 1 with a message when the data cannot be used."""
    arguments, config = _arguments(), from_env(os.environ)
    settings = Settings(loop=LoopConfig(epochs=arguments.epochs, seed=arguments.seed))
    try:
        dataset = read_dataset(load_corpus(config.marquee_data), config.catalogue_dir)
    except (DataError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    folder = config.state_dir / "training" / run_name(dataset, settings)
    trainer = build_trainer(dataset, settings, folder)
    progress = trainer.train(settings.loop)
    artifact = STARTER if arguments.starter else config.state_dir / "artifact"
    version = export(trainer.network, dataset, progress, artifact)
    print(f"{artifact}: {version}, NDCG@10 {progress.best:.4f} on validation people")
    return 0


def _arguments() -> argparse.Namespace:
    defaults = LoopConfig()
    parser = argparse.ArgumentParser(prog="python -m model_server.training", description=__doc__)
    parser.add_argument("--epochs", type=int, default=defaults.epochs)
    parser.add_argument("--seed", type=int, default=defaults.seed)
    parser.add_argument("--starter", action="store_true", help=f"write the artifact to {STARTER}")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
