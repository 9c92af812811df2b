"""The models of normflows' own layers, in PyTorch eager, with the conditioners of the other contestants."""

import math
from importlib import metadata

import normflows as nf
import torch
from normflows.flows.neural_spline.coupling import PiecewiseRationalQuadraticCoupling
from torch import nn

import models
from torch_model import Conditioner

VERSIONS = {"normflows": metadata.version("normflows")}


class _Spline(nf.flows.Flow):
    """
    As normflows' own CoupledRationalQuadraticSpline, whose conditioner is a residual network: here the
    layer below it, with a conditioner of the sizes of the others.
    """

    def __init__(self, model, coupling):
        super().__init__()
        mask = torch.zeros(model.dim)
        mask[list(model.blocks[coupling.block].coordinates)] = 1
        angles = [c for block in model.blocks if block.angles for c in block.coordinates]
        self.layer = PiecewiseRationalQuadraticCoupling(
            mask=mask,
            transform_net_create_fn=lambda inputs, outputs: _Periodic(mask, angles, coupling, inputs, outputs),
            num_bins=coupling.bins,
            tails="circular" if coupling.transformer == "circular" else "linear",
            tail_bound=coupling.box[1],
            apply_unconditional_transform=False,
        )

    def forward(self, z, context=None):
        x, log_det = self.layer.inverse(z, context)
        return x, log_det.view(-1)

    def inverse(self, x, context=None):
        z, log_det = self.layer(x, context)
        return z, log_det.view(-1)


class _Periodic(nn.Module):
    """The conditioner, which sees of an angle its cosine and sine."""

    def __init__(self, mask, angles, coupling, inputs, outputs):
        super().__init__()
        kept = [i for i in range(len(mask)) if mask[i] == 0]
        assert len(kept) == inputs
        self.lines = [place for place, i in enumerate(kept) if i not in angles]
        self.angles = [place for place, i in enumerate(kept) if i in angles]
        shapes = list(coupling.shapes)
        shapes[-1] = (shapes[-1][0], outputs)
        self.network = Conditioner(shapes)

    def forward(self, x, context=None):
        if self.angles:
            turned = x[:, self.angles]
            x = torch.cat([x[:, self.lines], turned.cos(), turned.sin()], 1)
        return self.network(x)


def _flows(model):
    if model.name == "realnvp_12d":
        # Halves of neighbours, swapped after each layer: its AffineCouplingBlock has no alternating mask.
        for coupling in model.couplings:
            yield nf.flows.AffineCouplingBlock(Conditioner(coupling.shapes), scale_map="exp")
            yield nf.flows.Permute(model.dim, mode="swap")
        return
    for coupling in model.couplings:
        yield _Spline(model, coupling)


class _Target(nn.Module):
    def __init__(self, model):
        super().__init__()
        self.lines = sum(len(block.coordinates) for block in model.blocks if not block.angles)

    def log_prob(self, x):
        return x[:, self.lines :].cos().sum(1) - 0.5 * x[:, : self.lines].square().sum(1)


def _base(model):
    angles = [c for block in model.blocks if block.angles for c in block.coordinates]
    if not angles:
        return nf.distributions.DiagGaussian(model.dim, trainable=False)
    return nf.distributions.UniformGaussian(model.dim, angles, scale=_scales(model, angles))


def _scales(model, angles):
    scale = torch.ones(model.dim)
    scale[angles] = 2 * math.pi
    return scale


class Contestant:
    """`run` takes so many steps."""

    def __init__(self, model, name, batch):
        torch.manual_seed(0)
        self.versions = VERSIONS
        self._flow = nf.NormalizingFlow(_base(model), list(_flows(model)), _Target(model))
        self._trained = [p for p in self._flow.parameters() if p.requires_grad]
        self.parameters = sum(p.numel() for p in self._trained)
        self._data = torch.tensor(models.data(model))
        self._name, self._batch = name, batch
        self._optimizer = torch.optim.Adam(self._trained, lr=models.LEARNING_RATE, fused=True)
        self.products = self._counted()
        self.compile_seconds = 0.0
        self._start()

    def _start(self):
        """The networks' last layers at zero, as normflows starts its own."""
        with torch.no_grad():
            for module in self._flow.modules():
                if isinstance(module, Conditioner):
                    module[-1].weight.zero_()
                    module[-1].bias.zero_()

    def _value(self):
        if self._name == "kl_x":
            return self._flow.forward_kld(self._data[torch.randint(len(self._data), (self._batch,))])
        if self._name == "kl_z":
            return self._flow.reverse_kld(self._batch)
        with torch.no_grad():
            x, _ = self._flow.sample(self._batch)
        log_w = self._flow.p.log_prob(x) - self._flow.log_prob(x)
        return (log_w - log_w.mean().detach()).relu().square().mean()

    def run(self, steps):
        for _ in range(steps):
            self._optimizer.zero_grad(set_to_none=True)
            value = self._value()
            value.backward()
            nn.utils.clip_grad_norm_(self._trained, models.CLIP_NORM, foreach=True)
            self._optimizer.step()
        return value.item()

    def _counted(self):
        from torch.utils.flop_counter import FlopCounterMode

        with FlopCounterMode(display=False) as counter:
            self._value().backward()
        return float(counter.get_total_flops())
