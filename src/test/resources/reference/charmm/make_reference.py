"""Energies per term and forces of the peptides here, by OpenMM's own CHARMM readers.

usage: python make_reference.py EXAMPLES    (needs openmm 8.6, numpy)

EXAMPLES is `examples/charmm` of ParmEd's source distribution (4.3.1, from PyPI): its ala5 (XPLOR) is copied as it is, of its solvated
ala2 (EXT, types by number) the peptide is cut out. Writes ala2.psf and reference.json.
"""
import json
import sys

import numpy as np
import openmm as mm
from openmm import app, unit

EXAMPLES = sys.argv[1]


def peptide(source, target, atoms):
    """The first atoms of an EXT structure file, and every term on them alone."""
    lines = open(source).read().splitlines()
    width = {'NBOND': 2, 'NTHETA': 3, 'NPHI': 4, 'NIMPHI': 4, 'NCRTERM': 8}
    out = [lines[0], '', '         1 !NTITLE', '* the peptide of ala2_charmmgui.psf', '']
    i = 1
    while i < len(lines):
        if '!' in lines[i]:
            name = lines[i].split('!')[1].split(':')[0].split()[0]
            count = int(lines[i].split()[0])
            if name == 'NATOM':
                out += ['%10d !NATOM' % atoms] + lines[i + 1:i + 1 + atoms] + ['']
            elif name in width:
                numbers, j = [], i + 1
                while len(numbers) < count * width[name]:
                    numbers += [int(w) for w in lines[j].split()]
                    j += 1
                groups = np.array(numbers, int).reshape(-1, width[name])
                kept = [g for g in groups if (g <= atoms).all()]
                out.append('%10d !%s' % (len(kept), name))
                flat = [n for g in kept for n in g]
                out += [''.join('%10d' % n for n in flat[k:k + 8]) for k in range(0, len(flat), 8)] + ['']
            elif name in ('NDON', 'NACC'):
                out += ['%10d !%s' % (0, name), '', '']
            elif name == 'NNB':
                out += ['%10d !NNB' % 0, ''] + [''.join(['%10d' % 0] * 8)] * -(-atoms // 8) + ['']
            elif name == 'NGRP':
                out += ['%10d%10d !NGRP NST2' % (1, 0), '%10d%10d%10d' % (0, 0, 0), '']
        i += 1
    open(target, 'w').write('\n'.join(out) + '\n')


def positions_of_crd(path, atoms):
    rows = [l.split() for l in open(path) if not l.startswith('*')][1:1 + atoms]
    return np.array([[float(w) for w in r[4:7]] for r in rows]) / 10


def reference(psf_file, parameter_files, start, seed):
    psf = app.CharmmPsfFile(psf_file)
    parameters = app.CharmmParameterSet(*parameter_files)
    system = psf.createSystem(parameters, nonbondedMethod=app.NoCutoff)
    groups = {}
    for n, force in enumerate(system.getForces()):
        force.setForceGroup(n)
        groups.setdefault(type(force).__name__, []).append(n)
    context = mm.Context(system, mm.VerletIntegrator(0.001), mm.Platform.getPlatformByName('Reference'))
    names = {'HarmonicBondForce': 'bonds', 'HarmonicAngleForce': 'angle', 'PeriodicTorsionForce': 'torsion',
             'CustomTorsionForce': 'improper', 'CMAPTorsionForce': 'cmap', 'NonbondedForce': 'nonbonded',
             'CustomNonbondedForce': 'nonbonded', 'CustomBondForce': 'nonbonded', 'CMMotionRemover': None}
    rng = np.random.default_rng(seed)
    out = []
    for spread in (0, 0.003, 0.006, 0.01, 0.015):
        x = start + spread * rng.standard_normal(start.shape)
        context.setPositions(x)
        terms = {}
        for kind, numbers in groups.items():
            for n in numbers:
                e = context.getState(getEnergy=True, groups={n}).getPotentialEnergy()._value
                if names[kind]:
                    terms[names[kind]] = terms.get(names[kind], 0) + e
        state = context.getState(getEnergy=True, getForces=True)
        out.append({'positions': x.tolist(), 'energy': state.getPotentialEnergy()._value, 'terms': terms,
                    'forces': state.getForces(asNumpy=True)._value.tolist()})
    return out


peptide(EXAMPLES + '/ala2_charmmgui.psf', 'ala2.psf', 23)
main = ['par_all36_prot.prm', 'toppar_water_ions.str']
ala5 = np.array(app.PDBFile('ala5.pdb').positions.value_in_unit(unit.nanometer))
ala2 = positions_of_crd(EXAMPLES + '/ala2_charmmgui.crd', 23)
cases = [('ala5', main, ala5), ('ala2', main, ala2), ('ala5', main + ['fixes.str'], ala5)]
answer = [{'structure': s + '.psf', 'parameters': p, 'conformations': reference(s + '.psf', p, x, 1)}
          for s, p, x in cases]
json.dump(answer, open('reference.json', 'w'), indent=0)
for case in answer:
    print(case['structure'], case['parameters'], case['conformations'][0]['terms'])
