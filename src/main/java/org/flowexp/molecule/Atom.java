package org.flowexp.molecule;

/**
 * An atom of a molecule.
 *
 * @param name unique in its residue
 * @param element its symbol
 * @param type what the force field calls it
 * @param residue the name of the residue it belongs to
 * @param residueId tells residues of one name apart
 * @param mass in Da
 * @param charge in e
 */
public record Atom(
    String name,
    String element,
    String type,
    String residue,
    String residueId,
    double mass,
    double charge) {}
