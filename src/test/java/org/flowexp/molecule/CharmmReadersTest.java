package org.flowexp.molecule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong or not supported is said with its line; nothing is dropped. */
final class CharmmReadersTest {
  private static final Path FOLDER = Path.of("src/test/resources/reference/charmm");
  private static final String START = "* title|*|||";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "BONDS|A B 1.0; 6; two types, k, r0",
        "BONDS|A B 1.0 zero; 6; `zero`",
        "ANGLES|A B C 1.0; 6; three types",
        "DIHEDRALS|A B C D 1.0 0 0.0; 6; periodicity",
        "DIHEDRALS|X B C D 1.0 1 0.0; 6; X at both ends",
        "IMPROPER|A B C D 1.0 2 180.0; 6; periodic improper",
        "CMAP|A B C D E F G H 4|1 2 3|BONDS; 6; 3 energies",
        "NONBONDED nbxmod 4; 5; NBXMOD",
        "NONBONDED nbxmod 5 GEOM; 5; GEOM",
        "NONBONDED|A* 0.0 -0.1 2.0; 6; the pattern `A*`",
        "NONBONDED|A 0.0 0.1 2.0; 6; epsilon",
        "NBFIX|A B -0.1; 6; two types",
        "HBOND CUTHB 0.5|N H -0.1 2.0; 6; section",
        "THOLE|A B 1.0; 5; section",
        "BONDS|A B 1.0 -; 6; continuation"
      })
  void aMistakeInParametersHasItsLine(String text, int line, String says) throws IOException {
    Path file = written("wrong.prm", START + text);
    FormatException mistake =
        assertThrows(FormatException.class, () -> CharmmReader.read(file, new CharmmParameters()));
    assertEquals(line, mistake.line(), mistake::getMessage);
    assertEquals("wrong.prm", mistake.file());
    assertTrue(mistake.getMessage().contains(says), mistake::getMessage);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "CRD; 1; PSF",
        "PSF DRUDE; 1; Drude",
        "PSF||1 !NATOM|1 S 1 R N T 0.1 99.0 0; 4; mass",
        "PSF||1 !NATOM|2 S 1 R N T 0.1 12.0 0; 4; atom 1",
        "PSF||1 !NATOM|1 S 1 R N T 0.1 12.0 0||1 !NBOND: bonds|1 2; 7; atom 2",
        "PSF||1 !NATOM|1 S 1 R N T 0.1 12.0 0||2 !NBOND: bonds|1 1; 8; 2 numbers",
        "PSF||1 !NATOM|1 S 1 R N T 0.1 12.0 0||1 !NNB|1; 6; exclusions",
        "PSF||1 !NATOM|1 S 1 R N T 0.1 12.0 0||1 0 !NUMLP NUMLPH; 6; lone pairs",
        "PSF||1 !NATOM|1 S 1 R N T 0.1 12.0 0||1 !NSOMETHING; 6; NSOMETHING"
      })
  void aMistakeInAStructureHasItsLine(String text, int line, String says) throws IOException {
    Path file = written("wrong.psf", text);
    FormatException mistake = assertThrows(FormatException.class, () -> PsfReader.read(file));
    assertEquals(line, mistake.line(), mistake::getMessage);
    assertTrue(mistake.getMessage().contains(says), mistake::getMessage);
  }

  @Test
  void aTermWithoutParametersIsAnError() throws IOException, FormatException {
    Topology topology = PsfReader.read(FOLDER.resolve("ala5.psf"));
    Path few = written("few.prm", "* few|BONDS|CT1 C 250.0 1.49|END");
    FormatException mistake =
        assertThrows(FormatException.class, () -> CharmmForceField.of(topology, List.of(few)));
    assertTrue(mistake.getMessage().contains("the bond"), mistake::getMessage);
  }

  @Test
  void wildcardsYieldToTypesWrittenOut() throws IOException, FormatException {
    CharmmParameters parameters = new CharmmParameters();
    CharmmReader.read(
        written(
            "wild.prm",
            "DIHEDRALS|X B C X 1.0 2 180.0|D C B A 3.0 1 0.0 ! backwards|D C B A 2.0 3 0.0|END"),
        parameters);
    assertEquals(2, parameters.dihedral(List.of("A", "B", "C", "D")).orElseThrow().size());
    assertEquals(
        4.184,
        parameters.dihedral(List.of("Q", "C", "B", "A")).orElseThrow().get(0).stiffness(),
        1e-12);
    assertTrue(parameters.dihedral(List.of("A", "B", "B", "D")).isEmpty());
  }

  @Test
  void aLaterFileReplacesAWholeDihedral() throws IOException, FormatException {
    CharmmParameters parameters = new CharmmParameters();
    CharmmReader.read(
        written("a.prm", "DIHEDRALS|A B C D 1.0 1 0.0|A B C D 2.0 2 0.0|END"), parameters);
    CharmmReader.read(written("b.prm", "DIHEDRALS|D C B A 5.0 3 0.0|END"), parameters);
    assertEquals(
        List.of(3),
        parameters.dihedral(List.of("A", "B", "C", "D")).orElseThrow().stream()
            .map(CharmmParameters.Wave::periodicity)
            .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "ATOM      1  N   ALA A   1      -2.7x0  -0.997  -0.053; 1; columns",
        "ATOM      1  N  BALA A   1      -2.790  -0.997  -0.053; 1; alternate",
        "ATOM      1  N   ALA A   1; 1; short",
        "REMARK; 0; no atoms"
      })
  void aMistakeInAPdbFileHasItsLine(String text, int line, String says) throws IOException {
    Path file = written("wrong.pdb", text);
    FormatException mistake = assertThrows(FormatException.class, () -> PdbReader.read(file));
    assertEquals(line, mistake.line(), mistake::getMessage);
    assertTrue(mistake.getMessage().contains(says), mistake::getMessage);
  }

  private Path written(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text.replace('|', '\n') + "\n");
  }
}
