"""`python -m model_server.training`: train, and write the artifact under STATE_DIR.

With --protocol it trains on a published protocol instead and leaves the network to the evaluation.
"""

import argparse
import os
import sys
from dataclasses import replace

from model_server.config import ConfigError
from model_server.data.corpus import load_corpus
from model_server.data.errors import DataError
from model_server.training import benchmark
from model_server.training.build import Settings, build_trainer, run_name
from model_server.training.config import ROOT, from_env
from model_server.training.curves import draw_curves
from model_server.training.dataset import read_dataset
from model_server.training.export import CURVES, export
from model_server.training.mixing import choose_lift_gain, settle
from model_server.training.options import with_options

STARTER = ROOT / "starter" / "artifact"


def main() -> int:
    """Train to the end; 1 with a message when the data cannot be used."""
    arguments = _arguments()
    train = _train_benchmark if arguments.protocol else _train_product
    try:
        print(train(arguments))
    except (ConfigError, DataError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _train_product(arguments: argparse.Namespace) -> str:
    config, settings = from_env(os.environ), _settings(Settings(), arguments)
    dataset = read_dataset(load_corpus(config.marquee_data), config.catalogue_dir)
    folder = config.state_dir / "training" / run_name(dataset, settings)
    trainer = build_trainer(dataset, settings, folder)
    progress = trainer.train(settings.loop)
    figures = settle(trainer.network, trainer.validation)
    artifact = STARTER if arguments.starter else config.state_dir / "artifact"
    version = export(trainer.network, dataset, progress, figures, artifact)
    return f"{artifact}: {version}, NDCG@10 {figures['ndcg@10']:.4f} on validation people"


def _train_benchmark(arguments: argparse.Namespace) -> str:
    settings = _settings(benchmark.SETTINGS, arguments)
    dataset = benchmark.benchmark_dataset(os.environ, arguments.protocol)
    folder = benchmark.benchmark_folder(os.environ, arguments.protocol, arguments.variant)
    benchmark.claim(folder, settings)
    trainer = build_trainer(dataset, settings, folder)
    progress = trainer.train(settings.loop)
    figures, _ = choose_lift_gain(trainer.network, trainer.validation)
    benchmark.save_final(folder, trainer.network, progress)
    draw_curves(progress.history, folder / CURVES)
    return f"{folder}: NDCG@10 {figures['ndcg@10']:.4f} on validation, epoch {progress.best_epoch}"


def _settings(settings: Settings, arguments: argparse.Namespace) -> Settings:
    """The settings with what was asked for on the command line."""
    asked = {"epochs": arguments.epochs, "seed": arguments.seed}
    given = {name: value for name, value in asked.items() if value is not None}
    loop = replace(settings.loop, **given)
    return with_options(replace(settings, loop=loop), arguments.set)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m model_server.training", description=__doc__)
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--protocol", choices=tuple(benchmark.PROTOCOLS))
    parser.add_argument("--variant", default="", help="another network of a protocol, in a folder")
    parser.add_argument(
        "--set", action="append", default=[], metavar="SECTION.FIELD=VALUE", help="another setting"
    )
    parser.add_argument("--starter", action="store_true", help=f"write the artifact to {STARTER}")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
