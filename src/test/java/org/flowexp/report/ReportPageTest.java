package org.flowexp.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowexp.run.RunRecord;
import org.flowexp.run.RunStatus;
import org.flowexp.run.SweepRecord;
import org.flowexp.run.SweepRecord.Curve;
import org.flowexp.run.SweepRecord.VerdictRecord;
import org.junit.jupiter.api.Test;

class ReportPageTest {
  private static SweepRecord sweep(int arms, String title) {
    List<RunRecord> runs = new ArrayList<>();
    List<Curve> curves = new ArrayList<>();
    for (int i = 0; i < 2 * arms; i++) {
      String arm = "loss" + i / 2;
      RunStatus status = i == 1 ? RunStatus.FAILED : RunStatus.FINISHED;
      runs.add(
          new RunRecord(
              "id" + i,
              "0123456789abcdef",
              arm + " " + i % 2,
              Map.of("objective", arm, "seed", "" + i % 2),
              Map.of(),
              status == RunStatus.FAILED ? Map.of() : Map.of("ess", 0.1 * (i + 1)),
              1_024,
              status,
              status == RunStatus.FAILED ? Optional.of("diverged <here>") : Optional.empty()));
      curves.add(new Curve("id" + i, "ess", List.of(1L, 2L), List.of(0.1, 0.2 + i)));
    }
    return new SweepRecord(
        "0123456789abcdef",
        "losses",
        "well",
        "Which is best?",
        "well.flowexp",
        "fedcba",
        "2026-01-01T00:00:00Z",
        "float32",
        "cpu",
        List.of("objective"),
        "seed",
        List.of("ess"),
        runs,
        List.of(
            new VerdictRecord("claim", title, "a < b", "held", "so", Map.of("p", "0.0156")),
            new VerdictRecord("expect", "other", "c > d", "failed", "not so", Map.of())),
        curves,
        Map.of("id0", "http://127.0.0.1:5000/#/run"),
        "http://127.0.0.1:5000/#/sweep");
  }

  @Test
  void itNeedsNoOtherFile() {
    String page = ReportPage.of(sweep(2, "masking helps"));
    for (String outside : List.of("<link", "src=", "@import", "url(http")) {
      assertFalse(page.contains(outside), outside);
    }
  }

  @Test
  void aVerdictIsSaidInWordsAndNotByColourAlone() {
    String page = ReportPage.of(sweep(2, "masking helps"));
    for (String word : List.of("✓ held", "✗ failed", "masking helps", "a &lt; b", "0.0156")) {
      assertTrue(page.contains(word), word);
    }
  }

  @Test
  void whatUsersWriteIsTextNotMarkup() {
    String page = ReportPage.of(sweep(2, "<script>alert(1)</script>"));
    assertFalse(page.contains("<script>alert"));
    assertTrue(page.contains("diverged &lt;here&gt;"));
  }

  @Test
  void aFailedRunIsCountedAndNamed() {
    String page = ReportPage.of(sweep(2, "t"));
    assertTrue(page.contains("1 of 2"), page);
    assertTrue(page.contains("failed: diverged"), page);
  }

  /** Ten arms: more than there are colours, markers or dashes. */
  @Test
  void figuresTakeTheirColoursFromThePage() {
    SweepRecord sweep = sweep(10, "t");
    String svg = CurveFigure.of(sweep, Arm.of(sweep), "ess", "x");
    assertTrue(svg.contains("var(--series-7)") && svg.contains("var(--ink)"), svg);
    assertFalse(svg.contains("rgb(1,2,3)") || svg.contains("rgb(7,7,"), svg);
    assertEquals("", CurveFigure.of(sweep, Arm.of(sweep), "unknown", "x"));
  }

  @Test
  void severalSweepsShareTablesAndTellWhereTheyBegan() {
    SweepRecord sweep = sweep(2, "<b>masking</b> helps");
    String page = OverviewPage.of(List.of(sweep, sweep));
    assertEquals(2, page.split("<details").length - 1);
    assertEquals(1, page.split("<caption").length - 1);
    assertTrue(page.contains("0.100"), "where they began");
    assertTrue(page.contains("↓0 ↑2"), "each run rose");
    assertFalse(page.contains("<b>masking"));
    assertEquals(2, Course.starts(sweep, "ess").length, "arms of a seed start alike");
    assertEquals(new Course(0, 2), Course.of(sweep, Arm.of(sweep).get(1), "ess"));
  }
}
