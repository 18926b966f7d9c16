# SPDX-License-Identifier: GPL-3.0-or-later
"""What to train, and how."""

from dataclasses import dataclass
from types import ModuleType
from typing import Callable

from torch import nn

from . import digits, networks, pictures, training


@dataclass
class Recipe:
    title: str
    description: str
    build: Callable             # the layers, for the training pictures
    epochs: int
    rate: float                 # the highest learning rate
    goal: float                 # the least accuracy on the test pictures
    data: ModuleType = digits
    batch: int = 128
    smoothing: float = 0.03     # of the labels
    dropout: float = 0.0        # before every dense layer but the first
    averaging: float = 0.005    # share of the newest weights in the average
    strength: float = 1.0       # of the distortions, 1 = full
    strength_text: str = ""     # what the card says about that
    largest_gradient: float = 0.0   # longer ones are cut; 0 = never
    biases: bool = True
    decay: float = 0.0          # of weights, where training.sgd is used
    optimiser: Callable = training.adamw
    schedule: Callable = training.cosine


PICTURES = {
    "data": pictures,
    "batch": 256,
    "rate": 0.375,
    "decay": 0.00133,
    "smoothing": 0.1,
    "averaging": 0.02,
    "optimiser": training.sgd,
    "schedule": training.triangle,
}

RECIPES = {
    "mnist-mlp": Recipe(
        title="MNIST digits, fully connected",
        description=
            "Reads a handwritten digit with three fully connected layers. "
            "Every pixel has its own weights, so it is the simplest network "
            "to start with.",
        build=networks.mlp(nn.ReLU, "relu"),
        epochs=40,
        rate=2e-3,
        strength=0.6,
        strength_text=" (less than for the convolutional network)",
        goal=0.984,
    ),
    "mnist-cnn": Recipe(
        title="MNIST digits, convolutional",
        description=
            "Reads a handwritten digit with two convolutional and two dense "
            "layers, much like the classic LeNet-5. It was also trained for "
            "digits that are drawn with a mouse or sit off centre.",
        build=networks.cnn,
        epochs=20,
        rate=2e-3,
        dropout=0.3,
        goal=0.993,
    ),
    "mnist-tanh": Recipe(
        title="MNIST digits, fully connected, tanh",
        description=
            "Reads a handwritten digit with three fully connected layers and "
            "tanh between them, as early demonstrations of LRP did. Its "
            "neurons can also answer below zero, so rules that count on "
            "positive activations show where they stop being right.",
        build=networks.mlp(nn.Tanh, "tanh"),
        epochs=24,
        rate=2e-3,
        strength=0.6,
        strength_text=" (less than for the convolutional networks)",
        goal=0.983,
    ),
    "mnist-cnn-nobias": Recipe(
        title="MNIST digits, convolutional, without biases",
        description=
            "Reads a handwritten digit with two convolutional and two dense "
            "layers that have no biases at all. Nothing can be absorbed by a "
            "bias, so the relevance of the pixels adds up to the score "
            "exactly; and twice the ink gives twice the score.",
        build=networks.cnn_without_biases,
        epochs=12,
        rate=2e-3,
        dropout=0.2,
        biases=False,
        goal=0.992,
    ),
    "mnist-lstm": Recipe(
        title="MNIST digits, row by row with an LSTM",
        description=
            "Reads a handwritten digit from top to bottom, one row of pixels "
            "at each of 28 steps, and remembers what it needs in an LSTM "
            "(long short-term memory). Only the memory after the last row "
            "decides.",
        build=networks.lstm,
        epochs=24,
        rate=3e-3,
        largest_gradient=1.0,
        goal=0.98,
    ),
    "cifar10-vgg": Recipe(
        title="CIFAR-10 pictures, convolutional",
        description=
            "Tells ten kinds of animals and vehicles apart in small colour "
            "pictures, with a plain chain of small convolutions like the VGG "
            "networks, each followed by batch normalisation.",
        build=networks.vgg,
        epochs=12,
        goal=0.91,
        **PICTURES,
    ),
    "cifar10-resnet": Recipe(
        title="CIFAR-10 pictures, residual",
        description=
            "Tells ten kinds of animals and vehicles apart in small colour "
            "pictures. Three times, the result of two convolutions is added "
            "to what they read, as in the ResNet networks, so relevance can "
            "take two ways.",
        build=networks.resnet,
        epochs=11,
        goal=0.90,
        **PICTURES,
    ),
}
