"""Contestants as processes that stand still between their rounds."""

import contextlib
import json
import os
import pathlib
import subprocess
import threading

ROOT = pathlib.Path(__file__).resolve().parents[3]
PEERS = pathlib.Path(__file__).resolve().parent
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false",
    "JAX_PLATFORMS": "cpu",
    "TORCHINDUCTOR_COMPILE_THREADS": "1",
    "TORCHINDUCTOR_FORCE_DISABLE_CACHES": "1",
    "CUDA_VISIBLE_DEVICES": "",
    "PYTHONDONTWRITEBYTECODE": "1",
}
PATIENCE = 900  # seconds for one answer: a compilation, or a round


class Failed(Exception):
    """A contestant that did not come to its end."""


@contextlib.contextmanager
def impatient(process):
    """Ends a process that does not answer."""
    timer = threading.Timer(PATIENCE, process.kill)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _one_core():
    # XLA sizes its pool of threads by the cores that it may use, and has no other switch.
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


class Peer:
    """A process that speaks the protocol of contestant.py."""

    def __init__(self, command, log, pinned=False):
        self.steps = 0
        self.rounds = []
        self._log = open(log, "w")
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            cwd=ROOT,
            env={**os.environ, **ONE_THREAD},
            preexec_fn=_one_core if pinned else None,
        )

    def _answer(self):
        with impatient(self._process):
            line = self._process.stdout.readline()
        if not line:
            raise Failed(f"ended with {self._process.wait()}")
        return json.loads(line)

    def ready(self):
        self.start = self._answer()
        return self.start

    def plan(self, seconds, multiple=1, units=1):
        """As many steps as take so long, by the warm-up."""
        wanted = seconds / (self.start["warm"]["cpu"] * units)
        self.steps = max(1, round(wanted / multiple)) * multiple

    def round(self, last=False):
        self._send(f"go {self.steps}")
        self.rounds.append(self._answer())

    def _send(self, line):
        try:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
        except BrokenPipeError as gone:
            raise Failed(f"ended with {self._process.wait()}") from gone

    def end(self):
        """What there is to keep."""
        self._send("end")
        rest = self._process.stdout.readlines()
        self._process.wait()
        peak = json.loads(rest[-1]).get("peak_memory") if rest else None
        return {
            "steps": self.steps,
            "cpu": [answer["cpu"] for answer in self.rounds],
            "wall": [answer["wall"] for answer in self.rounds],
            "compile": self.start.get("compile"),
            "parameters": self.start.get("parameters"),
            "products": self.start.get("products"),
            "versions": self.start.get("versions", {}),
            "peak_memory": peak,
        }

    def kill(self):
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self._log.close()


def python_peer(python, kind, model, batch, loss, log):
    command = [str(python), str(PEERS / "contestant.py"), kind, model, str(batch), loss]
    return Peer(command, log, pinned=kind == "jax")


class FlowExp:
    """`bench --paced`: it waits before each round, and gives all its figures at the end."""

    def __init__(self, model, batch, loss, steps, rounds, log):
        self.steps = steps
        self._process = subprocess.Popen(
            [
                str(ROOT / "run-experiment"), "bench", str(PEERS / f"{model}.flowexp"),
                "--experiment", "cost", "--set", f"objective={loss}", "--set", f"rows={batch} samples",
                "--steps", str(steps), "--rounds", str(rounds),
                "--threads", "1", "--precision", "float32", "--paced", "--format", "json",
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "FLOWEXP_CACHE": str(ROOT / "target/benchmarks/cache")},
        )
        self._log = open(log, "w")
        self._out = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        self._out.append(self._process.stdout.read())

    def ready(self):
        """Whether it waits for the next round: else it has ended."""
        with impatient(self._process):
            for line in self._process.stderr:
                if line.strip() == "ready":
                    return True
                self._log.write(line)
        if self._process.wait() != 0:
            raise Failed(f"ended with {self._process.returncode}")
        return False

    def round(self, last=False):
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        if self.ready() == last:
            raise Failed("took more or fewer rounds than it was told")

    def end(self):
        self._reader.join()
        report = json.loads(self._out[0])
        (run,) = report["runs"]
        (phase,) = run["phases"]
        return {
            "steps": self.steps,
            "cpu": phase["cpu_times"],
            "wall": [1 / phase["steps_per_second"]],
            "compile": run["build_time"] + phase["first_step_time"],
            "parameters": run["parameters"],
            "products": phase["product_operations"],
            "nodes": phase["nodes"],
            "product_peak": report["product_peak"],
            "peak_memory": phase.get("peak_memory"),
            "versions": {},
        }

    def kill(self):
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self._log.close()
