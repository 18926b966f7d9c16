# SPDX-License-Identifier: GPL-3.0-or-later
"""The card beside a network: what it is, how it was made, how often it is
right."""

import textwrap

import torch

from .layers import Network, form_of
from .onnxfile import LICENCE

CARD = """# {title}

{description}

File: `{name}.onnx` (ONNX, opset 13, {size} kB).

## What goes in, what comes out

{input}

## Layers

| Name | Operator | Output | Parameters |
|---|---|---|---:|
{layers}
| | | **in all** | **{parameters:,}** |

## Training

{training}

## Accuracy

{accuracy}

| {thing} | Test {things} | Right | Accuracy |
|---|---:|---:|---:|
{classes}

The same test {things}, changed:

| Change | Accuracy |
|---|---:|
{changed}

## Limits

{limits}

## Licence

The network: {licence}, like the program.

{data_licence}
"""

ACCURACY = """**{accuracy:.2%}** on the 10,000 {collection}, {errors} wrong. The test
{things} were not used for training, nor to decide when to stop it. Measured by
computing the finished ONNX model with NumPy, independently of PyTorch."""


def trainable_count(layer):
    return sum(p.numel() for p in layer.module.parameters())


def layer_rows(layers, shape):
    """Rows of the card's table, with the shapes as they really come out: the
    dimensions that do not grow with the batch."""
    def shapes(batch):
        found = []
        hooks = [layer.module.register_forward_hook(
            lambda module, given, result: found.append(result.shape))
            for layer in layers]
        Network(layers).eval()(torch.zeros(batch, *shape))
        for hook in hooks:
            hook.remove()
        return found

    rows = []
    for layer, one, two in zip(layers, shapes(1), shapes(2)):
        size = " x ".join(str(a) for a, b in zip(one, two) if a == b)
        count = trainable_count(layer)
        rows.append(f"| {layer.name} | {form_of(layer).text(layer.module)} "
                    f"| {size} | {format(count, ',') if count else ''} |")
    return "\n".join(rows)


def write_card(path, name, recipe, layers, epochs, size, result):
    data = recipe.data
    path.write_text(CARD.format(
        title=recipe.title, name=name,
        description=textwrap.fill(recipe.description, 79),
        size=round(size / 1000),
        input=data.card_input(result.winner, result.others + 0.0),
        layers=layer_rows(layers, data.SHAPE),
        parameters=sum(trainable_count(layer) for layer in layers),
        training=data.card_training(recipe, epochs),
        accuracy=ACCURACY.format(
            accuracy=result.accuracy, collection=data.TEST_COLLECTION,
            errors=round(10000 * (1 - result.accuracy)), things=data.THINGS),
        thing=data.THING, things=data.THINGS,
        classes="\n".join(f"| {label} | {n:,} | {right:,} | {right / n:.2%} |"
                          for label, (n, right) in
                          zip(data.LABELS, result.per_class)),
        changed="\n".join(f"| {text} | {value:.2%} |"
                          for text, value in result.changed),
        limits=data.card_limits(dict(result.changed)),
        licence=LICENCE, data_licence=data.LICENCE), encoding="utf-8")
