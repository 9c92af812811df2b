package org.flowexp.cli;

import java.util.List;
import org.flowexp.claim.Outcome;
import org.flowexp.claim.Verdict;

/** A sweep's report for people. */
final class ReportText {
  private static final int WIDEST = 120;

  private ReportText() {}

  /** To standard output, with where to look further. */
  static void print(SweepReport report, Host host) {
    host.out().print(of(report, host.screen().columns()));
    report
        .address()
        .ifPresent(
            address ->
                host.out()
                    .println("\nMLflow: " + address + "\n        `./run-experiment ui` shows it"));
    host.out().flush();
  }

  private static String of(SweepReport report, int columns) {
    StringBuilder text = new StringBuilder();
    String kind = report.sweep().declared() ? "sweep " : "experiment ";
    text.append('\n').append(kind).append(report.sweep().name()).append("\n\n");
    SummaryTable table = SummaryTable.of(report.sweep(), report.runs());
    text.append(table.text(Math.min(WIDEST, columns)));
    verdicts(text, report.verdicts());
    return text.toString();
  }

  private static void verdicts(StringBuilder text, List<Verdict> verdicts) {
    for (Verdict verdict : verdicts) {
      text.append('\n').append(mark(verdict.outcome())).append(": ").append(verdict.title());
      text.append("\n    ").append(verdict.explanation());
    }
    text.append(verdicts.isEmpty() ? "" : "\n");
  }

  private static String mark(Outcome outcome) {
    return switch (outcome) {
      case HELD -> "✓ held";
      case FAILED -> "✗ failed";
      case UNDECIDED -> "? undecided";
    };
  }
}
