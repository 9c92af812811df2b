"""The models in JAX: one jitted function a step, its state donated, as JAX's own documentation has it."""

import functools
import time

import jax
import jax.numpy as jnp

import models

VERSIONS = {"jax": jax.__version__}


def _network(layers, x):
    for kernel, bias in layers[:-1]:
        x = jax.nn.silu(x @ kernel + bias)
    kernel, bias = layers[-1]
    return x @ kernel + bias


def _affine(coupling, raw, value, inverse):
    scale, shift = jnp.tanh(raw[:, : coupling.size]), raw[:, coupling.size :]
    if inverse:
        return (value - shift) * jnp.exp(-scale), -scale.sum(1)
    return value * jnp.exp(scale) + shift, scale.sum(1)


def _sizes(coupling, raw):
    low, high = coupling.box
    room = (high - low) * (1 - coupling.bins * models.MINIMUM)
    return jax.nn.softmax(raw.reshape(-1, coupling.size, coupling.bins)) * room + (high - low) * models.MINIMUM


def _derivatives(coupling, raw):
    inner = jax.nn.softplus(raw.reshape(-1, coupling.size, coupling.derivatives) + models.EXCESS_SHIFT)
    inner = inner + models.MINIMUM
    if coupling.transformer == "circular":
        return jnp.concatenate([inner, inner[..., :1]], -1)
    ends = jnp.ones(inner.shape[:-1] + (1,), inner.dtype)
    return jnp.concatenate([ends, inner, ends], -1)


def _bin(coupling, raw, value, inverse):
    """Lower end, width, bottom, height and both derivatives of the bin that the value falls into."""
    k, n = coupling.bins, coupling.size
    low, _ = coupling.box
    widths = _sizes(coupling, raw[:, : n * k])
    heights = _sizes(coupling, raw[:, n * k : 2 * n * k])
    slopes = _derivatives(coupling, raw[:, 2 * n * k :])
    # Sums under 0-1 masks: gathers, and a loop over the bins, take the same time and longer to compile.
    ends = low + jnp.cumsum(jax.lax.stop_gradient(heights if inverse else widths), -1)
    passed = (jax.lax.stop_gradient(value)[..., None] >= ends[..., :-1]).astype(value.dtype)
    below = jnp.concatenate([passed, jnp.zeros_like(passed[..., :1])], -1)
    here = jnp.concatenate([jnp.ones_like(passed[..., :1]), passed], -1) - below

    def total(mask, x):
        return (mask * x).sum(-1)

    return (
        low + total(below, widths),
        total(here, widths),
        low + total(below, heights),
        total(here, heights),
        total(here, slopes[..., :-1]),
        total(here, slopes[..., 1:]),
    )


def _spline(coupling, raw, value, inverse):
    """Durkan et al. 2019, eqs. 4 to 8: value and log-derivative."""
    low, high = coupling.box
    if coupling.transformer == "circular":
        period = high - low
        inside = value - jax.lax.stop_gradient(jnp.floor((value - low) / period)) * period
    else:
        inside = jnp.clip(value, low, high)
    left, width, bottom, height, d0, d1 = _bin(coupling, raw, inside, inverse)
    slope = height / width
    curvature = d0 + d1 - 2 * slope
    if inverse:
        rise = inside - bottom
        bend = rise * curvature
        a, b, c = height * (slope - d0) + bend, height * d0 - bend, slope * rise
        floor = jax.lax.stop_gradient(jnp.square(jnp.finfo(value.dtype).eps * height))
        root = jnp.sqrt(jnp.maximum(b * b + 4 * a * c, floor))
        theta = jnp.where(b >= 0, 2 * c, root - b) / jnp.where(b >= 0, b + root, 2 * a)
    else:
        theta = (inside - left) / width
    product = theta * (1 - theta)
    ratio = slope / (slope + curvature * product)
    bracket = d1 * theta * theta + 2 * slope * product + d0 * (1 - theta) * (1 - theta)
    log_derivative = jnp.log(ratio * ratio * bracket)
    if inverse:
        return left + theta * width + (value - inside), -log_derivative.sum(1)
    image = bottom + width * ratio * (slope * theta * theta + d0 * product)
    return image + (value - inside), log_derivative.sum(1)


def transformed(model, parameters, blocks, inverse):
    """Blocks and log|det|, from latent to configuration or back."""
    blocks = list(blocks)
    log_det = 0.0
    order = range(len(model.couplings))
    for number in reversed(order) if inverse else order:
        coupling = model.couplings[number]
        seen = [blocks[i] for i in coupling.lines]
        seen += [jnp.cos(blocks[i]) for i in coupling.angles] + [jnp.sin(blocks[i]) for i in coupling.angles]
        raw = _network(parameters[number], jnp.concatenate(seen, 1) if len(seen) > 1 else seen[0])
        transform = _affine if coupling.transformer == "affine" else _spline
        blocks[coupling.block], change = transform(coupling, raw, blocks[coupling.block], inverse)
        log_det = log_det + change
    return blocks, log_det


def _base(model, blocks):
    squares = [jnp.square(x).sum(1) for block, x in zip(model.blocks, blocks) if not block.angles]
    return model.base_constant - 0.5 * sum(squares)


def _energy(model, blocks):
    return sum(
        -jnp.cos(x).sum(1) if block.angles else 0.5 * jnp.square(x).sum(1)
        for block, x in zip(model.blocks, blocks)
    )


def split(model, x):
    return [x[:, block.columns] for block in model.blocks]


def log_density(model, parameters, blocks):
    latents, log_det = transformed(model, parameters, blocks, True)
    return _base(model, latents) + log_det


def _latents(model, key, batch):
    keys = jax.random.split(key, len(model.blocks))
    return [
        jax.random.uniform(k, (batch, len(block.coordinates)), minval=-jnp.pi, maxval=jnp.pi)
        if block.angles
        else jax.random.normal(k, (batch, len(block.coordinates)))
        for k, block in zip(keys, model.blocks)
    ]


def loss(model, name, batch, parameters, data, key):
    if name == "kl_x":
        rows = jax.random.randint(key, (batch,), 0, data.shape[0])
        return -log_density(model, parameters, split(model, data[rows])).mean()
    latents = _latents(model, key, batch)
    x, log_det = transformed(model, parameters, latents, False)
    if name == "kl_z":
        log_q = _base(model, latents) - log_det
        return (_energy(model, x) + log_q).mean()
    x = jax.lax.stop_gradient(x)
    log_w = -_energy(model, x) - log_density(model, parameters, x)
    return jnp.square(jax.nn.relu(log_w - jax.lax.stop_gradient(log_w.mean()))).mean()


def _step(model, name, batch, state, data):
    parameters, first, second, step = state
    key = jax.random.fold_in(jax.random.key(0), step)
    value, gradient = jax.value_and_grad(functools.partial(loss, model, name, batch))(parameters, data, key)
    norm = jnp.sqrt(sum(jnp.square(g).sum() for g in jax.tree.leaves(gradient)))
    scale = models.CLIP_NORM / jnp.maximum(norm, models.CLIP_NORM)
    step = step + 1
    rate = models.LEARNING_RATE * jnp.sqrt(1 - 0.999**step) / (1 - 0.9**step)
    first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * scale * g, first, gradient)
    second = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * jnp.square(scale * g), second, gradient)
    parameters = jax.tree.map(
        lambda p, m, v: p - rate * m / (jnp.sqrt(v) + 1e-8), parameters, first, second
    )
    return (parameters, first, second, step), value


class Contestant:
    """Compiled when made, if it is to run; `run` takes so many steps."""

    versions = VERSIONS

    def __init__(self, model, name, batch, compiled=True):
        parameters = jax.tree.map(jnp.asarray, model.weights(models.initial(model, 0)))
        zeros = jax.tree.map(jnp.zeros_like, parameters)
        self.parameters = sum(x.size for x in jax.tree.leaves(parameters))
        self._data = jnp.asarray(models.data(model))
        self._state = (parameters, zeros, jax.tree.map(jnp.copy, zeros), jnp.asarray(0, jnp.int32))
        step = functools.partial(_step, model, name, batch)
        self.products = _products(jax.make_jaxpr(step)(self._state, self._data).jaxpr)
        self.compile_seconds = 0.0
        if compiled:
            begin = time.process_time()
            self._step = jax.jit(step, donate_argnums=0).lower(self._state, self._data).compile()
            self.compile_seconds = time.process_time() - begin

    def run(self, steps):
        for _ in range(steps):
            self._state, value = self._step(self._state, self._data)
        return float(value)


def _products(jaxpr):
    """Multiplications and additions of all products of matrices."""
    total = 0.0
    for equation in jaxpr.eqns:
        for inner in jax.core.jaxprs_in_params(equation.params):
            total += _products(inner)
        if equation.primitive.name == "dot_general":
            ((contracted, _), _) = equation.params["dimension_numbers"]
            inner = 1
            for axis in contracted:
                inner *= equation.invars[0].aval.shape[axis]
            total += 2.0 * inner * equation.outvars[0].aval.size
    return total
