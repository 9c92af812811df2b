"""One contestant in a process of its own: compiles, warms up, and then takes steps when it is told to.

Standard input: `go N` takes N steps and answers with their time, `end` ends. Answers are lines of JSON.
"""

import json
import os
import resource
import sys
import time

import models

_SHORT = 0.2  # seconds of a step


def _contestant(kind, model, loss, batch):
    if kind == "jax":
        import jax_model

        return jax_model.Contestant(model, loss, batch)
    if kind == "normflows":
        import normflows_model

        return normflows_model.Contestant(model, loss, batch)
    import torch_model

    return torch_model.Contestant(model, loss, batch, kind == "torch_compile")


def answers():
    """A stream of their own, since libraries print; what they print goes to standard error."""
    own = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    return own


def timed(contestant, steps, units=1):
    """Seconds a step and unit: of the processor, by all threads, and on the wall."""
    wall, processor = time.perf_counter(), time.process_time()
    value = contestant.run(steps)
    count = steps * units
    return {
        "cpu": (time.process_time() - processor) / count,
        "wall": (time.perf_counter() - wall) / count,
        "value": value,
    }


def serve(stream, contestant, ready, units=1):
    """Says that it is ready, then follows standard input; at the end, how much memory it had at most."""

    def answer(record):
        print(json.dumps(record), file=stream, flush=True)

    answer({"ready": True, **ready})
    for line in sys.stdin:
        words = line.split()
        if words[0] == "end":
            break
        answer(timed(contestant, int(words[1]), units))
    answer({"peak_memory": 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss})


def main(kind, name, batch, loss):
    stream = answers()
    contestant = _contestant(kind, models.MODELS[name], loss, int(batch))
    contestant.run(2)
    warm = timed(contestant, 1)
    if warm["wall"] < _SHORT:
        warm = timed(contestant, 5)
    ready = {
        "compile": contestant.compile_seconds,
        "parameters": contestant.parameters,
        "products": contestant.products,
        "versions": contestant.versions,
        "warm": warm,
    }
    serve(stream, contestant, ready)


if __name__ == "__main__":
    main(*sys.argv[1:])
