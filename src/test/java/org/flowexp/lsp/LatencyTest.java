package org.flowexp.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long an editor waits in a file of 2,000 lines, over the protocol. On a machine that others
 * keep busy, waiting says nothing about the server; the processor time of all its threads and the
 * editor's does.
 */
class LatencyTest {
  private static final int LINES = 2_000;
  private static final int WARM_UP = 20;
  private static final int EDITS = 15;
  private static final double MOST_MILLISECONDS = 100;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean MACHINE =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  @TempDir Path folder;

  /** An experiment with a sweep, and as many declarations as fill the file. */
  private static String file() throws IOException {
    String experiment = Files.readString(Path.of("experiments/double_well_12d.flowexp"));
    int lines = (int) experiment.lines().count();
    StringBuilder text = new StringBuilder(experiment);
    for (int i = 0; lines + 5 * i < LINES; i++) {
      text.append("# number %d\n".formatted(i));
      text.append("fn f%d(t) = t^4 - 3 * t^2 + %d\n".formatted(i, i));
      text.append("let a%d = f%d(2) + 1 kJ/mol / 1 kJ/mol\n".formatted(i, i));
      text.append("metric m%d = mean(f%d(log_w)) + a%d\n".formatted(i, i, i));
      text.append(
          "loss own%d on model = mean((log_w - stop(mean(log_w)))^2) * a%d\n".formatted(i, i));
    }
    return text.toString();
  }

  /** The median, which a busy machine disturbs least. */
  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  @Test
  void anEditIsAnsweredWithinATenthOfASecond() throws Exception {
    String address = folder.resolve("long.flowexp").toUri().toString();
    double[] edits = new double[EDITS];
    double[] work = new double[EDITS];
    double[] completions = new double[EDITS];
    double[] hovers = new double[EDITS];
    try (Editor editor = new Editor(folder)) {
      editor.open(address, file());
      assertEquals(0, errors(editor.diagnostics(address).getDiagnostics()));
      for (int i = -WARM_UP; i < EDITS; i++) {
        boolean breaks = i % 2 == 0;
        long start = System.nanoTime();
        long before = worked();
        editor.edit(
            address,
            breaks ? "mean(f200(log_w))" : "mean(f200(log_v))",
            breaks ? "mean(f200(log_v))" : "mean(f200(log_w))");
        List<Diagnostic> answer = editor.diagnostics(address).getDiagnostics();
        double edit = (System.nanoTime() - start) / 1e6;
        double worth = (worked() - before) / 1e6;
        assertEquals(breaks ? 1 : 0, errors(answer), () -> "the answer is to this edit: " + answer);
        start = System.nanoTime();
        assertTrue(
            Editor.await(
                        editor
                            .server()
                            .getTextDocumentService()
                            .completion(
                                new CompletionParams(
                                    new TextDocumentIdentifier(address),
                                    editor.at(address, "a300\n", 1))))
                    .getLeft()
                    .size()
                > 100);
        double completion = (System.nanoTime() - start) / 1e6;
        start = System.nanoTime();
        Editor.await(
            editor
                .server()
                .getTextDocumentService()
                .hover(
                    new HoverParams(
                        new TextDocumentIdentifier(address), editor.at(address, "a300", 1))));
        if (i >= 0) {
          edits[i] = edit;
          work[i] = worth;
          completions[i] = completion;
          hovers[i] = (System.nanoTime() - start) / 1e6;
        }
      }
      assertEquals(0, editor.leave());
    }
    String measured =
        ("%d lines, medians: diagnostics %.0f ms after an edit (least %.0f ms, at least %.0f ms of a processor),"
                + " completion %.0f ms, hover %.0f ms")
            .formatted(
                LINES,
                median(edits),
                least(edits),
                least(work),
                median(completions),
                median(hovers));
    System.out.println(measured);
    assertTrue(least(work) < MOST_MILLISECONDS, measured);
    if (MACHINE.getSystemLoadAverage() < MACHINE.getAvailableProcessors()) {
      assertTrue(least(edits) < MOST_MILLISECONDS, measured);
      assertTrue(least(completions) < MOST_MILLISECONDS, measured);
      assertTrue(least(hovers) < MOST_MILLISECONDS, measured);
    }
  }

  /**
   * The processor time of all threads of this process, without the compiler's and the collector's.
   */
  private static long worked() {
    return Arrays.stream(THREADS.getAllThreadIds())
        .map(THREADS::getThreadCpuTime)
        .filter(time -> time > 0)
        .sum();
  }

  private static long errors(List<Diagnostic> found) {
    return found.stream().filter(d -> d.getSeverity() == DiagnosticSeverity.Error).count();
  }

  private static double least(double[] values) {
    return Arrays.stream(values).min().orElseThrow();
  }
}
