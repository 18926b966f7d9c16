# SPDX-License-Identifier: GPL-3.0-or-later
"""How often a written network is right."""

import sys
from dataclasses import dataclass

import numpy as np
import torch

from .evaluate import run_onnx


@dataclass
class Result:
    accuracy: float
    difference: float       # between NumPy and PyTorch, at most
    per_class: list         # how many there are, and how many are right
    changed: list           # changes in words, and the accuracy then
    winner: float           # typical highest score
    others: float           # and the others


def measure(model, network, data, images, labels):
    """Measure a reloaded ONNX model on the test pictures.

    The accuracy is that of the ONNX model.  The changed pictures are run with
    PyTorch, which is faster, once it is known to give the same scores.
    """
    x = data.to_input(images)

    def scores(pictures):
        with torch.no_grad():
            return torch.cat([network(part) for part in pictures.split(500)])

    logits = run_onnx(model, x.numpy())
    difference = float(np.abs(logits - scores(x).numpy()).max())
    if difference > 1e-3:
        sys.exit(f"the ONNX file differs from PyTorch by {difference}")

    def accuracy(pictures):
        guesses = scores(pictures).argmax(1)
        return float((guesses.numpy() == labels).mean())

    guesses = logits.argmax(1)
    return Result(
        accuracy=float((guesses == labels).mean()),
        difference=difference,
        per_class=[(int((labels == c).sum()),
                    int(((labels == c) & (guesses == c)).sum()))
                   for c in range(logits.shape[1])],
        changed=[(text, float(np.mean([accuracy(y) for y in several])))
                 for text, several in data.changes(x)],
        winner=float(np.median(logits.max(1))),
        others=float(np.median(np.sort(logits, 1)[:, :-1])))


def shifted(images, dx, dy, background):
    moved = torch.empty_like(images)
    moved[:] = background
    h, w = images.shape[2:]
    moved[:, :, max(dy, 0):h + min(dy, 0), max(dx, 0):w + min(dx, 0)] = \
        images[:, :, max(-dy, 0):h + min(-dy, 0),
               max(-dx, 0):w + min(-dx, 0)]
    return moved


def shifts(images, pixels, background=0):
    """All eight shifts by so many pixels."""
    return (f"shifted by {pixels} pixel{'s' if pixels > 1 else ''}, "
            "mean of 8 directions",
            (shifted(images, pixels * dx, pixels * dy, background)
             for dx in (-1, 0, 1) for dy in (-1, 0, 1) if dx or dy))
