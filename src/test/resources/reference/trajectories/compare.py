"""Reads what `sample` wrote of a run of butane, and compares it with its arrays and averages."""
import sys

import mdtraj as md
import numpy as np

stem, names, mean_sine, trans = sys.argv[1], sys.argv[2].split(","), *map(float, sys.argv[3:5])
x = np.load(stem + ".npz")["x"]
pdb = md.load(stem + ".pdb")
dcd = md.load(stem + ".dcd", top=pdb.topology)
assert [atom.name for atom in pdb.topology.atoms] == names, pdb.topology
assert pdb.unitcell_lengths is None and dcd.unitcell_lengths is None
rounded = float(np.max(np.abs(pdb.xyz - x)))
single = float(np.max(np.abs(dcd.xyz - x)))
assert rounded < 1e-4 and single < 1e-6, (rounded, single)
quartet = [[names.index(name) for name in ("C1", "C2", "C3", "C4")]]
angle = md.compute_dihedrals(dcd, quartet, periodic=False)[:, 0].astype(float)
sine = abs(np.mean(np.sin(angle)) - mean_sine)
share = abs(np.mean(np.abs(angle) > 2 * np.pi / 3) - trans)
other = abs(np.mean(np.sin(angle + 0.01)) - mean_sine)
assert sine < 1e-5 and share < 1e-9, (sine, share)
assert other > 1e-5, "an angle of another size is another"
print(
    f"same: MDTraj {md.__version__}, {len(x)} frames within {rounded:.1e} (PDB) and"
    f" {single:.1e} nm (DCD); mean sine of the dihedral within {sine:.1e}"
)
