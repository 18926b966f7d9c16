# SPDX-License-Identifier: GPL-3.0-or-later
"""The networks, each as a list of named layers."""

import torch
from torch import nn

from .layers import LastState, Layer, Squeeze, Sum, Transpose
from .pictures import to_input


def named(*pairs):
    return [Layer(*pair) for pair in pairs]


def cnn(images):
    """Like LeNet-5."""
    return named(
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
    )


def cnn_without_biases(images):
    """Smaller, and nothing in it but weights: where there is no ink there is
    nothing, and all that reaches the score comes from the pixels."""
    return named(
        ("conv1", nn.Conv2d(1, 24, 5, padding=2, bias=False)),
        ("relu1", nn.ReLU()),
        ("pool1", nn.MaxPool2d(2)),
        ("conv2", nn.Conv2d(24, 48, 5, bias=False)),
        ("relu2", nn.ReLU()),
        ("pool2", nn.MaxPool2d(2)),
        ("flatten", nn.Flatten()),
        ("dense1", nn.Linear(48 * 5 * 5, 128, bias=False)),
        ("relu3", nn.ReLU()),
        ("dense2", nn.Linear(128, 10, bias=False)),
    )


def mlp(activation, word):
    def build(images):
        return named(
            ("flatten", nn.Flatten()),
            ("dense1", nn.Linear(784, 300)),
            (word + "1", activation()),
            ("dense2", nn.Linear(300, 100)),
            (word + "2", activation()),
            ("dense3", nn.Linear(100, 10)),
        )
    return build


def lstm(images):
    """Reads the rows of a digit from top to bottom, one at each step."""
    hidden = 128
    memory = LastState(28, hidden)
    # Forget gates that begin open let the first rows be remembered.
    with torch.no_grad():
        memory.bias_ih_l0[hidden:2 * hidden] = 1
    return named(
        ("rows", Squeeze(1)),
        ("steps", Transpose(1, 0, 2)),
        ("lstm", memory),
        ("state", Squeeze(0)),
        ("dense", nn.Linear(hidden, 10)),
    )


# --------------------------------------------------------------------------
# Colour pictures
# --------------------------------------------------------------------------

def whitening(images):
    """A convolution whose filters are the principal components of 2 x 2
    pixels, each with either sign, scaled so that all vary equally.  A network
    that begins so learns in half the time.  It is not trained."""
    patches = to_input(images[:5000]).unfold(2, 2, 1).unfold(3, 2, 1)
    patches = patches.permute(0, 2, 3, 1, 4, 5).reshape(-1, 12).double()
    patches -= patches.mean(0)
    variances, components = torch.linalg.eigh(
        patches.T @ patches / len(patches))
    filters = (components / torch.sqrt(variances + 5e-4)).T.flip(0)
    conv = nn.Conv2d(3, 24, 2, bias=False)
    conv.weight.requires_grad_(False).copy_(
        torch.cat([filters, -filters]).view(24, 3, 2, 2))
    return conv


def block(number, inputs, outputs):
    """Convolution, batch normalisation and ReLU.  The filters begin as copies
    of their inputs as far as there are any."""
    conv = nn.Conv2d(inputs, outputs, 3, padding=1, bias=False)
    nn.init.dirac_(conv.weight[:min(inputs, outputs)])
    norm = nn.BatchNorm2d(outputs)
    norm.weight.requires_grad_(False)
    return named((f"conv{number}", conv), (f"norm{number}", norm),
                 (f"relu{number}", nn.ReLU()))


def head(features):
    dense = nn.Linear(features, 10, bias=False)
    with torch.no_grad():
        dense.weight /= 8
    return named(("flatten", nn.Flatten()), ("dense", dense))


def vgg(images):
    return [
        *named(("conv1", whitening(images)), ("relu1", nn.ReLU())),
        *block(2, 24, 32),
        *named(("pool1", nn.MaxPool2d(2))),
        *block(3, 32, 64),
        *block(4, 64, 64),
        *named(("pool2", nn.MaxPool2d(2))),
        *block(5, 64, 128),
        *block(6, 128, 192),
        *named(("pool3", nn.MaxPool2d(2))),
        *block(7, 192, 256),
        *named(("pool4", nn.MaxPool2d(3))),
        *head(256),
    ]


def residual(number, width, before):
    """Two convolutions whose result is added to what they read."""
    first, second = block(number, width, width), \
        block(number + 1, width, width)
    second[-1:] = [
        Layer(f"sum{number + 1}", Sum(), (second[-2].name, before)),
        Layer(f"relu{number + 1}", nn.ReLU()),
    ]
    return first + second


def resnet(images):
    return [
        *named(("conv1", whitening(images)), ("relu1", nn.ReLU())),
        *block(2, 24, 32),
        *named(("pool1", nn.MaxPool2d(2))),
        *residual(3, 32, "pool1"),
        *block(5, 32, 96),
        *named(("pool2", nn.MaxPool2d(2))),
        *residual(6, 96, "pool2"),
        *block(8, 96, 192),
        *named(("pool3", nn.MaxPool2d(2))),
        *residual(9, 192, "pool3"),
        *named(("pool4", nn.MaxPool2d(3))),
        *head(192),
    ]
