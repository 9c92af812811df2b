"""The models in PyTorch, eager and compiled, with its fused Adam, as its own documentation has it."""

import math
import resource
import time

import torch
from torch import nn

import models

VERSIONS = {"torch": torch.__version__.split("+")[0]}
torch.set_num_threads(1)


class Conditioner(nn.Sequential):
    """A fully connected network with SiLU."""

    def __init__(self, shapes):
        layers = []
        for number, (i, o) in enumerate(shapes):
            layers += [nn.Linear(i, o)] + ([nn.SiLU()] if number + 1 < len(shapes) else [])
        super().__init__(*layers)

    def load(self, weights):
        linear = [layer for layer in self if isinstance(layer, nn.Linear)]
        with torch.no_grad():
            for layer, (kernel, bias) in zip(linear, weights):
                layer.weight.copy_(torch.tensor(kernel.T.copy()))
                layer.bias.copy_(torch.tensor(bias.copy()))


def _affine(coupling, raw, value, inverse):
    scale, shift = raw[:, : coupling.size].tanh(), raw[:, coupling.size :]
    if inverse:
        return (value - shift) * torch.exp(-scale), -scale.sum(1)
    return value * torch.exp(scale) + shift, scale.sum(1)


def _sizes(coupling, raw):
    low, high = coupling.box
    room = (high - low) * (1 - coupling.bins * models.MINIMUM)
    shares = torch.softmax(raw.view(-1, coupling.size, coupling.bins), -1)
    return shares * room + (high - low) * models.MINIMUM


def _derivatives(coupling, raw):
    inner = nn.functional.softplus(raw.view(-1, coupling.size, coupling.derivatives) + models.EXCESS_SHIFT)
    inner = inner + models.MINIMUM
    if coupling.transformer == "circular":
        return torch.cat([inner, inner[..., :1]], -1)
    return nn.functional.pad(inner, (1, 1), value=1.0)


def _bin(coupling, raw, value, inverse):
    """Lower end, width, bottom, height and both derivatives of the bin that the value falls into."""
    k, n = coupling.bins, coupling.size
    low, _ = coupling.box
    raw_w, raw_h, raw_d = raw.split([n * k, n * k, n * coupling.derivatives], 1)
    widths, heights = _sizes(coupling, raw_w), _sizes(coupling, raw_h)
    slopes = _derivatives(coupling, raw_d)
    # Sums under 0-1 masks: compiled, a gather takes 7 % longer; eager, as long.
    ends = low + (heights if inverse else widths).detach().cumsum(-1)
    passed = (value.detach()[..., None] >= ends[..., :-1]).to(value.dtype)
    below = nn.functional.pad(passed, (0, 1))
    here = nn.functional.pad(passed, (1, 0), value=1.0) - below
    return (
        low + (below * widths).sum(-1),
        (here * widths).sum(-1),
        low + (below * heights).sum(-1),
        (here * heights).sum(-1),
        (here * slopes[..., :-1]).sum(-1),
        (here * slopes[..., 1:]).sum(-1),
    )


def _spline(coupling, raw, value, inverse):
    """Durkan et al. 2019, eqs. 4 to 8: value and log-derivative."""
    low, high = coupling.box
    if coupling.transformer == "circular":
        period = high - low
        inside = value - ((value.detach() - low) / period).floor() * period
    else:
        inside = value.clamp(low, high)
    left, width, bottom, height, d0, d1 = _bin(coupling, raw, inside, inverse)
    slope = height / width
    curvature = d0 + d1 - 2 * slope
    if inverse:
        rise = inside - bottom
        bend = rise * curvature
        a, b, c = height * (slope - d0) + bend, height * d0 - bend, slope * rise
        floor = (torch.finfo(value.dtype).eps * height.detach()).square()
        root = torch.maximum(b * b + 4 * a * c, floor).sqrt()
        rising = b >= 0
        theta = torch.where(rising, 2 * c, root - b) / torch.where(rising, b + root, 2 * a)
    else:
        theta = (inside - left) / width
    product = theta * (1 - theta)
    ratio = slope / (slope + curvature * product)
    bracket = d1 * theta * theta + 2 * slope * product + d0 * (1 - theta).square()
    log_derivative = (ratio * ratio * bracket).log()
    if inverse:
        return left + theta * width + (value - inside), -log_derivative.sum(1)
    image = bottom + width * ratio * (slope * theta * theta + d0 * product)
    return image + (value - inside), log_derivative.sum(1)


class Flow(nn.Module):
    """All couplings; a configuration is a list of blocks."""

    def __init__(self, model):
        super().__init__()
        self.model = model
        self.conditioners = nn.ModuleList(Conditioner(coupling.shapes) for coupling in model.couplings)

    def load(self, flat):
        for conditioner, weights in zip(self.conditioners, self.model.weights(flat)):
            conditioner.load(weights)

    def transformed(self, blocks, inverse):
        blocks = list(blocks)
        log_det = 0.0
        order = range(len(self.model.couplings))
        for number in reversed(order) if inverse else order:
            coupling = self.model.couplings[number]
            seen = [blocks[i] for i in coupling.lines]
            seen += [blocks[i].cos() for i in coupling.angles] + [blocks[i].sin() for i in coupling.angles]
            raw = self.conditioners[number](torch.cat(seen, 1) if len(seen) > 1 else seen[0])
            transform = _affine if coupling.transformer == "affine" else _spline
            blocks[coupling.block], change = transform(coupling, raw, blocks[coupling.block], inverse)
            log_det = log_det + change
        return blocks, log_det

    def base(self, blocks):
        squares = [x.square().sum(1) for block, x in zip(self.model.blocks, blocks) if not block.angles]
        return self.model.base_constant - 0.5 * sum(squares)

    def split(self, x):
        return [x[:, block.columns].contiguous() for block in self.model.blocks]

    def log_density(self, blocks):
        latents, log_det = self.transformed(blocks, True)
        return self.base(latents) + log_det

    def latents(self, batch):
        return [
            torch.empty(batch, len(block.coordinates)).uniform_(-math.pi, math.pi)
            if block.angles
            else torch.randn(batch, len(block.coordinates))
            for block in self.model.blocks
        ]

    def energy(self, blocks):
        return sum(
            -x.cos().sum(1) if block.angles else 0.5 * x.square().sum(1)
            for block, x in zip(self.model.blocks, blocks)
        )

    def kl_x(self, x):
        return -self.log_density(self.split(x)).mean()

    def kl_z(self, *latents):
        x, log_det = self.transformed(latents, False)
        return (self.energy(x) + self.base(latents) - log_det).mean()

    def sampled(self, *latents):
        return tuple(self.transformed(latents, False)[0])

    def l2_masked(self, *x):
        log_w = -self.energy(x) - self.log_density(x)
        return (log_w - log_w.mean().detach()).relu().square().mean()


def _processor():
    """Seconds of the processor, those of the C++ compiler included."""
    return time.process_time() + resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime


class Contestant:
    """Compiled when made; `run` takes so many steps."""

    versions = VERSIONS

    def __init__(self, model, name, batch, compiled):
        torch.manual_seed(0)
        self._flow = Flow(model)
        self._flow.load(models.initial(model, 0))
        self._data = torch.tensor(models.data(model))
        self._name, self._batch = name, batch
        self.parameters = sum(p.numel() for p in self._flow.parameters())
        self._optimizer = torch.optim.Adam(self._flow.parameters(), lr=models.LEARNING_RATE, fused=True)
        self._loss = getattr(self._flow, name)
        self._sampled = self._flow.sampled
        self.products = self._counted()
        begin = _processor()
        if compiled:
            self._loss = torch.compile(self._loss, dynamic=False, fullgraph=True)
            self._sampled = torch.compile(self._sampled, dynamic=False, fullgraph=True)
            self.run(2)
        self.compile_seconds = _processor() - begin

    def _value(self):
        if self._name == "kl_x":
            return self._loss(self._data[torch.randint(len(self._data), (self._batch,))])
        latents = self._flow.latents(self._batch)
        if self._name == "kl_z":
            return self._loss(*latents)
        with torch.no_grad():
            x = self._sampled(*latents)
        return self._loss(*x)

    def run(self, steps):
        for _ in range(steps):
            self._optimizer.zero_grad(set_to_none=True)
            value = self._value()
            value.backward()
            nn.utils.clip_grad_norm_(self._flow.parameters(), models.CLIP_NORM, foreach=True)
            self._optimizer.step()
        return value.item()

    def _counted(self):
        from torch.utils.flop_counter import FlopCounterMode

        with FlopCounterMode(display=False) as counter:
            self._value().backward()
        return float(counter.get_total_flops())
