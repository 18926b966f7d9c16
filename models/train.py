#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Train the networks that come with Relevance.

    models/train.py --data DIR NETWORK...

DIR holds the pictures that the networks learn from: for digits the four MNIST
files in their original IDX format, for colour pictures the CIFAR-10 sprites.
The script trains each network, writes it as an ONNX file, measures the written
file on the 10,000 test pictures, and writes a card with the measured numbers.
--samples picks the sample pictures for data/samples instead.

Needs Python 3 with NumPy, PyTorch (1.13 or later), onnx and, for colour
pictures, Pillow.  No GPU is needed.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import onnx
import torch

from recipe.card import write_card
from recipe.layers import Network
from recipe.measure import measure
from recipe.onnxfile import add_metadata, to_onnx
from recipe.recipes import RECIPES
from recipe.training import SEED, train

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parent / "data" / "samples"


def log(text):
    print(text, flush=True)


def write_samples(data, images, labels):
    """Pick the same number of test pictures of each class, by chance."""
    images_name, labels_name, per_class = data.SAMPLES
    chance = np.random.default_rng(SEED)
    chosen = np.concatenate([
        np.sort(chance.choice(np.flatnonzero(labels == c), per_class,
                              replace=False))
        for c in range(len(data.LABELS))])
    SAMPLES.mkdir(parents=True, exist_ok=True)
    np.save(SAMPLES / images_name, np.ascontiguousarray(images[chosen]))
    np.save(SAMPLES / labels_name, labels[chosen])


def write_network(name, recipe, layers, epochs, images, labels):
    """Returns what was measured of the written file, and its size."""
    model = to_onnx(name, recipe, layers)
    result = measure(onnx.load_from_string(model.SerializeToString()),
                     Network(layers).eval(), recipe.data, images, labels)
    add_metadata(model, recipe, result.accuracy)
    onnx.checker.check_model(model, full_check=True)
    path = HERE / f"{name}.onnx"
    onnx.save(model, str(path))
    size = path.stat().st_size
    write_card(HERE / f"{name}.card.md", name, recipe, layers, epochs, size,
               result)
    return result, size


def make(name, options):
    """Train, write and measure one network.  Returns whether it is good."""
    recipe = RECIPES[name]
    epochs = options.epochs or recipe.epochs
    (images, labels), (test_images, test_labels) = \
        recipe.data.load(options.data)
    layers, seconds = train(name, recipe, images, labels, epochs,
                            options.data / f"{name}.checkpoint",
                            options.resume, log)
    result, size = write_network(name, recipe, layers, epochs, test_images,
                                 test_labels)
    log(f"{name}: {result.accuracy:.2%} on the test pictures, {size:,} bytes, "
        f"trained in {seconds:.0f} s, differs from PyTorch by at most "
        f"{result.difference:.1e}")
    for text, value in result.changed:
        log(f"  {text}: {value:.2%}")
    if result.accuracy < recipe.goal:
        log(f"  below the goal of {recipe.goal:.1%}")
    return result.accuracy >= recipe.goal


def parse_options():
    parser = argparse.ArgumentParser(
        description="Train the networks of Relevance.",
        epilog="Networks: " + ", ".join(RECIPES))
    parser.add_argument("networks", nargs="+", choices=RECIPES,
                        metavar="NETWORK", help="what to train")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR",
                        help="folder with the pictures to learn from")
    parser.add_argument("--epochs", type=int,
                        help="train for fewer or more epochs than the recipe")
    parser.add_argument("--resume", action="store_true",
                        help="go on from the checkpoint that is written "
                             "beside the data after every epoch")
    parser.add_argument("--samples", action="store_true",
                        help="pick the samples of these networks' pictures "
                             "anew, and train nothing")
    parser.add_argument("--threads", type=int, default=2,
                        help="processor cores to use (default 2)")
    return parser.parse_args()


def main():
    options = parse_options()
    torch.set_num_threads(options.threads)
    torch.use_deterministic_algorithms(True)
    if options.samples:
        for data in {RECIPES[name].data for name in options.networks}:
            write_samples(data, *data.load(options.data)[1])
        return 0
    return 0 if all([make(name, options) for name in options.networks]) else 1


if __name__ == "__main__":
    sys.exit(main())
