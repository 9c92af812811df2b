package org.flowexp.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.flowexp.objective.GridDescent.Form;
import org.junit.jupiter.api.Test;

/**
 * The data-free forward KL where normalisation is not built in: what each form does to Σ p_k and to
 * the divergence. {@code -Ddiscretisation.update=true} writes the figure and its numbers anew.
 */
final class DiscretisationTest {
  private static final Path FOLDER = Path.of("reports/discretisation");
  private static final double RATE = 5e-4;
  private static final int STEPS = 6_000;
  private static final int EVERY = 200;
  private static final Map<Form, List<Row>> RUNS = new EnumMap<>(Form.class);

  /** After so many steps. */
  record Row(int step, double total, double divergence) {
    String text(Form form) {
      return String.format(Locale.ROOT, "%s,%d,%.6f,%.3e", form.word(), step, total, divergence);
    }
  }

  static {
    for (Form form : Form.values()) {
      GridDescent grid = new GridDescent(form, RATE, 1, 3);
      List<Row> rows = new java.util.ArrayList<>();
      for (int step = 0; step <= STEPS; step++) {
        if (step % EVERY == 0) {
          rows.add(new Row(step, grid.total(), grid.divergence()));
        }
        grid.step();
      }
      RUNS.put(form, List.copyOf(rows));
    }
  }

  private static Row last(Form form) {
    List<Row> rows = RUNS.get(form);
    return rows.get(rows.size() - 1);
  }

  /** dp_k/dt = q_k/(p_k Σp) has the solution p_k² = p_k(0)² + 2 q_k τ, dt = Σp dτ. */
  private static double[] naiveSolution(double time) {
    double[] q = GridDescent.target();
    double[] p = new double[q.length];
    double tau = 0;
    double step = 1e-5;
    for (double t = 0; t < time; t += Arrays.stream(p).sum() * step) {
      double now = tau;
      Arrays.setAll(p, k -> Math.sqrt(Math.pow(1.0 / q.length, 2) + 2 * q[k] * now));
      tau += step;
    }
    return p;
  }

  @Test
  void theNaiveFormRaisesEverythingForEverAndMissesTheTarget() {
    double before = 0;
    for (Row row : RUNS.get(Form.NAIVE)) {
      assertTrue(row.total() > before, row::toString);
      before = row.total();
    }
    double[] solution = naiveSolution(STEPS * RATE);
    double total = Arrays.stream(solution).sum();
    assertEquals(total, last(Form.NAIVE).total(), 0.01 * total);
    assertTrue(total > 4, () -> "Σp = " + total);
    double divergence = 0;
    double[] q = GridDescent.target();
    for (int k = 0; k < q.length; k++) {
      divergence += q[k] * Math.log(q[k] * total / solution[k]);
    }
    assertEquals(divergence, last(Form.NAIVE).divergence(), 0.1 * divergence);
    assertTrue(last(Form.NAIVE).divergence() > 10 * last(Form.PROJECTED).divergence());
  }

  @Test
  void theOtherFormsKeepTheSumAndReachTheTarget() {
    for (Form form : List.of(Form.PROJECTED, Form.EXACT)) {
      assertEquals(1, last(form).total(), 1e-10, form.word());
    }
    assertEquals(1, last(Form.CONTROL_VARIATE).total(), 1e-3);
    assertTrue(last(Form.PROJECTED).divergence() < 5e-3, last(Form.PROJECTED)::toString);
    assertTrue(last(Form.EXACT).divergence() < 1e-8, last(Form.EXACT)::toString);
    assertTrue(
        last(Form.CONTROL_VARIATE).divergence() < 1e-6, last(Form.CONTROL_VARIATE)::toString);
  }

  /** At the target ŵ − 1 = 0 for each sample, while the projected ŵ = 1 keeps its noise. */
  @Test
  void theControlVariateAloneHasNoNoiseAtTheTarget() {
    assertTrue(100 * last(Form.CONTROL_VARIATE).divergence() < last(Form.PROJECTED).divergence());
  }

  @Test
  void theControlVariateAloneRestoresTheSum() {
    for (double start : new double[] {0.5, 1.5}) {
      GridDescent restored = new GridDescent(Form.CONTROL_VARIATE, RATE, start, 5);
      GridDescent kept = new GridDescent(Form.EXACT, RATE, start, 5);
      for (int step = 0; step < STEPS; step++) {
        restored.step();
        kept.step();
      }
      assertEquals(1, restored.total(), 1e-3);
      assertEquals(start, kept.total(), 1e-10);
    }
  }

  @Test
  void theFigureShowsTheseNumbers() throws IOException {
    String table =
        "form,step,sum of p,KL\n"
            + RUNS.entrySet().stream()
                .flatMap(run -> run.getValue().stream().map(row -> row.text(run.getKey())))
                .collect(Collectors.joining("\n", "", "\n"));
    if (Boolean.getBoolean("discretisation.update")) {
      Files.createDirectories(FOLDER);
      Files.writeString(FOLDER.resolve("discretisation.csv"), table);
      Files.writeString(FOLDER.resolve("discretisation.svg"), DiscretisationFigure.of(RUNS));
    }
    assertEquals(Files.readString(FOLDER.resolve("discretisation.csv")), table);
    String figure = Files.readString(FOLDER.resolve("discretisation.svg"));
    for (Color color : DiscretisationFigure.COLORS) {
      String ink =
          String.format("rgb(%d,%d,%d)", color.getRed(), color.getGreen(), color.getBlue());
      int marks = figure.split(Pattern.quote(ink), -1).length - 1;
      assertTrue(marks >= 2 * RUNS.get(Form.EXACT).size(), ink + ": " + marks);
    }
  }
}
