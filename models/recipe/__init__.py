# SPDX-License-Identifier: GPL-3.0-or-later
"""How the bundled networks are built, trained, written and measured.

In the order of dependence: `layers` says what each kind of layer is in
PyTorch, in ONNX and in a card; `networks` builds the networks; `distort`
changes digits at random; `digits` and `pictures` know the two collections of
pictures; `training` trains; `onnxfile` writes; `evaluate` computes a written
file with NumPy alone; `measure` says how often it is right; `card` puts that
into words; `recipes` is the table of what to train and how.
"""
