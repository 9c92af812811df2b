package org.flowexp.molecule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The molecules that come with the program; their provenance lies beside the files. */
public final class ShippedMolecules {
  /** The force field that all of them have parameters of, CHARMM36m and its general form CGenFF. */
  public static final String FORCE_FIELD = "charmm36";

  private static final List<String> NAMES = List.of("butane", "alanine_dipeptide");

  private final JsonNode root;

  private ShippedMolecules(JsonNode root) {
    this.root = root;
  }

  /** What they are called. */
  public static List<String> names() {
    return NAMES;
  }

  /** The molecule of this name. */
  public static Optional<Molecule> find(String name) {
    return NAMES.contains(name) ? Optional.of(read(name)) : Optional.empty();
  }

  /** Butane, CGenFF: 14 atoms. */
  public static Molecule butane() {
    return read("butane");
  }

  /** Alanine dipeptide, ACE-ALA-NME, CHARMM36m: 22 atoms. */
  public static Molecule alanineDipeptide() {
    return read("alanine_dipeptide");
  }

  private static Molecule read(String name) {
    String file = "/org/flowexp/molecules/" + name + ".json";
    try (InputStream stream = ShippedMolecules.class.getResourceAsStream(file)) {
      return new ShippedMolecules(new ObjectMapper().readTree(stream)).molecule();
    } catch (IOException broken) {
      throw new UncheckedIOException("the shipped file " + file, broken);
    }
  }

  private Molecule molecule() {
    ForceField terms = forceField();
    Topology topology =
        new Topology(
            root.get("name").asText(),
            atoms(),
            terms.bonds().stream().map(bond -> new Couple(bond.i(), bond.j())).toList(),
            terms.angles().stream().map(a -> new Triple(a.i(), a.j(), a.k())).toList(),
            terms.torsions().stream().map(Torsion::atoms).distinct().toList(),
            terms.impropers().stream().map(Improper::atoms).toList(),
            terms.crossTerms().stream()
                .map(term -> new Topology.Cross(term.first(), term.second()))
                .toList());
    return new Molecule(
        topology,
        terms,
        rows(
            "zmatrix",
            row ->
                new TreeRow(
                    row.get(0).asInt(),
                    row.get(1).asInt(),
                    row.get(2).asInt(),
                    row.get(3).asInt())),
        rows("minimum", ShippedMolecules::numbers));
  }

  private List<Atom> atoms() {
    List<Atom> atoms = new ArrayList<>();
    String residue = "";
    int count = 0;
    for (int i = 0; i < root.get("atoms").size(); i++) {
      JsonNode row = root.get("atoms").get(i);
      String next = root.get("residues").get(i).asText();
      count += next.equals(residue) ? 0 : 1;
      residue = next;
      atoms.add(
          new Atom(
              row.get(0).asText(),
              row.get(1).asText(),
              row.get(2).asText(),
              residue,
              Integer.toString(count),
              row.get(3).asDouble(),
              row.get(4).asDouble()));
    }
    return atoms;
  }

  private ForceField forceField() {
    return new ForceField(
        rows("bonds", ShippedMolecules::bond),
        rows("urey_bradley", ShippedMolecules::bond),
        rows(
            "angles",
            row ->
                new Angle(
                    row.get(0).asInt(),
                    row.get(1).asInt(),
                    row.get(2).asInt(),
                    row.get(3).asDouble(),
                    row.get(4).asDouble() / 2)),
        rows(
            "torsions",
            row ->
                new Torsion(
                    quadruple(row, 0),
                    row.get(4).asInt(),
                    row.get(5).asDouble(),
                    row.get(6).asDouble())),
        rows(
            "impropers",
            row -> new Improper(quadruple(row, 0), row.get(4).asDouble(), row.get(5).asDouble())),
        rows("cmap_maps", map -> new CorrectionMap(each(map, ShippedMolecules::numbers))),
        rows(
            "cmap_terms",
            row -> new CrossTerm(quadruple(row, 0), quadruple(row, 4), row.get(8).asInt())),
        rows("pairs", ShippedMolecules::pair),
        rows("pairs_1_4", ShippedMolecules::pair));
  }

  private <T> List<T> rows(String key, Function<JsonNode, T> make) {
    return each(root.get(key), make);
  }

  private static <T> List<T> each(JsonNode array, Function<JsonNode, T> make) {
    List<T> all = new ArrayList<>();
    array.forEach(row -> all.add(make.apply(row)));
    return all;
  }

  private static List<Double> numbers(JsonNode row) {
    return each(row, JsonNode::asDouble);
  }

  private static Quadruple quadruple(JsonNode row, int at) {
    return new Quadruple(
        row.get(at).asInt(),
        row.get(at + 1).asInt(),
        row.get(at + 2).asInt(),
        row.get(at + 3).asInt());
  }

  /** The file has OpenMM's convention, ½k. */
  private static Bond bond(JsonNode row) {
    return new Bond(
        row.get(0).asInt(), row.get(1).asInt(), row.get(2).asDouble(), row.get(3).asDouble() / 2);
  }

  /** R = 2^(1/6) σ. */
  private static Pair pair(JsonNode row) {
    return new Pair(
        row.get(0).asInt(),
        row.get(1).asInt(),
        row.get(2).asDouble(),
        row.get(4).asDouble(),
        row.get(3).asDouble() * Math.pow(2, 1.0 / 6));
  }
}
