"""Writes the trajectories of this folder with MDTraj and MDAnalysis, and what MDTraj reads of them.

Run here: python make_trajectories.py (pip install mdtraj MDAnalysis).
"""
import json
import pathlib
import struct
import warnings

import MDAnalysis as mda
import mdtraj as md
import numpy as np

warnings.filterwarnings("ignore")
here = pathlib.Path(__file__).parent
shipped = here / "../../../../main/resources/org/flowexp/molecules/alanine_dipeptide.json"
molecule = json.loads(shipped.read_text())
conformations = json.loads(
    (here / "../molecules/alanine_dipeptide_conformations.json").read_text()
)["conformations"]
x = np.array([c["positions"] for c in conformations[:8]])

topology = md.Topology()
chain = topology.add_chain()
last = None
for (name, element, *_), residue in zip(molecule["atoms"], molecule["residues"]):
    if last is None or last.name != residue:
        last = topology.add_residue(residue, chain, resSeq=1 + topology.n_residues)
    topology.add_atom(name, md.element.get_by_symbol(element), last)

expected = {}


def trajectory(positions, top=topology, **cell):
    return md.Trajectory(positions.astype(np.float32), top, **cell)


def plain(atoms):
    top = md.Topology()
    residue = top.add_residue("X", top.add_chain())
    for _ in range(atoms):
        top.add_atom("O", md.element.oxygen, residue)
    return top


def keep(name, top=topology):
    expected[name.replace(".", "_")] = md.load(str(here / name), top=top).xyz


trajectory(x).save_pdb(str(here / "dipeptide.pdb"), ter=False)
trajectory(x).save_dcd(str(here / "dipeptide.dcd"))
keep("dipeptide.dcd")
cell = dict(unitcell_lengths=np.full((8, 3), 4.0), unitcell_angles=np.full((8, 3), 90.0))
trajectory(x, **cell).save_dcd(str(here / "cell.dcd"))
keep("cell.dcd")
trajectory(x).save_xtc(str(here / "dipeptide.xtc"))
keep("dipeptide.xtc")

# the other byte order: every number of 4 bytes turned, but for the title and the name
little = (here / "dipeptide.dcd").read_bytes()
big, at = b"", 0
while at < len(little):
    (size,) = struct.unpack_from("<i", little, at)
    body = little[at + 4 : at + 4 + size]
    text = 4 if body[:4] == b"CORD" else 0
    turned = body[:text] + np.frombuffer(body[text:], "<i4").astype(">i4").tobytes()
    if size == 164:
        turned = np.frombuffer(body[:4], "<i4").astype(">i4").tobytes() + body[4:]
    big += struct.pack(">i", size) + turned + struct.pack(">i", size)
    at += 8 + size
(here / "big.dcd").write_bytes(big)
keep("big.dcd")

# water: runs of small differences, whose first two atoms XTC exchanges
random = np.random.default_rng(1)
centres = random.uniform(-2, 2, (3, 60, 1, 3))
water = centres + np.array([[0, 0, 0], [0.0957, 0, 0], [-0.024, 0.0927, 0]])
water = (water + random.normal(0, 0.002, water.shape)).reshape(3, 180, 3)
trajectory(water, plain(180)).save_xtc(str(here / "water.xtc"))
keep("water.xtc", plain(180))

# far: differences of more than 24 bits, each axis on its own
far = random.uniform(-2e4, 2e4, (2, 4, 1, 3)) + random.normal(0, 0.1, (2, 4, 3, 3))
far = far.reshape(2, 12, 3)
trajectory(far, plain(12)).save_xtc(str(here / "far.xtc"))
keep("far.xtc", plain(12))

# wide: sizes of 24 bits, whose product has more than 63
wide = random.uniform(-8e3, 8e3, (2, 4, 1, 3)) + random.normal(0, 0.1, (2, 4, 3, 3))
wide = wide.reshape(2, 12, 3)
trajectory(wide, plain(12)).save_xtc(str(here / "wide.xtc"))
keep("wide.xtc", plain(12))

# nine atoms and fewer are not compressed
trajectory(x[:, :9], plain(9)).save_xtc(str(here / "nine.xtc"))
keep("nine.xtc", plain(9))

# five decimals
universe = mda.Universe.empty(22, trajectory=True)
with mda.Writer(str(here / "precise.xtc"), 22, precision=5) as writer:
    for positions in x:
        universe.atoms.positions = 10 * positions
        writer.write(universe.atoms)
keep("precise.xtc")

np.savez_compressed(here / "positions.npz", original=x.astype(np.float32), **expected)
for file in sorted(here.glob("*.*")):
    print(file.name, file.stat().st_size)
