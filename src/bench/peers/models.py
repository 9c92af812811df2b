"""The models that are compared: what the .flowexp files beside this one say, for the other contestants."""

import dataclasses
import math
from typing import Dict, List, Tuple

import numpy as np

BATCHES = (64, 1_024, 16_384)
LOSSES = ("kl_x", "kl_z", "l2_masked")
LEARNING_RATE = 1e-4
CLIP_NORM = 10.0
ROWS_OF_DATA = 20_000
MINIMUM = 1e-3  # of a bin's width and height, as shares of the box, and of a derivative
EXCESS_SHIFT = math.log(math.expm1(1 - MINIMUM))  # with it a raw derivative of 0 stands for 1


@dataclasses.dataclass(frozen=True)
class Block:
    """Coordinates that are transformed together."""

    coordinates: Tuple[int, ...]
    angles: bool

    @property
    def columns(self) -> slice:
        """Of a configuration: a strided slice costs less than a gather."""
        return slice(self.coordinates[0], self.coordinates[-1] + 1, 2)


@dataclasses.dataclass(frozen=True)
class Coupling:
    """
    Transforms one block given the others, by numbers from a fully connected network (SiLU).

    The network sees the blocks on the line, then the cosines of all angles, then their sines.
    """

    transformer: str  # affine, spline or circular
    block: int
    size: int
    lines: Tuple[int, ...]
    angles: Tuple[int, ...]
    shapes: Tuple[Tuple[int, int], ...]  # of the kernels [in, out], each followed by a bias [out]
    bins: int = 8

    @property
    def box(self) -> Tuple[float, float]:
        return (-math.pi, math.pi) if self.transformer == "circular" else (-5.0, 5.0)

    @property
    def derivatives(self) -> int:
        """Free ones: at the inner knots, or at all knots of a circle."""
        return self.bins if self.transformer == "circular" else self.bins - 1

    @property
    def by_coordinate(self) -> np.ndarray:
        """Where FlowExp has the outputs: of all coordinates the first width, then the second, and so on."""
        counts = (1, 1) if self.transformer == "affine" else (self.bins, self.bins, self.derivatives)
        parts, at = [], 0
        for count in counts:
            parts.append(at + np.arange(count * self.size).reshape(count, self.size).T.ravel())
            at += count * self.size
        return np.concatenate(parts)


@dataclasses.dataclass(frozen=True)
class Model:
    """A normal base on the line, a uniform one on the circle, and couplings."""

    name: str
    blocks: Tuple[Block, ...]
    couplings: Tuple[Coupling, ...]

    @property
    def dim(self) -> int:
        return sum(len(block.coordinates) for block in self.blocks)

    @property
    def parameters(self) -> int:
        return sum((i + 1) * o for coupling in self.couplings for i, o in coupling.shapes)

    @property
    def base_constant(self) -> float:
        """The base's log density without the squares."""
        log_circle = math.log(2 * math.pi)
        return -sum(
            len(block.coordinates) * log_circle * (1.0 if block.angles else 0.5) for block in self.blocks
        )

    def products(self, loss: str, batch: int) -> float:
        """
        Multiplications and additions in products of matrices of a step, 2 m n k each: three products
        a kernel for a pass and its gradient, but for the layer that sees constants, whose input needs none.
        """
        one_pass = sum(2.0 * batch * i * o for coupling in self.couplings for i, o in coupling.shapes)
        first = self.couplings[0 if loss == "kl_z" else -1].shapes[0]
        return (4 if loss == "l2_masked" else 3) * one_pass - 2.0 * batch * first[0] * first[1]

    def weights(self, flat: np.ndarray) -> List[List[Tuple[np.ndarray, np.ndarray]]]:
        """FlowExp's flat vector as kernels and biases, with the rows in the order of the blocks."""
        at = 0
        networks = []
        for coupling in self.couplings:
            layers = []
            for number, (i, o) in enumerate(coupling.shapes):
                kernel = flat[at : at + i * o]
                bias = flat[at + i * o : at + (i + 1) * o]
                at += (i + 1) * o
                if number + 1 == len(coupling.shapes):
                    order = coupling.by_coordinate
                    kernel, bias = kernel.reshape(o, i).T[:, order], bias[order]
                else:
                    kernel = kernel.reshape(i, o)
                layers.append((kernel[self._rows(coupling)] if number == 0 else kernel, bias))
            networks.append(layers)
        assert at == flat.size, (at, flat.size)
        return networks

    def _rows(self, coupling: Coupling) -> np.ndarray:
        """Where FlowExp has the inputs, which it orders by coordinate: lines, cosines, sines."""

        def places(blocks: Tuple[int, ...]) -> np.ndarray:
            own = [c for block in blocks for c in self.blocks[block].coordinates]
            return np.argsort(np.argsort(own))

        lines, angles = places(coupling.lines), places(coupling.angles)
        cosines = len(lines) + angles
        return np.concatenate([lines, cosines, cosines + len(angles)]).astype(int)


def _coupling(transformer: str, blocks: Tuple[Block, ...], block: int, hidden: Tuple[int, ...]) -> Coupling:
    lines = tuple(i for i, other in enumerate(blocks) if i != block and not other.angles)
    angles = tuple(i for i, other in enumerate(blocks) if i != block and other.angles)
    size = len(blocks[block].coordinates)
    bins = 8
    numbers = {"affine": 2, "spline": 3 * bins - 1, "circular": 3 * bins}[transformer]
    inputs = sum(len(blocks[i].coordinates) for i in lines) + 2 * sum(len(blocks[i].coordinates) for i in angles)
    widths = (inputs, *hidden, size * numbers)
    return Coupling(transformer, block, size, lines, angles, tuple(zip(widths[:-1], widths[1:])), bins)


def _halves(start: int, end: int, angles: bool) -> Tuple[Block, Block]:
    return Block(tuple(range(start, end, 2)), angles), Block(tuple(range(start + 1, end, 2)), angles)


def _twelve(name: str, transformer: str) -> Model:
    blocks = _halves(0, 12, False)
    pair = [_coupling(transformer, blocks, i, (128, 128, 128)) for i in (0, 1)]
    return Model(name, blocks, tuple(4 * pair))


def _sixty(name: str) -> Model:
    blocks = _halves(0, 30, False) + _halves(30, 60, True)
    order = ((2, "circular"), (3, "circular"), (0, "spline"), (1, "spline"))
    four = [_coupling(transformer, blocks, i, (128, 128, 128)) for i, transformer in order]
    return Model(name, blocks, tuple(3 * four))


MODELS: Dict[str, Model] = {
    model.name: model
    for model in (
        _twelve("realnvp_12d", "affine"),
        _twelve("spline_12d", "spline"),
        _sixty("spline_60d"),
    )
}


def initial(model: Model, seed: int) -> np.ndarray:
    """As FlowExp starts: Glorot's uniform kernels, all else zero, so the flow is the identity."""
    generator = np.random.default_rng(seed)
    parts = []
    for coupling in model.couplings:
        for number, (i, o) in enumerate(coupling.shapes):
            bound = math.sqrt(6.0 / (i + o)) if number + 1 < len(coupling.shapes) else 0.0
            parts += [generator.uniform(-bound, bound, i * o), np.zeros(o)]
    return np.concatenate(parts).astype(np.float32)


def data(model: Model) -> np.ndarray:
    """Rows to learn from, near enough to the target: what they are does not change what a step costs."""
    generator = np.random.default_rng(1)
    x = generator.normal(size=(ROWS_OF_DATA, model.dim))
    return x.astype(np.float32)
