package org.flowexp.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flowexp.run.Figure;
import org.flowexp.run.RunRecord;
import org.flowexp.run.RunStatus;
import org.flowexp.run.SweepRecord;
import org.junit.jupiter.api.Test;

class FiguresPageTest {
  private static final double KT = 2.5;
  private static final List<Double> SHARES = List.of(0.5, 0.0, 0.05, 1e-6, 0.2, 0.2499);

  private static Figure.Axis axis(String name, int bins) {
    return new Figure.Axis(name, "deg", -180, 180, bins, true);
  }

  private static Figure.Series series(String name, int cells, boolean withErrors) {
    List<Double> shares = SHARES.subList(0, cells);
    List<Double> errors = withErrors ? shares.stream().map(p -> p / 10).toList() : List.of();
    return new Figure.Series(
        name, shares, errors, List.of(new Figure.Fact("samples", 10_000, Double.NaN)));
  }

  private static List<Figure.Series> sets(int cells, boolean withErrors) {
    return Stream.of("generated", "reweighted", "reference")
        .map(name -> series(name, cells, withErrors))
        .toList();
  }

  private static List<Figure> figures(double p) {
    return List.of(
        new Figure(
            Figure.Quantity.FREE_ENERGY,
            "free energy of phi and <psi>",
            List.of(axis("phi", 3), axis("<psi>", 2)),
            KT,
            "kJ/mol",
            sets(6, false),
            List.of()),
        new Figure(
            Figure.Quantity.FREE_ENERGY,
            "free energy of phi",
            List.of(axis("phi", 4)),
            KT,
            "kJ/mol",
            sets(4, true),
            List.of()),
        new Figure(
            Figure.Quantity.DENSITY,
            "closest contact",
            List.of(new Figure.Axis("closest contact, r/Rmin", "", 0, 1.2, 5, false)),
            KT,
            "kJ/mol",
            sets(5, true),
            List.of(new Figure.Fact("mark", 0.6, Double.NaN))),
        new Figure(
            Figure.Quantity.TABLE,
            "estimates",
            List.of(),
            KT,
            "kJ/mol",
            List.of(),
            List.of(
                new Figure.Fact("p_minor", p, 0.0012), new Figure.Fact("kl", 0.4, Double.NaN))));
  }

  private static RunRecord run(int seed, List<Figure> figures) {
    return new RunRecord(
        "id" + seed,
        "0123456789abcdef",
        "l2 " + seed,
        Map.of("objective", "l2", "seed", "" + seed),
        Map.of(),
        Map.of("ess", 0.1),
        1_024,
        RunStatus.FINISHED,
        Optional.empty(),
        figures);
  }

  private static SweepRecord sweep(RunRecord... runs) {
    return new SweepRecord(
        "0123456789abcdef",
        "losses",
        "e",
        "",
        "e.flowexp",
        "fedcba",
        "2026-01-01T00:00:00Z",
        "float32",
        "cpu",
        List.of("objective"),
        "seed",
        List.of("ess"),
        List.of(runs),
        List.of(),
        List.of(),
        Map.of(),
        "");
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  @Test
  void eachSetOfSamplesIsDrawnOnOneScaleWithUnitsAndWords() {
    String page = ReportPage.of(sweep(run(0, figures(0.0130))));
    for (String words :
        List.of(
            "What the samples look like",
            "phi, deg",
            "free energy, kJ/mol",
            "≥ 18 kJ/mol",
            "no sample",
            "lowest at phi, deg −120, &lt;psi&gt;, deg −90; 17 % of the cells have no sample",
            "generated: 10,000 samples",
            "0.0130 ± 0.0012")) {
      assertTrue(page.contains(words), words);
    }
    assertEquals(1, count(page, ">≥ 18 kJ/mol<"), "one scale");
    for (String name : List.of("generated", "reweighted", "reference")) {
      assertEquals(1, count(page, "phi and &lt;psi&gt;, " + name + ": lowest"), name);
    }
    assertFalse(page.contains("<psi>"), "what users write is text");
    for (String outside : List.of("src=", "@import", "url(http")) {
      assertFalse(page.contains(outside), outside);
    }
    assertFalse(ReportPage.of(sweep(run(0, List.of()))).contains("What the samples look like"));
  }

  /** −kT ln(p/p_max) of 0.05, 0.2 and 0.2499 against 0.5: 5.8, 2.3 and 1.7 kJ/mol. */
  @Test
  void aCellHasTheColourOfItsFreeEnergyAndAnEmptyOneHasNone() {
    double[] energies = new FreeEnergy(KT).of(SHARES);
    assertEquals(0, energies[0]);
    assertTrue(Double.isNaN(energies[1]), "nothing is known of an empty cell");
    assertEquals(KT * Math.log(10), energies[2], 1e-12);
    String panel = SurfaceFigure.of(figures(0).get(0), "x").get(0);
    // of p = 0.5 and 0.2499, 0.2, 0.05 and the rare one
    for (String level : List.of("--level-0", "--level-1", "--level-2", "--level-9")) {
      assertEquals(1, count(panel, level), level);
    }
    assertEquals(0, count(panel, "--level-3"));
    int cells = 0;
    Matcher path = Pattern.compile(" d=\"(M[^\"]*z)\"").matcher(panel);
    while (path.find()) {
      cells += count(path.group(1), "M");
    }
    assertEquals(5, cells, "the empty cell shows the ground");
  }

  @Test
  void seedsAreAveragedAndTheirSpreadIsStated() {
    RunRecord one = run(0, figures(0.01));
    RunRecord two = run(1, figures(0.03));
    RunRecord failed = run(2, List.of());
    ArmFigures arm = ArmFigures.of(new Arm("l2", List.of(one, two, failed)));
    assertEquals(2, arm.seeds());
    Figure.Fact fact = arm.figures().get(3).facts().get(0);
    assertEquals(0.02, fact.value(), 1e-12);
    assertEquals(0.01 * Math.sqrt(2), fact.error(), 1e-12);
    assertEquals(SHARES.subList(0, 4), arm.figures().get(1).series().get(0).shares());
    assertTrue(ReportPage.of(sweep(one, two, failed)).contains("The mean of 2 seeds"));
  }

  @Test
  void aSeedWithOtherAxesIsLeftOutAndThisIsSaid() {
    List<Figure> other = new ArrayList<>(figures(0.01));
    Figure first = other.get(1);
    other.set(
        1,
        new Figure(
            first.quantity(),
            first.title(),
            List.of(axis("phi", 3)),
            KT,
            "kJ/mol",
            sets(3, true),
            List.of()));
    String page = ReportPage.of(sweep(run(0, figures(0.01)), run(1, other)));
    assertTrue(page.contains("(1 of 2 seeds; the others"), page);
  }

  @Test
  void aRecordIsReadBackEqualAndAnOlderOneHasNoFigures() throws IOException {
    ObjectMapper mapper = new ObjectMapper().registerModule(new Jdk8Module());
    RunRecord run = run(0, figures(0.01));
    byte[] json = mapper.writeValueAsBytes(run);
    assertEquals(run, mapper.readValue(json, RunRecord.class));
    ObjectNode older = (ObjectNode) mapper.readTree(json);
    older.remove("figures");
    assertEquals(List.of(), mapper.treeToValue(older, RunRecord.class).figures());
  }
}
