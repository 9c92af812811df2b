"""The report: what a step of each contestant costs, from the figures that `src/bench/run` keeps."""

import datetime
import json
import os
import pathlib
import statistics

TITLES = {
    "flowexp": "FlowExp",
    "jax": "JAX",
    "torch_eager": "PyTorch eager",
    "torch_compile": "PyTorch compiled",
    "normflows": "normflows",
}
MODELS = {
    "realnvp_12d": "RealNVP, 12 dimensions, 8 couplings of 3 × 128",
    "spline_12d": "Splines, 12 dimensions, 8 couplings of 3 × 128, 8 bins",
    "spline_60d": "Splines, 60 dimensions (30 angles), 12 couplings of 3 × 128, 8 bins",
}
GOAL = 0.85


def best_peer(contestants):
    """The peer whose median is least."""
    peers = {kind: one for kind, one in contestants.items() if kind != "flowexp"}
    return min(peers, key=lambda kind: statistics.median(peers[kind]["cpu"])) if peers else None


def ratios(contestants):
    """FlowExp's processor time over the best peer's, round by round."""
    best = best_peer(contestants)
    if best is None:
        return []
    return [a / b for a, b in zip(contestants["flowexp"]["cpu"], contestants[best]["cpu"])]


def line(name, contestants):
    unit, factor = ("ns a chain step", 1e9) if name == "tempering" else ("ms a step", 1e3)
    parts = [f"{TITLES[kind]} {factor * statistics.median(one['cpu']):.4g}" for kind, one in contestants.items()]
    text = f"{name}: " + ", ".join(parts) + f" {unit}"
    found = ratios(contestants)
    return text + (f"; ratio {statistics.median(found):.2f}" if found else "")


def _three(values, factor, digits=3):
    def text(value):
        return f"{factor * value:.{digits}g}" if factor * value < 1_000 else f"{factor * value:,.0f}"

    return f"{text(statistics.median(values))} ({text(min(values))}–{text(max(values))})"


def _table(head, rows):
    align = ["---"] + ["--:"] * (len(head) - 1)
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, align, *rows]) + "\n"


def _order(record):
    return record["batch"], ("kl_x", "kl_z", "l2_masked").index(record["loss"])


def _times(records, kinds):
    rows = []
    for record in records:
        contestants = record["contestants"]
        cells = [
            _three(contestants[kind]["cpu"], 1e3) if kind in contestants else record["failures"].get(kind, "–")
            for kind in kinds
        ]
        found = ratios(contestants)
        ratio = _three(found, 1, 2) if found else "–"
        met = "yes" if found and statistics.median(found) <= GOAL else "no"
        best = TITLES.get(best_peer(contestants), "–")
        rows.append([f"{record['batch']:,}", f"`{record['loss']}`", *cells, best, ratio, met])
    head = ["batch", "loss", *[TITLES[kind] for kind in kinds], "best peer", "FlowExp / best", f"≤ {GOAL}"]
    return _table(head, rows)


def _share(one, peak):
    return f"{100 * one['products'] / peak / statistics.median(one['cpu']):.0f} %"


def _limits(records, kinds):
    rows = []
    for record in records:
        contestants = record["contestants"]
        peak = contestants["flowexp"]["product_peak"]
        cells = [_share(contestants[kind], peak) if kind in contestants else "–" for kind in kinds]
        floor = 1e3 * contestants["flowexp"]["products"] / peak
        rows.append([f"{record['batch']:,}", f"`{record['loss']}`",
                     f"{contestants['flowexp']['products'] * 1e-9:.3g}", f"{floor:.3g}", *cells])
    head = ["batch", "loss", "10⁹ operations", "ms at the peak", *[TITLES[kind] for kind in kinds]]
    return _table(head, rows)


def _start(records, kinds):
    rows = []
    for record in records:
        cells = []
        for kind in kinds:
            one = record["contestants"].get(kind)
            if one is None:
                cells.append("–")
                continue
            memory = f"{one['peak_memory'] / 1e9:.2f}" if one["peak_memory"] else "–"
            cells.append(f"{one['compile']:.1f} · {memory}")
        rows.append([f"{record['batch']:,}", f"`{record['loss']}`", *cells])
    return _table(["batch", "loss", *[TITLES[kind] for kind in kinds]], rows)


def _machine():
    names = {}
    for file in ("/proc/cpuinfo", "/proc/meminfo"):
        if os.path.exists(file):
            with open(file) as lines:
                for text in lines:
                    key, _, value = text.partition(":")
                    names.setdefault(key.strip(), value.strip())
    memory = int(names.get("MemTotal", "0 kB").split()[0]) / 1e6
    flags = names.get("flags", "").split()
    vectors = "AVX-512" if "avx512f" in flags else "AVX2" if "avx2" in flags else "no AVX2"
    return f"{names.get('model name', 'unknown processor')}, {os.cpu_count()} cores ({vectors}), {memory:.0f} GB"


def _versions(records):
    found = {}
    for record in records:
        for one in record["contestants"].values():
            found.update(one["versions"])
    return ", ".join(f"{name} {version}" for name, version in sorted(found.items()))


def _tempering(record):
    rows = [
        [TITLES[kind], _three(one["cpu"], 1e9), f"{1e-6 / statistics.median(one['cpu']):.2f}"]
        for kind, one in record["contestants"].items()
    ]
    return _table(["", "ns of processor time a chain step", "10⁶ chain steps a second of it"], rows) + (
        f"\nFlowExp / JAX, round by round: {_three(ratios(record['contestants']), 1, 2)}.\n"
    )


def _overview(records):
    met = [record for record in records if statistics.median(ratios(record["contestants"]) or [9]) <= GOAL]
    return f"FlowExp takes at most {GOAL} of the best peer's processor time in {len(met)} of {len(records)} configurations."


def write(folder, place):
    """The report on all figures in a folder."""
    records = [json.loads(file.read_text()) for file in sorted(pathlib.Path(folder).glob("*.json"))]
    steps = [record for record in records if "model" in record]
    if not records:
        raise SystemExit("there are no figures to report on")
    how = records[0]["how"]
    head = (pathlib.Path(__file__).parent / "report.md").read_text()
    parts = [
        head.format(
            date=f"{datetime.date.today():%Y-%m-%d}",
            machine=_machine(),
            versions=_versions(records),
            commits=", ".join(sorted({record["how"]["commit"][:9] for record in records})),
            rounds=how["rounds"],
            seconds=how["seconds"],
            load=f"{max(record['load'] for record in records):.1f}",
            overview=_overview(steps) if steps else "",
        )
    ]
    for model, title in MODELS.items():
        of_model = sorted((record for record in steps if record["model"] == model), key=_order)
        if not of_model:
            continue
        kinds = [kind for kind in TITLES if any(kind in record["contestants"] for record in of_model)]
        parameters = of_model[0]["contestants"]["flowexp"]["parameters"]
        parts += [
            f"## {title}\n\n{parameters:,} parameters. Processor time of a step in ms: median (least–most) of the rounds.\n",
            _times(of_model, kinds),
            "The share of a step's time that its products of matrices would take at the machine's peak:\n",
            _limits(of_model, kinds),
            "Seconds to build and compile · peak memory of the process in GB:\n",
            _start(of_model, kinds),
        ]
    for record in records:
        if record["name"] == "tempering":
            parts += ["## Parallel tempering, 12-dimensional double well, 8 rungs, 64 chains\n", _tempering(record)]
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("\n".join(parts))
