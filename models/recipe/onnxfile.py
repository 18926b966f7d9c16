# SPDX-License-Identifier: GPL-3.0-or-later
"""Trained layers as an ONNX model that knows its labels and its input."""

import json

from onnx import TensorProto, helper, numpy_helper

from .layers import form_of

LICENCE = "GPL-3.0-or-later"


def to_onnx(name, recipe, layers):
    """Write the layers as an ONNX model of opset 13 with readable names."""
    nodes, initialisers, outputs = [], [], {}
    current = "input"
    for layer in layers:
        form = form_of(layer)
        inputs = [outputs[source] for source in layer.sources] or [current]
        for kind, values in form.tensors(layer.module):
            inputs.append(f"{layer.name}.{kind}")
            initialisers.append(numpy_helper.from_array(values, inputs[-1]))
        current = "output" if layer is layers[-1] else layer.name + ".out"
        results = [current]
        if form.operator == "LSTM":     # all states, the last, the last cell
            results.insert(0, "")
        outputs[layer.name] = current
        nodes.append(helper.make_node(form.operator, inputs, results,
                                      name=layer.name,
                                      **form.attributes(layer.module)))

    graph = helper.make_graph(
        nodes, name,
        [helper.make_tensor_value_info("input", TensorProto.FLOAT,
                                       ["batch", *recipe.data.SHAPE])],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT,
                                       ["batch", len(recipe.data.LABELS)])],
        initialisers)
    model = helper.make_model(
        graph, producer_name="relevance", producer_version="1",
        model_version=1, opset_imports=[helper.make_opsetid("", 13)],
        doc_string=f"{recipe.title}. {recipe.data.DOC}")
    model.ir_version = 7
    return model


def add_metadata(model, recipe, accuracy):
    description = {
        "title": recipe.title,
        "description": recipe.description,
        "labels": recipe.data.LABELS,
        "input": recipe.data.INPUT,
        "accuracy": round(accuracy, 4),
        "data": recipe.data.NAME,
        "licence": LICENCE,
    }
    helper.set_model_props(model, {
        "relevance": json.dumps(description, ensure_ascii=False),
        **recipe.data.IMAGE_METADATA,
    })
