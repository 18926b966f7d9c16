# SPDX-License-Identifier: GPL-3.0-or-later
"""Training, which can be interrupted after any epoch and resumed."""

import copy
import math
import os
import time

import torch
import torch.nn.functional as F
from torch import nn

from .layers import Network, with_dropout, without_dropout

SEED = 20


def adamw(network, recipe):
    """Relevance that reaches a bias is lost for the heatmap, so biases are
    held small more firmly than weights."""
    groups = {"weight": [], "bias": []}
    for key, values in network.named_parameters():
        groups[key.rpartition(".")[2].partition("_")[0]].append(values)
    return torch.optim.AdamW([
        {"params": groups["weight"], "weight_decay": 0.05},
        {"params": groups["bias"], "weight_decay": 0.3},
    ], lr=recipe.rate)


def sgd(network, recipe):
    """With Nesterov momentum.  The shifts of batch normalisations learn faster
    and the last layer more slowly, as if they were multiplied by a factor."""
    def group(parameters, factor):
        return {"params": parameters, "lr": recipe.rate * factor,
                "weight_decay": recipe.decay / factor}

    groups = {nn.Conv2d: [], nn.BatchNorm2d: [], nn.Linear: []}
    for module in network.chain:
        for values in module.parameters():
            if values.requires_grad:
                groups[type(module)].append(values)
    return torch.optim.SGD([
        group(groups[nn.Conv2d], 1),
        group(groups[nn.BatchNorm2d], 16),
        group(groups[nn.Linear], 1 / 64),
    ], lr=recipe.rate, momentum=0.85, nesterov=True)


def triangle(steps):
    """From a fifth straight up to 1, then straight down to almost 0."""
    peak = round(0.23 * steps)

    def rate(step):
        if step < peak:
            return 0.2 + 0.8 * step / peak
        return max(0.02, (steps - step) / (steps - peak))
    return rate


def cosine(steps):
    """From 0 up to 1 and along a cosine down to 0."""
    warm_up = max(1, steps // 50)

    def rate(step):
        if step < warm_up:
            return (step + 1) / warm_up
        return 0.5 * (1 + math.cos(math.pi * (step - warm_up)
                                   / (steps - warm_up)))
    return rate


class Trainer:
    """One training: everything that a checkpoint must hold."""

    def __init__(self, recipe, images, labels, epochs):
        torch.manual_seed(SEED)
        self.recipe, self.epochs = recipe, epochs
        self.targets = torch.from_numpy(labels).long()
        layers = with_dropout(recipe.build(images), recipe.dropout)
        self.network = Network(layers)
        # A running average of the weights is what will be kept.
        self.average = copy.deepcopy(self.network)
        self.change = recipe.data.changer(images, self.targets, SEED,
                                          recipe)
        self.optimiser = recipe.optimiser(self.network, recipe)
        self.steps = len(images) // recipe.batch
        self.schedule = torch.optim.lr_scheduler.LambdaLR(
            self.optimiser, recipe.schedule(epochs * self.steps))
        self.epoch, self.seconds = 0, 0.0

    def train_epoch(self):
        """Returns the mean loss."""
        started, recipe = time.time(), self.recipe
        self.network.train()
        order = torch.randperm(len(self.targets),
                               generator=self.change.generator)
        total = 0.0
        for i in range(self.steps):
            which = order[i * recipe.batch:(i + 1) * recipe.batch]
            x = self.change(which, self.epoch)
            loss = F.cross_entropy(self.network(x), self.targets[which],
                                   label_smoothing=recipe.smoothing)
            self.optimiser.zero_grad()
            loss.backward()
            if recipe.largest_gradient:
                nn.utils.clip_grad_norm_(self.network.parameters(),
                                         recipe.largest_gradient)
            self.optimiser.step()
            self.schedule.step()
            total += loss.item()
            self.update_average()
        self.epoch += 1
        self.seconds += time.time() - started
        return total / self.steps

    def update_average(self):
        with torch.no_grad():
            for kept, now in zip(self.average.parameters(),
                                 self.network.parameters()):
                kept.lerp_(now, self.recipe.averaging)
            for kept, now in zip(self.average.buffers(),
                                 self.network.buffers()):
                if kept.is_floating_point():
                    kept.lerp_(now, self.recipe.averaging)

    def layers(self):
        """The layers holding the averaged weights."""
        return without_dropout(self.average.layers())

    def save(self, path):
        """All or nothing: an interruption leaves the old file."""
        part = path.with_name(path.name + ".part")
        torch.save({
            "epoch": self.epoch, "epochs": self.epochs,
            "seconds": self.seconds,
            "network": self.network.state_dict(),
            "average": self.average.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "schedule": self.schedule.state_dict(),
            "chance": torch.get_rng_state(),
            "changes": self.change.generator.get_state(),
        }, part)
        os.replace(part, path)

    def resume(self, path):
        """Go on where a checkpoint was written.  Returns whether it is of a
        training of as many epochs: their number decides the learning rate."""
        state = torch.load(path, map_location="cpu")
        if state["epochs"] != self.epochs:
            return False
        self.epoch, self.seconds = state["epoch"], state["seconds"]
        self.network.load_state_dict(state["network"])
        self.average.load_state_dict(state["average"])
        self.schedule.load_state_dict(state["schedule"])
        self.optimiser.load_state_dict(state["optimiser"])
        torch.set_rng_state(state["chance"])
        self.change.generator.set_state(state["changes"])
        return True


def train(name, recipe, images, labels, epochs, checkpoint, resume, log):
    """Returns the trained layers and how many seconds that took."""
    trainer = Trainer(recipe, images, labels, epochs)
    if resume and checkpoint.exists():
        if trainer.resume(checkpoint):
            log(f"{name}: going on after epoch {trainer.epoch}")
        else:
            log(f"{name}: {checkpoint} is of another number of epochs; "
                "beginning anew")
    while trainer.epoch < epochs:
        loss = trainer.train_epoch()
        trainer.save(checkpoint)
        log(f"{name}: epoch {trainer.epoch}/{epochs}, loss {loss:.4f}, "
            f"{trainer.seconds:.0f} s")
    return trainer.layers(), trainer.seconds
