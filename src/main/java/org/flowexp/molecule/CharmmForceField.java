package org.flowexp.molecule;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.flowexp.molecule.CharmmParameters.Bend;
import org.flowexp.molecule.CharmmParameters.Fix;
import org.flowexp.molecule.CharmmParameters.Sphere;
import org.flowexp.molecule.CharmmParameters.Spring;
import org.flowexp.molecule.CharmmParameters.Wave;

/** Parameters for a topology from CHARMM files: every term it lists has some, or it is an error. */
public final class CharmmForceField {
  private final Topology topology;
  private final CharmmParameters parameters;
  private final String files;
  private final List<String> types = new ArrayList<>();

  private CharmmForceField(Topology topology, CharmmParameters parameters, String files) {
    this.topology = topology;
    this.parameters = parameters;
    this.files = files;
  }

  /**
   * The terms of a topology.
   *
   * @param files RTF, PRM and STR, in the order CHARMM would read them
   * @throws FormatException if a file has a mistake, or a term has no parameters
   */
  public static ForceField of(Topology topology, List<Path> files)
      throws IOException, FormatException {
    CharmmParameters parameters = new CharmmParameters();
    for (Path file : files) {
      CharmmReader.read(file, parameters);
    }
    String names = String.join(", ", files.stream().map(f -> f.getFileName().toString()).toList());
    return new CharmmForceField(topology, parameters, names).terms();
  }

  private ForceField terms() throws FormatException {
    for (Atom atom : topology.atoms()) {
      String type = parameters.typesByNumber.getOrDefault(atom.type(), atom.type());
      types.add(type.toUpperCase(Locale.ROOT));
    }
    List<Bond> bonds = new ArrayList<>();
    for (Couple bond : topology.bonds()) {
      Spring spring =
          found(Optional.ofNullable(parameters.bonds.get(key(bond.i(), bond.j()))), bond);
      bonds.add(new Bond(bond.i(), bond.j(), spring.rest(), spring.stiffness()));
    }
    List<Angle> angles = new ArrayList<>();
    List<Bond> ureyBradley = new ArrayList<>();
    for (Triple angle : topology.angles()) {
      Bend bend =
          found(
              Optional.ofNullable(parameters.angles.get(key(angle.i(), angle.j(), angle.k()))),
              angle);
      angles.add(
          new Angle(
              angle.i(), angle.j(), angle.k(), bend.angle().rest(), bend.angle().stiffness()));
      bend.ureyBradley()
          .filter(spring -> spring.stiffness() != 0)
          .ifPresent(
              spring ->
                  ureyBradley.add(
                      new Bond(angle.i(), angle.k(), spring.rest(), spring.stiffness())));
    }
    List<CorrectionMap> maps = new ArrayList<>();
    List<CrossTerm> crossTerms = crossTerms(maps);
    List<Pair> pairs14 = new ArrayList<>();
    List<Pair> pairs = pairs(pairs14);
    return new ForceField(
        bonds, ureyBradley, angles, torsions(), impropers(), maps, crossTerms, pairs, pairs14);
  }

  private List<Torsion> torsions() throws FormatException {
    List<Torsion> torsions = new ArrayList<>();
    for (Quadruple atoms : topology.torsions()) {
      for (Wave wave : found(parameters.dihedral(types(atoms)), atoms)) {
        if (wave.stiffness() != 0) {
          torsions.add(new Torsion(atoms, wave.periodicity(), wave.phase(), wave.stiffness()));
        }
      }
    }
    return torsions;
  }

  private List<Improper> impropers() throws FormatException {
    List<Improper> impropers = new ArrayList<>();
    for (Quadruple atoms : topology.impropers()) {
      Spring spring = found(parameters.improper(types(atoms)), atoms);
      impropers.add(new Improper(atoms, spring.rest(), spring.stiffness()));
    }
    return impropers;
  }

  private List<CrossTerm> crossTerms(List<CorrectionMap> maps) throws FormatException {
    List<CrossTerm> terms = new ArrayList<>();
    for (Topology.Cross cross : topology.crossTerms()) {
      List<String> eight =
          Stream.concat(types(cross.first()).stream(), types(cross.second()).stream()).toList();
      CorrectionMap map = found(Optional.ofNullable(parameters.maps.get(eight)), cross);
      if (!maps.contains(map)) {
        maps.add(map);
      }
      terms.add(new CrossTerm(cross.first(), cross.second(), maps.indexOf(map)));
    }
    return terms;
  }

  /** All pairs but those one or two bonds apart; those three apart go to the other list. */
  private List<Pair> pairs(List<Pair> pairs14) throws FormatException {
    List<List<Integer>> neighbours = topology.neighbours();
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < topology.size(); i++) {
      Set<Integer> near = within(neighbours, i, 2);
      Set<Integer> three = within(neighbours, i, 3);
      for (int j = i + 1; j < topology.size(); j++) {
        if (!near.contains(j)) {
          (three.contains(j) ? pairs14 : pairs).add(pair(i, j, three.contains(j)));
        }
      }
    }
    return pairs;
  }

  private static Set<Integer> within(List<List<Integer>> neighbours, int atom, int bonds) {
    Set<Integer> reached = new TreeSet<>(Set.of(atom));
    for (int step = 0; step < bonds; step++) {
      Set<Integer> next = new TreeSet<>(reached);
      reached.forEach(from -> next.addAll(neighbours.get(from)));
      reached = next;
    }
    return reached;
  }

  private Pair pair(int i, int j, boolean special) throws FormatException {
    double charges = topology.atoms().get(i).charge() * topology.atoms().get(j).charge();
    Fix fix = parameters.fixes.get(key(i, j));
    if (fix != null) {
      return special
          ? new Pair(i, j, charges * parameters.coulomb14, fix.depth14(), fix.distance14())
          : new Pair(i, j, charges, fix.depth(), fix.distance());
    }
    Sphere a = found(Optional.ofNullable(parameters.spheres.get(types.get(i))), new Couple(i, i));
    Sphere b = found(Optional.ofNullable(parameters.spheres.get(types.get(j))), new Couple(j, j));
    return special
        ? new Pair(
            i,
            j,
            charges * parameters.coulomb14,
            Math.sqrt(a.depth14() * b.depth14()),
            a.half14() + b.half14())
        : new Pair(i, j, charges, Math.sqrt(a.depth() * b.depth()), a.half() + b.half());
  }

  private List<String> key(int... atoms) {
    List<String> names = new ArrayList<>();
    for (int atom : atoms) {
      names.add(types.get(atom));
    }
    return CharmmParameters.key(names);
  }

  private List<String> types(Quadruple q) {
    return List.of(types.get(q.i()), types.get(q.j()), types.get(q.k()), types.get(q.l()));
  }

  private <T> T found(Optional<T> parameter, Record atoms) throws FormatException {
    if (parameter.isPresent()) {
      return parameter.get();
    }
    throw new FormatException(files, 0, "nothing for " + described(atoms), "its parameters");
  }

  private String described(Record atoms) {
    if (atoms instanceof Couple c) {
      return c.i() == c.j() ? "the atom type " + types.get(c.i()) : "the bond " + key(c.i(), c.j());
    }
    if (atoms instanceof Triple t) {
      return "the angle " + key(t.i(), t.j(), t.k());
    }
    if (atoms instanceof Quadruple q) {
      return "the dihedral or improper " + types(q);
    }
    return "the correction map of " + atoms;
  }
}
