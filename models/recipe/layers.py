# SPDX-License-Identifier: GPL-3.0-or-later
"""Layers with names.

A network is a list of named layers, so that training, the ONNX file and the
card all come from the same list.  A layer reads the one before it unless it
names others.
"""

from collections import namedtuple

import numpy as np
import torch
from torch import nn

Layer = namedtuple("Layer", "name module sources", defaults=((),))


class Squeeze(nn.Module):
    """Drops a dimension of 1."""

    def __init__(self, axis):
        super().__init__()
        self.axis = axis

    def forward(self, x):
        return x.squeeze(self.axis)


class Transpose(nn.Module):
    """Reorders the dimensions."""

    def __init__(self, *order):
        super().__init__()
        self.order = order

    def forward(self, x):
        return x.permute(self.order)


class LastState(nn.LSTM):
    """An LSTM over [steps, batch, values], of which only the last state
    [1, batch, hidden] goes on."""

    def forward(self, x):
        return super().forward(x)[1][0]


class Sum(nn.Module):
    """Adds two layers of the same shape."""

    def forward(self, a, b):
        return a + b


class Network(nn.Module):
    """A list of layers as a PyTorch module."""

    def __init__(self, layers):
        super().__init__()
        self.wiring = [(layer.name, layer.sources) for layer in layers]
        self.chain = nn.ModuleList(layer.module for layer in layers)

    def layers(self):
        return [Layer(name, module, sources) for (name, sources), module
                in zip(self.wiring, self.chain)]

    def forward(self, x):
        values = {}
        for (name, sources), module in zip(self.wiring, self.chain):
            x = module(*(values[s] for s in sources)) if sources else module(x)
            values[name] = x
        return x


def with_dropout(layers, dropout):
    """Adds dropout before every dense layer but the first layer of all."""
    result, first = [], True
    for layer in layers:
        if isinstance(layer.module, nn.Linear) and dropout and not first:
            result.append(Layer(f"dropout before {layer.name}",
                                nn.Dropout(dropout)))
        first &= not list(layer.module.parameters())
        result.append(layer)
    return result


def without_dropout(layers):
    return [layer for layer in layers
            if not isinstance(layer.module, nn.Dropout)]


# --------------------------------------------------------------------------
# What a kind of layer is in ONNX: the operator, its attributes, and the
# tensors that it reads besides its sources; and what a card calls it.
# --------------------------------------------------------------------------

Form = namedtuple("Form", "operator attributes tensors text")


def parameters(layer):
    return [(kind, values.detach().numpy().copy())
            for kind, values in layer.named_parameters()]


def conv_attributes(layer):
    return {
        "kernel_shape": list(layer.kernel_size),
        "strides": list(layer.stride),
        "pads": list(layer.padding) * 2,
        "dilations": list(layer.dilation),
        "group": layer.groups,
    }


def conv_text(layer):
    text = f"convolution {layer.kernel_size[0]} x {layer.kernel_size[1]}"
    if layer.padding[0]:
        text += f", padding {layer.padding[0]}"
    return text


def pool_attributes(layer):
    return {"kernel_shape": [layer.kernel_size] * 2,
            "strides": [layer.stride] * 2}


def batch_norm_tensors(layer):
    return [(kind, getattr(layer, kind).detach().numpy().copy())
            for kind in ("weight", "bias", "running_mean", "running_var")]


def lstm_tensors(layer):
    """PyTorch stacks the gates as input, forget, cell, output; ONNX as
    input, output, forget, cell."""
    def reordered(kind):
        i, f, c, o = getattr(layer, kind).detach().numpy().reshape(
            4, layer.hidden_size, -1)
        return np.concatenate([i, o, f, c])[None]

    bias = np.concatenate([reordered("bias_ih_l0"),
                           reordered("bias_hh_l0")], 1)
    return [("W", reordered("weight_ih_l0")), ("R", reordered("weight_hh_l0")),
            ("B", bias.reshape(1, -1))]


def nothing(layer):
    return {}


FORMS = {
    nn.Conv2d: Form("Conv", conv_attributes, parameters, conv_text),
    nn.BatchNorm2d: Form(
        "BatchNormalization", lambda l: {"epsilon": l.eps},
        batch_norm_tensors, lambda l: "batch normalisation"),
    nn.MaxPool2d: Form(
        "MaxPool", pool_attributes, parameters,
        lambda l: f"max pooling {l.kernel_size} x {l.kernel_size}"),
    nn.Linear: Form(
        "Gemm", lambda l: {"alpha": 1.0, "beta": 1.0, "transA": 0,
                           "transB": 1},
        parameters, lambda l: "dense (Gemm)"),
    nn.Flatten: Form("Flatten", lambda l: {"axis": 1}, parameters,
                     lambda l: "flatten"),
    nn.ReLU: Form("Relu", nothing, parameters, lambda l: "ReLU"),
    nn.Tanh: Form("Tanh", nothing, parameters, lambda l: "tanh"),
    Sum: Form("Add", nothing, parameters, lambda l: "sum"),
    Squeeze: Form("Squeeze", nothing,
                  lambda l: [("axes", np.array([l.axis], np.int64))],
                  lambda l: "squeeze"),
    Transpose: Form("Transpose", lambda l: {"perm": list(l.order)},
                    parameters, lambda l: "transpose"),
    LastState: Form("LSTM", lambda l: {"hidden_size": l.hidden_size},
                    lstm_tensors, lambda l: "LSTM, last state"),
}


def form_of(layer):
    if type(layer.module) not in FORMS:
        raise TypeError(f"no ONNX form for {layer.module}")
    return FORMS[type(layer.module)]
