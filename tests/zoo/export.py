#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""export.py [FOLDER]: writes small ONNX classifiers made of the blocks that well-known networks consist of.

Each is built from its paper's description, with few channels and weights from a fixed seed, and exported as people do:
several opsets, constants folded or not, the batch fixed or open. Beside NAME.onnx lie NAME.npy, a batch of three
inputs, and NAME.logits.npy, what PyTorch computes for them. Needs PyTorch, NumPy and onnx.

  export.py                      the networks that test-zoo reads, here
  export.py --all FOLDER         every network in every variant, for RELEVANCE_ZOO_DIR
"""
import math
import os
import sys
import warnings

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from torch import nn

warnings.filterwarnings("ignore")


def norm_act(i, o, k=1, s=1, g=1, act=nn.ReLU, p=None):
    """Convolution, batch normalisation, activation."""
    p = (k - 1) // 2 if p is None else p
    layers = [nn.Conv2d(i, o, k, s, p, groups=g, bias=False), nn.BatchNorm2d(o)]
    return nn.Sequential(*layers, *([act()] if act else []))


class Head(nn.Module):
    """A stem, blocks, global average, classes."""

    def __init__(self, stem, blocks, width, classes=5):
        super().__init__()
        self.body = nn.Sequential(stem, *blocks)
        self.fc = nn.Linear(width, classes)

    def forward(self, x):
        return self.fc(torch.flatten(F.adaptive_avg_pool2d(self.body(x), 1), 1))


class VGG(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(norm_act(3, 6, 3), norm_act(6, 8, 3), nn.MaxPool2d(2), norm_act(8, 8, 3),
                                      nn.MaxPool2d(2))
        self.pool = nn.AdaptiveAvgPool2d(2)
        self.classifier = nn.Sequential(nn.Linear(32, 16), nn.ReLU(True), nn.Dropout(), nn.Linear(16, 5))

    def forward(self, x):
        return self.classifier(torch.flatten(self.pool(self.features(x)), 1))


class Basic(nn.Module):
    def __init__(self, i, o, s):
        super().__init__()
        self.body = nn.Sequential(norm_act(i, o, 3, s), norm_act(o, o, 3, act=None))
        self.skip = norm_act(i, o, 1, s, act=None) if s != 1 or i != o else nn.Identity()

    def forward(self, x):
        return F.relu(self.body(x) + self.skip(x))


class Bottleneck(nn.Module):
    def __init__(self, i, w, o, s=1, g=1, se=None):
        super().__init__()
        self.body = nn.Sequential(norm_act(i, w), norm_act(w, w, 3, s, g), se or nn.Identity(),
                                  norm_act(w, o, act=None))
        self.skip = norm_act(i, o, 1, s, act=None) if s != 1 or i != o else nn.Identity()

    def forward(self, x):
        return F.relu(self.body(x) + self.skip(x))


class Dense(nn.Module):
    """Norm, activation, 1x1; norm, activation, 3x3; what is new is put beside what was there."""

    def __init__(self, i, grow):
        super().__init__()
        self.body = nn.Sequential(nn.BatchNorm2d(i), nn.ReLU(), nn.Conv2d(i, 2 * grow, 1, bias=False),
                                  nn.BatchNorm2d(2 * grow), nn.ReLU(),
                                  nn.Conv2d(2 * grow, grow, 3, padding=1, bias=False))

    def forward(self, x):
        return torch.cat([x, self.body(x)], 1)


class Inception(nn.Module):
    def __init__(self, i, w):
        super().__init__()
        self.one = norm_act(i, w)
        self.seven = nn.Sequential(norm_act(i, w), norm_act(w, w, (1, 7), p=(0, 3)), norm_act(w, w, (7, 1), p=(3, 0)))
        self.pool = norm_act(i, w)

    def forward(self, x):
        return torch.cat([self.one(x), self.seven(x), self.pool(F.avg_pool2d(x, 3, 1, 1)),
                          F.max_pool2d(x, 3, 1, 1)], 1)


class Fire(nn.Module):
    def __init__(self, i, s, e):
        super().__init__()
        self.squeeze = nn.Conv2d(i, s, 1)
        self.one, self.three = nn.Conv2d(s, e, 1), nn.Conv2d(s, e, 3, padding=1)

    def forward(self, x):
        x = F.relu(self.squeeze(x))
        return torch.cat([F.relu(self.one(x)), F.relu(self.three(x))], 1)


class Shuffle(nn.Module):
    def __init__(self, w, down):
        super().__init__()
        h = w // 2
        i = w if down else h
        self.left = nn.Sequential(norm_act(i, i, 3, 2, i, None), norm_act(i, h)) if down else None
        self.right = nn.Sequential(norm_act(i, h), norm_act(h, h, 3, 2 if down else 1, h, None), norm_act(h, h))

    def forward(self, x):
        a, b = (x, x) if self.left else x.chunk(2, 1)
        x = torch.cat([self.left(a) if self.left else a, self.right(b)], 1)
        n, c, h, w = x.size()
        return x.view(n, 2, c // 2, h, w).transpose(1, 2).contiguous().view(n, c, h, w)


class Excite(nn.Module):
    """Squeeze and excitation."""

    def __init__(self, c, s, act, gate):
        super().__init__()
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.down, self.up, self.act, self.gate = nn.Conv2d(c, s, 1), nn.Conv2d(s, c, 1), act(), gate()

    def forward(self, x):
        return x * self.gate(self.up(self.act(self.down(self.pool(x)))))


class Inverted(nn.Module):
    def __init__(self, i, e, o, s=1, act=nn.ReLU6, se=None):
        super().__init__()
        parts = [norm_act(i, e, act=act)] if e != i else []
        parts += [norm_act(e, e, 3, s, e, act)] + ([se] if se else []) + [norm_act(e, o, act=None)]
        self.body, self.keep = nn.Sequential(*parts), s == 1 and i == o

    def forward(self, x):
        return x + self.body(x) if self.keep else self.body(x)


class ConvNeXt(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.depth, self.norm = nn.Conv2d(c, c, 7, padding=3, groups=c), nn.LayerNorm(c, eps=1e-6)
        self.up, self.act, self.down = nn.Linear(c, 2 * c), nn.GELU(), nn.Linear(2 * c, c)
        self.scale = nn.Parameter(torch.full((c, 1, 1), 0.3))

    def forward(self, x):
        y = self.norm(self.depth(x).permute(0, 2, 3, 1))
        return x + self.scale * self.down(self.act(self.up(y))).permute(0, 3, 1, 2)


class ChannelNorm(nn.Module):
    """Layer normalisation over the channels of a picture."""

    def __init__(self, c):
        super().__init__()
        self.norm = nn.LayerNorm(c, eps=1e-6)

    def forward(self, x):
        return self.norm(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


class Encoder(nn.Module):
    def __init__(self, d, heads, act):
        super().__init__()
        self.one, self.two = nn.LayerNorm(d), nn.LayerNorm(d)
        self.attention = nn.MultiheadAttention(d, heads, batch_first=True)
        self.mlp = nn.Sequential(nn.Linear(d, 2 * d), act(), nn.Linear(2 * d, d))

    def forward(self, x):
        y = self.one(x)
        x = x + self.attention(y, y, y, need_weights=False)[0]
        return x + self.mlp(self.two(x))


class ViT(nn.Module):
    """Patches, a class token, learnt positions, encoders; the class is read off the token."""

    def __init__(self, act=nn.GELU, side=16, patch=4, d=12):
        super().__init__()
        self.patches, self.token = nn.Conv2d(3, d, patch, patch), nn.Parameter(torch.randn(1, 1, d))
        self.place = nn.Parameter(0.1 * torch.randn(1, (side // patch) ** 2 + 1, d))
        self.body, self.norm = nn.Sequential(Encoder(d, 3, act), Encoder(d, 3, act)), nn.LayerNorm(d)
        self.head, self.d = nn.Linear(d, 5), d

    def forward(self, x):
        n = x.shape[0]
        x = self.patches(x).reshape(n, self.d, -1).permute(0, 2, 1)
        x = torch.cat([self.token.expand(n, -1, -1), x], 1) + self.place
        return self.head(self.norm(self.body(x))[:, 0])


class Window(nn.Module):
    """Attention within windows, which are shifted in every other block; what did not lie together is masked."""

    def __init__(self, d, heads, size, shift):
        super().__init__()
        self.heads, self.size, self.shift = heads, size, shift
        self.qkv, self.out = nn.Linear(d, 3 * d), nn.Linear(d, d)
        self.bias = nn.Parameter(0.2 * torch.randn((2 * size - 1) ** 2, heads))
        at = torch.stack(torch.meshgrid(torch.arange(size), torch.arange(size), indexing="ij")).flatten(1)
        way = (at[:, :, None] - at[:, None, :] + size - 1).permute(1, 2, 0)
        self.register_buffer("index", (way[..., 0] * (2 * size - 1) + way[..., 1]).flatten())

    def mask(self, x, h, w):
        m = x.new_zeros((h, w))
        cuts = ((0, -self.size), (-self.size, -self.shift), (-self.shift, None))
        for i, a in enumerate(cuts):
            for j, b in enumerate(cuts):
                m[a[0]:a[1], b[0]:b[1]] = 3 * i + j
        s = self.size
        m = m.view(h // s, s, w // s, s).permute(0, 2, 1, 3).reshape(-1, s * s)
        m = m.unsqueeze(1) - m.unsqueeze(2)
        return m.masked_fill(m != 0, -100.0).masked_fill(m == 0, 0.0)

    def scores(self, q, key):
        return (q * q.shape[-1] ** -0.5).matmul(key.transpose(-2, -1))

    def places(self):
        return self.bias[self.index].view(self.size ** 2, self.size ** 2, -1).permute(2, 0, 1).contiguous().unsqueeze(0)

    def forward(self, x):
        n, h, w, d = x.shape
        s, k = self.size, (h // self.size) * (w // self.size)
        if self.shift:
            x = torch.roll(x, shifts=(-self.shift, -self.shift), dims=(1, 2))
        x = x.view(n, h // s, s, w // s, s, d).permute(0, 1, 3, 2, 4, 5).reshape(n * k, s * s, d)
        qkv = self.qkv(x).reshape(x.size(0), x.size(1), 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        q, key, v = qkv[0], qkv[1], qkv[2]
        a = self.scores(q, key) + self.places()
        if self.shift:
            m = self.mask(x, h, w)
            a = a.view(n, k, self.heads, s * s, s * s) + m.unsqueeze(1).unsqueeze(0)
            a = a.view(-1, self.heads, s * s, s * s)
        x = self.out(F.softmax(a, -1).matmul(v).transpose(1, 2).reshape(x.size(0), s * s, d))
        x = x.view(n, h // s, w // s, s, s, d).permute(0, 1, 3, 2, 4, 5).reshape(n, h, w, d)
        return torch.roll(x, shifts=(self.shift, self.shift), dims=(1, 2)) if self.shift else x


class CosineWindow(Window):
    """Attention by the angle between queries and keys; a small network turns distances into biases."""

    def __init__(self, d, heads, size, shift):
        super().__init__(d, heads, size, shift)
        self.scale = nn.Parameter(torch.log(10 * torch.ones((heads, 1, 1))))
        self.mlp = nn.Sequential(nn.Linear(2, 16), nn.ReLU(inplace=True), nn.Linear(16, heads, bias=False))
        at = torch.arange(1 - size, size, dtype=torch.float32)
        at = 8 / (size - 1) * torch.stack(torch.meshgrid([at, at], indexing="ij")).permute(1, 2, 0).unsqueeze(0)
        self.register_buffer("table", torch.sign(at) * torch.log2(at.abs() + 1) / 3)
        del self.bias

    def scores(self, q, key):
        a = F.normalize(q, dim=-1) @ F.normalize(key, dim=-1).transpose(-2, -1)
        return a * torch.clamp(self.scale, max=math.log(100)).exp()

    def places(self):
        bias = self.mlp(self.table).view(-1, self.heads)[self.index].view(self.size ** 2, self.size ** 2, -1)
        return 16 * torch.sigmoid(bias.permute(2, 0, 1).contiguous().unsqueeze(0))


class SwinBlock(nn.Module):
    def __init__(self, d, shift):
        super().__init__()
        self.one, self.two, self.attention = nn.LayerNorm(d), nn.LayerNorm(d), Window(d, 2, 4, shift)
        self.mlp = nn.Sequential(nn.Linear(d, 2 * d), nn.GELU(), nn.Linear(2 * d, d))

    def forward(self, x):
        x = x + self.attention(self.one(x))
        return x + self.mlp(self.two(x))


class SwinBlockV2(SwinBlock):
    """Normalises what is added, not what it is made from."""

    def __init__(self, d, shift):
        super().__init__(d, shift)
        self.attention = CosineWindow(d, 2, 4, shift)

    def forward(self, x):
        x = x + self.one(self.attention(x))
        return x + self.two(self.mlp(x))


class Merge(nn.Module):
    """Four neighbours become one, of twice the width."""

    def __init__(self, d):
        super().__init__()
        self.norm, self.less = nn.LayerNorm(4 * d), nn.Linear(4 * d, 2 * d, bias=False)

    def forward(self, x):
        x = torch.cat([x[..., 0::2, 0::2, :], x[..., 1::2, 0::2, :], x[..., 0::2, 1::2, :], x[..., 1::2, 1::2, :]], -1)
        return self.less(self.norm(x))


class Swin(nn.Module):
    def __init__(self, block=SwinBlock, d=8):
        super().__init__()
        self.patches, self.start = nn.Conv2d(3, d, 2, 2), nn.LayerNorm(d)
        self.body = nn.Sequential(block(d, 0), block(d, 2), Merge(d))
        self.norm, self.head = nn.LayerNorm(2 * d), nn.Linear(2 * d, 5)

    def forward(self, x):
        x = self.norm(self.body(self.start(self.patches(x).permute(0, 2, 3, 1)))).permute(0, 3, 1, 2)
        return self.head(torch.flatten(F.adaptive_avg_pool2d(x, 1), 1))


class Partition(nn.Module):
    """Attention, by Einstein's sums, within windows, or within grids of places that lie far apart."""

    def __init__(self, d, heads, parts, grid):
        super().__init__()
        self.heads, self.parts, self.grid = heads, parts, grid
        self.norm, self.qkv, self.out = nn.LayerNorm(d), nn.Linear(d, 3 * d, bias=False), nn.Linear(d, d, bias=False)
        self.bias = nn.Parameter(0.2 * torch.randn(1, heads, parts ** 2, parts ** 2))
        self.two, self.mlp = nn.LayerNorm(d), nn.Sequential(nn.Linear(d, 2 * d), nn.GELU(), nn.Linear(2 * d, d))

    def attend(self, x):
        b, g, p, d = x.shape
        q, k, v = (t.reshape(b, g, p, self.heads, d // self.heads).permute(0, 1, 3, 2, 4)
                   for t in torch.chunk(self.qkv(x), 3, dim=-1))
        a = torch.einsum("B G H I D, B G H J D -> B G H I J", q, k * (d // self.heads) ** -0.5)
        x = torch.einsum("B G H I J, B G H J D -> B G H I D", F.softmax(a + self.bias, -1), v)
        return self.out(x.permute(0, 1, 3, 2, 4).reshape(b, g, p, d))

    def forward(self, x):
        b, c, h, w = x.shape
        p = h // self.parts if self.grid else self.parts
        x = x.reshape(b, c, h // p, p, w // p, p).permute(0, 2, 4, 3, 5, 1).reshape(b, (h // p) * (w // p), p * p, c)
        x = torch.swapaxes(x, -2, -3) if self.grid else x
        x = x + self.attend(self.norm(x))
        x = x + self.mlp(self.two(x))
        x = torch.swapaxes(x, -2, -3) if self.grid else x
        return x.reshape(b, h // p, w // p, p, p, c).permute(0, 5, 1, 3, 2, 4).reshape(b, c, h, w)


class Strided(nn.Module):
    """Norm, inverted bottleneck with excitation; beside it, the average of neighbours."""

    def __init__(self, i, o):
        super().__init__()
        self.skip = nn.Sequential(nn.AvgPool2d(3, 2, 1), nn.Conv2d(i, o, 1))
        self.body = nn.Sequential(nn.BatchNorm2d(i), norm_act(i, 2 * o, act=nn.GELU),
                                  norm_act(2 * o, 2 * o, 3, 2, 2 * o, nn.GELU),
                                  Excite(2 * o, 2, nn.SiLU, nn.Sigmoid), nn.Conv2d(2 * o, o, 1))

    def forward(self, x):
        return self.skip(x) + self.body(x)


class RMSNorm(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(d))

    def forward(self, x):
        return x / torch.sqrt(x.pow(2).mean(-1, keepdim=True) + 1e-5) * self.weight


class Mixer(nn.Module):
    """Activations that exporters take apart, between dense layers over channels and places."""

    def __init__(self, act, norm, d=8):
        super().__init__()
        self.patches = nn.Conv2d(3, d, 4, 4)
        self.one, self.places = norm(d), nn.Linear(16, 16)
        self.two, self.act, self.up, self.down = norm(d), act(), nn.Linear(d, 2 * d), nn.Linear(2 * d, d)
        self.head = nn.Linear(d, 5)

    def forward(self, x):
        x = self.patches(x).flatten(2).transpose(1, 2)
        x = x + self.places(self.one(x).transpose(1, 2)).transpose(1, 2)
        x = x + self.down(self.act(self.up(self.two(x))))
        return self.head(x.mean(1))


class TanhGELU(nn.Module):
    def forward(self, x):
        return 0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * torch.pow(x, 3))))


class QuickGELU(nn.Module):
    def forward(self, x):
        return x * torch.sigmoid(1.702 * x)


class HandSwish(nn.Module):
    def forward(self, x):
        return x * F.relu6(x + 3) / 6


class HandSigmoid(nn.Module):
    def forward(self, x):
        return F.relu6(x + 3) / 6


NETWORKS = {
    "vgg-bn": VGG,
    "resnet-basic": lambda: Head(norm_act(3, 6, 3), [Basic(6, 6, 1), Basic(6, 8, 2)], 8),
    "resnet-bottleneck": lambda: Head(norm_act(3, 8, 7, 2), [nn.MaxPool2d(3, 2, 1), Bottleneck(8, 4, 16),
                                                             Bottleneck(16, 4, 16, 2)], 16),
    "resnext": lambda: Head(norm_act(3, 8, 3), [Bottleneck(8, 8, 16, 2, 4)], 16),
    "densenet": lambda: Head(norm_act(3, 6, 3), [Dense(6, 4), Dense(10, 4), nn.BatchNorm2d(14), nn.ReLU(),
                                                 nn.Conv2d(14, 8, 1, bias=False), nn.AvgPool2d(2), Dense(8, 4),
                                                 nn.BatchNorm2d(12), nn.ReLU()], 12),
    "inception": lambda: Head(norm_act(3, 6, 3, 2, p=0), [Inception(6, 4), Inception(18, 4)], 30),
    "squeezenet": lambda: nn.Sequential(nn.Conv2d(3, 8, 3, 2), nn.ReLU(), nn.MaxPool2d(3, 2, ceil_mode=True),
                                        Fire(8, 3, 4), nn.Dropout(), nn.Conv2d(8, 5, 1), nn.ReLU(),
                                        nn.AdaptiveAvgPool2d(1), nn.Flatten()),
    "shufflenet": lambda: Head(norm_act(3, 8, 3), [Shuffle(8, True), Shuffle(8, False)], 8),
    "mobilenet-v2": lambda: Head(norm_act(3, 6, 3, 2, act=nn.ReLU6), [Inverted(6, 12, 6), Inverted(6, 12, 8, 2)], 8),
    "mobilenet-v3": lambda: Head(norm_act(3, 6, 3, 2, act=nn.Hardswish),
                                 [Inverted(6, 12, 6, 1, nn.Hardswish, Excite(12, 4, nn.ReLU, nn.Hardsigmoid)),
                                  Inverted(6, 12, 8, 2, nn.ReLU, Excite(12, 4, nn.ReLU, HandSigmoid)),
                                  norm_act(8, 8, act=HandSwish)], 8),
    "efficientnet": lambda: Head(norm_act(3, 6, 3, 2, act=nn.SiLU),
                                 [Inverted(6, 6, 6, 1, nn.SiLU, Excite(6, 2, nn.SiLU, nn.Sigmoid)),
                                  Inverted(6, 12, 8, 2, nn.SiLU, Excite(12, 2, nn.SiLU, nn.Sigmoid))], 8),
    "regnet": lambda: Head(norm_act(3, 8, 3, 2), [Bottleneck(8, 8, 8, 2, 2, Excite(8, 2, nn.ReLU, nn.Sigmoid))], 8),
    "convnext": lambda: Head(nn.Sequential(nn.Conv2d(3, 8, 2, 2), ChannelNorm(8)), [ConvNeXt(8), ChannelNorm(8)], 8),
    "vit": ViT,
    "vit-quick": lambda: ViT(QuickGELU),
    "swin": Swin,
    "swin-v2": lambda: Swin(SwinBlockV2),
    "maxvit": lambda: Head(norm_act(3, 6, 3, act=nn.GELU), [Strided(6, 8), Partition(8, 2, 4, False),
                                                            Partition(8, 2, 4, True)], 8),
    "mixer-tanh": lambda: Mixer(TanhGELU, nn.LayerNorm),
    "mixer-mish": lambda: Mixer(nn.Mish, RMSNorm),
    "mixer-silu": lambda: Mixer(nn.SiLU, RMSNorm),
}

# What test-zoo reads: opset, constants folded, batch open. All others are in --all.
CHOSEN = {"vgg-bn": (9, True, True), "resnet-basic": (9, False, False), "resnet-bottleneck": (13, True, True),
          "resnext": (11, True, False), "densenet": (12, True, True), "inception": (10, False, True),
          "squeezenet": (10, True, False), "shufflenet": (11, False, True), "mobilenet-v2": (12, False, False),
          "mobilenet-v3": (14, True, True), "efficientnet": (11, True, True), "regnet": (15, True, True),
          "convnext": (13, False, True), "vit": (13, False, True), "vit-quick": (17, True, True),
          "swin": (12, True, False), "swin-v2": (13, False, True), "maxvit": (14, True, True),
          "mixer-tanh": (9, True, False), "mixer-mish": (16, True, True), "mixer-silu": (10, False, True)}
OPSETS = (9, 11, 13, 15, 17)


def make(name, build):
    """The network with statistics as if it had been trained, so that nothing is trivially zero or one."""
    torch.manual_seed(sum(map(ord, name)))
    net = build().eval()
    with torch.no_grad():
        for part in net.modules():
            if isinstance(part, nn.BatchNorm2d):
                part.weight.uniform_(0.5, 1.5)
                part.bias.uniform_(-0.3, 0.3)
                part.running_mean.uniform_(-0.2, 0.2)
                part.running_var.uniform_(0.3, 1.2)
            elif isinstance(part, (nn.LayerNorm, RMSNorm)):
                part.weight.uniform_(0.7, 1.3)
                if isinstance(part, nn.LayerNorm):
                    part.bias.uniform_(-0.2, 0.2)
    return net


def shorten(graph):
    """Numbers for the names of what nodes pass to each other, which take more room than small weights do."""
    keep = {x.name for x in [*graph.input, *graph.output, *graph.initializer]}
    made = [o for node in graph.node for o in node.output if o not in keep]
    short = {name: str(i) for i, name in enumerate(made)}
    for node in graph.node:
        node.ClearField("name")
        for names in (node.input, node.output):
            names[:] = [short.get(n, n) for n in names]
    del graph.value_info[:]


def write(folder, name, net, x, opset, fold, dynamic, compact=False):
    path = os.path.join(folder, name)
    axes = {"input": {0: "batch"}, "scores": {0: "batch"}} if dynamic else None
    with torch.no_grad():
        logits = net(x).numpy()
        torch.onnx.export(net, x[:1], path + ".onnx", opset_version=opset, do_constant_folding=fold,
                          input_names=["input"], output_names=["scores"], dynamic_axes=axes)
    model = onnx.load(path + ".onnx")
    for node in model.graph.node:
        node.ClearField("doc_string")
    if compact:
        shorten(model.graph)
    onnx.save(model, path + ".onnx")
    np.save(path + ".npy", x.numpy())
    np.save(path + ".logits.npy", logits)


def write_all(folder):
    for name, build in NETWORKS.items():
        net, x = make(name, build), torch.randn(3, 3, 16, 16)
        for opset in OPSETS:
            for fold in (True, False):
                for dynamic in (True, False):
                    variant = "%s-%d%s%s" % (name, opset, "" if fold else "-unfolded", "" if dynamic else "-fixed")
                    try:
                        write(folder, variant, net, x, opset, fold, dynamic)
                    except Exception as reason:  # what this PyTorch cannot write
                        print("%s: %s" % (variant, str(reason).split("\n")[0]), file=sys.stderr)
                        for end in (".onnx", ".npy", ".logits.npy"):
                            if os.path.exists(os.path.join(folder, variant + end)):
                                os.remove(os.path.join(folder, variant + end))


def main():
    if len(sys.argv) == 3 and sys.argv[1] == "--all":
        write_all(sys.argv[2])
    elif len(sys.argv) == 1:
        for name, build in NETWORKS.items():
            net, x = make(name, build), torch.randn(3, 3, 16, 16)
            write(os.path.dirname(os.path.abspath(__file__)), name, net, x, *CHOSEN[name], compact=True)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
