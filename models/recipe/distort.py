# SPDX-License-Identifier: GPL-3.0-or-later
"""Distortions of digits.

MNIST was written with pens on paper by Americans; the digits that people draw
in the program come from a mouse, in many styles.  Each training digit is
therefore changed at random every time it is used.
"""

import torch
import torch.nn.functional as F


def highest_nearby(ink):
    """The maximum of 9 x 9 pixels around each.

    As max_pool2d (ink, 9, 1, 4) of what is nowhere negative, but many times
    as fast: along each direction, of 1, 2, 4, 8, and then 9 pixels.
    """
    ink = F.pad(ink, (4, 4, 4, 4))
    for direction in (2, 3):
        for step in (1, 2, 4, 1):
            n = ink.shape[direction] - step
            ink = torch.maximum(ink.narrow(direction, 0, n),
                                ink.narrow(direction, step, n))
    return ink


def redraw(large, level, sharpness, thick):
    """Redraw strokes of 56x56 images with a pen of even ink.

    The slightly blurred image is divided by its highest value nearby.  This
    is 1 along the middle of every stroke, whether bold or faint, and falls
    off to the sides; a threshold then sets the width.
    """
    soft = large
    for _ in range(2):
        soft = F.avg_pool2d(soft, 3, 1, 1)
    ridge = soft / highest_nearby(soft).clamp(min=0.3)
    pen = (ridge - level.view(-1, 1, 1, 1)) * sharpness.view(-1, 1, 1, 1)
    pen = (pen + 0.5).clamp(0, 1)
    pen[thick] = F.max_pool2d(pen[thick], 3, 1, 1)
    return pen


class Distorter:
    """Changes training digits [n,1,28,28] at random."""

    def __init__(self, inputs, labels, seed, strength):
        self.inputs, self.labels = inputs, labels
        self.generator = torch.Generator().manual_seed(seed)
        self.strength = strength
        y, x = torch.meshgrid(torch.arange(28.0), torch.arange(28.0),
                              indexing="ij")
        self.x, self.y = x[None], y[None]

    def uniform(self, n, low, high):
        return low + (high - low) * torch.rand(n, generator=self.generator)

    def chance(self, n, probability):
        return torch.rand(n, generator=self.generator) < probability

    def __call__(self, which, epoch):
        images = self.add_styles(self.inputs[which], self.labels[which])
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
