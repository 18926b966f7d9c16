# SPDX-License-Identifier: GPL-3.0-or-later
"""An ONNX model computed with NumPy alone.

This shares no code with the training, so that a mistake in the file shows.
It knows just the operators that `layers` writes.
"""

import numpy as np
from onnx import helper, numpy_helper


def conv(x, weight, bias=None, *, kernel_shape, strides, pads, dilations,
         group):
    assert strides == dilations == [1, 1] and group == 1
    x = np.pad(x, ((0, 0), (0, 0), (pads[0], pads[2]), (pads[1], pads[3])))
    windows = np.lib.stride_tricks.sliding_window_view(
        x, kernel_shape, axis=(2, 3))
    y = np.tensordot(windows, weight, ((1, 4, 5), (1, 2, 3)))
    y = y.transpose(0, 3, 1, 2)
    return y if bias is None else y + bias[:, None, None]


def batch_norm(x, scale, shift, mean, variance, epsilon):
    mean, variance, scale, shift = (
        v[:, None, None] for v in (mean, variance, scale, shift))
    return (x - mean) / np.sqrt(variance + np.float32(epsilon)) * scale + shift


def max_pool(x, kernel_shape, strides):
    windows = np.lib.stride_tricks.sliding_window_view(
        x, kernel_shape, axis=(2, 3))
    return windows[:, :, ::strides[0], ::strides[1]].max((4, 5))


def gemm(x, weight, bias=0, *, alpha, beta, transA, transB):
    assert (alpha, beta, transA, transB) == (1, 1, 0, 1)
    return x @ weight.T + bias


def sigmoid(x):
    return 0.5 * (1 + np.tanh(0.5 * x))


def lstm(x, weight, recurrence, bias, hidden_size):
    """x is [steps, batch, values]; the gates are in the order input, output,
    forget, cell.  The last hidden state is the second output."""
    weight, recurrence = weight[0], recurrence[0]
    bias = bias[0, :4 * hidden_size] + bias[0, 4 * hidden_size:]
    hidden = cell = np.zeros((x.shape[1], hidden_size), np.float32)
    for row in x:
        gates = row @ weight.T + hidden @ recurrence.T + bias
        i, o, f, c = np.split(gates, 4, 1)
        cell = sigmoid(f) * cell + sigmoid(i) * np.tanh(c)
        hidden = sigmoid(o) * np.tanh(cell)
    return None, hidden[None]


OPERATORS = {
    "Add": lambda a, b: a + b,
    "BatchNormalization": batch_norm,
    "Conv": conv,
    "Flatten": lambda x, axis: x.reshape(len(x), -1),
    "Gemm": gemm,
    "LSTM": lstm,
    "MaxPool": max_pool,
    "Relu": lambda x: np.maximum(x, 0),
    "Squeeze": lambda x, axes: np.squeeze(x, tuple(axes)),
    "Tanh": np.tanh,
    "Transpose": lambda x, perm: x.transpose(perm),
}


def run_onnx(model, images, batch=500):
    tensors = {t.name: numpy_helper.to_array(t)
               for t in model.graph.initializer}
    results = []
    for i in range(0, len(images), batch):
        values = dict(tensors, input=images[i:i + batch])
        for node in model.graph.node:
            attributes = {a.name: helper.get_attribute_value(a)
                          for a in node.attribute}
            result = OPERATORS[node.op_type](
                *(values[name] for name in node.input), **attributes)
            values.update(zip(node.output, result if len(node.output) > 1
                              else [result]))
        results.append(values["output"])
    return np.concatenate(results)
