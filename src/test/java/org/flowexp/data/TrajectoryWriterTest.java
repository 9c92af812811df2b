package org.flowexp.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.flowexp.molecule.Atom;
import org.flowexp.molecule.Compound;
import org.flowexp.molecule.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against files that MDTraj wrote of the same positions. */
class TrajectoryWriterTest {
  private static final Path WRITTEN = Path.of("src/test/resources/reference/trajectories");
  private static final int ATOMS = 22;
  private static final int FRAMES = 8;

  @TempDir private Path folder;

  private static Topology dipeptide() {
    return Compound.shipped("alanine_dipeptide").orElseThrow().topology();
  }

  private static double[] original() throws IOException {
    return ReferencePositions.of("original");
  }

  private Path pdb(Topology topology, double[] x) throws IOException {
    Path file = folder.resolve("x.pdb");
    try (PdbWriter writer = PdbWriter.to(file, topology)) {
      writer.write(Arrays.copyOf(x, 66));
      writer.write(Arrays.copyOfRange(x, 66, x.length));
    }
    return file;
  }

  private static List<String> atoms(Path file) throws IOException {
    return Files.readAllLines(file).stream().filter(line -> line.startsWith("ATOM")).toList();
  }

  @Test
  void anAtomInAPdbIsWrittenAsByMdtraj() throws IOException {
    Path file = pdb(dipeptide(), original());
    List<String> expected = atoms(WRITTEN.resolve("dipeptide.pdb"));
    assertEquals(ATOMS * FRAMES, expected.size());
    assertEquals(expected, atoms(file));
    List<String> lines = Files.readAllLines(file);
    assertEquals("MODEL        1", lines.get(0));
    assertEquals("MODEL        8", lines.get(7 * (ATOMS + 2)));
    assertEquals(List.of("ENDMDL", "END"), lines.subList(lines.size() - 2, lines.size()));

    double[] moved = original();
    moved[3 * ATOMS + 1] += 2e-4;
    assertFalse(expected.equals(atoms(pdb(dipeptide(), moved))), "0.002 Å are seen");
  }

  private byte[] dcd(double[] x) throws IOException {
    Path file = folder.resolve("x.dcd");
    try (DcdWriter writer = DcdWriter.to(file, ATOMS, FRAMES)) {
      writer.write(Arrays.copyOf(x, 66));
      writer.write(Arrays.copyOfRange(x, 66, x.length));
    }
    return Files.readAllBytes(file);
  }

  /** Everything but the title, which is the writer's own. */
  private static byte[] untitled(byte[] file) {
    int title = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(92);
    byte[] rest = Arrays.copyOf(file, file.length - title - 8);
    System.arraycopy(file, 92 + title + 8, rest, 92, rest.length - 92);
    return rest;
  }

  @Test
  void aDcdHasTheBytesOfMdtrajsButForTheTitle() throws IOException {
    byte[] expected = untitled(Files.readAllBytes(WRITTEN.resolve("dipeptide.dcd")));
    assertArrayEquals(expected, untitled(dcd(original())));
    double[] moved = original();
    moved[5] += 1e-6;
    assertFalse(Arrays.equals(expected, untitled(dcd(moved))));
  }

  @Test
  void aDcdWithoutAllItsFramesIsNoFile() throws IOException {
    DcdWriter writer = DcdWriter.to(folder.resolve("y.dcd"), ATOMS, 2);
    writer.write(new double[3 * ATOMS]);
    assertThrows(IllegalArgumentException.class, () -> writer.write(new double[6 * ATOMS]));
    assertThrows(IllegalStateException.class, writer::close);
  }

  private static Topology oneAtom(String name, String residue, String place) {
    return new Topology(
        "one",
        List.of(new Atom(name, "Cl", "CL", residue, place, 35.45, -1)),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  @Test
  void segmentsAndFourLetterNamesHaveTheirColumns() throws IOException {
    Path file = folder.resolve("z.pdb");
    try (PdbWriter writer = PdbWriter.to(file, oneAtom("CLA", "CLAX", "IONS 12B"))) {
      writer.write(new double[] {-99.99994, 999.99994, 0.00004});
    }
    assertEquals(
        "ATOM      1 CLA  CLAXA  12B   -999.9999999.999   0.000  1.00  0.00      IONSCL  ",
        atoms(file).get(0));
  }

  @Test
  void whatHasNoColumnsIsRefused() throws IOException {
    Path file = folder.resolve("z.pdb");
    for (String[] names :
        List.of(
            new String[] {"CHLOR", "CLA", "1"},
            new String[] {"CLA", "CHLOR", "1"},
            new String[] {"CLA", "CLA", "12345"})) {
      assertThrows(
          PdbWriter.Unfit.class,
          () -> PdbWriter.to(file, oneAtom(names[0], names[1], names[2])).close());
    }
    for (double far : new double[] {1000, -100, Double.NaN, Double.POSITIVE_INFINITY}) {
      try (PdbWriter writer = PdbWriter.to(file, oneAtom("CLA", "CLA", "1"))) {
        IOException unfit =
            assertThrows(
                PdbWriter.Unfit.class, () -> writer.write(new double[] {0, 0, 0, 0, far, 0}));
        assertTrue(unfit.getMessage().endsWith("in configuration 2"), unfit.getMessage());
      }
    }
  }
}
