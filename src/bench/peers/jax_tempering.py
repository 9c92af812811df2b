"""FlowExp's parallel tempering in JAX: the same moves, swaps and counts, compiled into one scan."""

import functools
import time

import jax
import jax.numpy as jnp
import numpy as np

import contestant

DIM, RUNGS, CHAINS = 12, 8, 64
ROWS = RUNGS * CHAINS
STEP, SWAP_EVERY = 0.5, 10
TEMPERATURES = np.array([8.0 ** (i / (RUNGS - 1)) for i in range(RUNGS)], np.float32)


def _rotation():
    orthogonal, triangular = np.linalg.qr(np.random.default_rng(7).normal(size=(DIM, DIM)))
    return (orthogonal * np.sign(np.diag(triangular))).astype(np.float32)


def energy(rotation, x):
    s = x @ rotation.T
    t = s[:, 0]
    return t**4 / 4 - 3 * t * t + 0.3 * t + 0.5 * jnp.square(s[:, 1:]).sum(1)


def _swap(key, parity, x, u):
    """Neighbours (0, 1), (2, 3)... or (1, 2), (3, 4)... exchange configurations."""
    rung = jnp.arange(RUNGS)
    other = jnp.where((rung - parity) % 2 == 0, rung + 1, rung - 1)
    partner = jnp.where((other < 0) | (other >= RUNGS), rung, other)
    pair = jnp.minimum(rung, partner)
    beta = jnp.asarray(1 / TEMPERATURES)[:, None]
    energies = u.reshape(RUNGS, CHAINS)
    ratio = (beta - beta[partner]) * (energies - energies[partner])
    uniform = jax.random.uniform(key, (RUNGS, CHAINS))[pair]
    taken = jnp.log(uniform) < ratio
    states = x.reshape(RUNGS, CHAINS, DIM)
    x = jnp.where(taken[..., None], states[partner], states).reshape(ROWS, DIM)
    u = jnp.where(taken, energies[partner], energies).reshape(ROWS)
    return x, u, taken.sum(1)


def _block(rotation, carry, number):
    """As many steps as there are between two rounds of swaps, and the swaps."""
    x, u, key = carry
    key, moves, accepts, swaps = jax.random.split(key, 4)
    temperatures = jnp.repeat(jnp.asarray(TEMPERATURES), CHAINS)
    noise = jax.random.normal(moves, (SWAP_EVERY, ROWS, DIM))
    slack = -temperatures * jnp.log(jax.random.uniform(accepts, (SWAP_EVERY, ROWS)))
    width = (STEP * jnp.sqrt(temperatures))[:, None]
    accepted = jnp.zeros(RUNGS)
    for i in range(SWAP_EVERY):
        there = x + noise[i] * width
        energy_there = energy(rotation, there)
        accept = energy_there < u + slack[i]
        x, u = jnp.where(accept[:, None], there, x), jnp.where(accept, energy_there, u)
        accepted = accepted + accept.reshape(RUNGS, CHAINS).sum(1)
    x, u, exchanged = _swap(swaps, number % 2, x, u)
    return (x, u, key), (accepted, exchanged)


def _walk(rotation, blocks, carry):
    return jax.lax.scan(functools.partial(_block, rotation), carry, jnp.arange(blocks))


class Walk:
    """Compiled once, for so many steps a run."""

    def __init__(self, steps):
        rotation = jnp.asarray(_rotation())
        x = jax.random.normal(jax.random.key(0), (ROWS, DIM))
        self._carry = (x, energy(rotation, x), jax.random.key(1))
        self._steps = steps
        walk = functools.partial(_walk, rotation, steps // SWAP_EVERY)
        begin = time.perf_counter()
        self._walk = jax.jit(walk, donate_argnums=0).lower(self._carry).compile()
        self.compile_seconds = time.perf_counter() - begin

    def run(self, steps):
        """A multiple of the compiled number."""
        counts = []
        for _ in range(max(1, steps // self._steps)):
            self._carry, counts = self._walk(self._carry)
        jax.block_until_ready(counts)
        self.accepted, self.exchanged = counts
        return 0.0

    def cold(self):
        """The double well's coordinate on the lowest rung [chains]."""
        return (np.asarray(self._carry[0][:CHAINS]) @ _rotation().T)[:, 0]


def main():
    stream = contestant.answers()
    walk = Walk(1_000)
    walk.run(1_000)
    warm = contestant.timed(walk, 1_000, ROWS)
    ready = {"rows": ROWS, "compile": walk.compile_seconds, "warm": warm, "versions": {"jax": jax.__version__}}
    contestant.serve(stream, walk, ready, ROWS)


if __name__ == "__main__":
    main()
