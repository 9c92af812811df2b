package org.flowexp.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.flowexp.diagnostics.NearestName;
import org.flowexp.report.OverviewPage;
import org.flowexp.report.ReportPage;
import org.flowexp.run.RunRecord;
import org.flowexp.run.SweepRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code report RUN|SWEEP|FILE…}: pages of what was run. */
@Command(name = "report", description = "Writes a page on sweeps or runs under reports/.")
final class ReportVerb extends Verb {
  private static final String FOLDER = "reports";

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN|SWEEP|FILE",
      description =
          "the name of a sweep or experiment, a run's name, the start of an id; of a file, its sweeps on one page")
  private final List<String> names = new ArrayList<>();

  ReportVerb(Host host) {
    super(host);
  }

  @Override
  public Integer call() throws UsageProblem, IOException {
    List<SweepRecord> records = new SweepRecords(Settings.load(Map.of(), host())).all();
    List<Path> pages = new ArrayList<>();
    for (String name : names) {
      List<SweepRecord> file = SweepRecords.ofFile(records, name);
      if (file.size() > 1) {
        pages.add(write(SweepRecords.stem(file.get(0)), OverviewPage.of(file)));
        continue;
      }
      List<SweepRecord> found =
          Stream.concat(
                  file.stream(),
                  records.stream().flatMap(candidate -> matching(candidate, name).stream()))
              .toList();
      SweepRecord record = one(name, found, records);
      pages.add(write(folder(name, record), ReportPage.of(record)));
    }
    switch (format()) {
      case TEXT -> pages.forEach(page -> host().out().println(page));
      case JSON ->
          host()
              .out()
              .println(
                  new ObjectMapper()
                      .writeValueAsString(
                          Map.of("pages", pages.stream().map(Path::toString).toList())));
    }
    return ExitCode.OK;
  }

  /** The latest of those found, if they are all of one file: a name may stand in several. */
  private static SweepRecord one(String name, List<SweepRecord> found, List<SweepRecord> records)
      throws UsageProblem {
    List<String> full = found.stream().map(ReportVerb::fullName).distinct().toList();
    if (full.size() > 1 && found.stream().map(SweepRecords::stem).distinct().count() > 1) {
      throw new UsageProblem(
          "`" + name + "` was run of several files; write `" + String.join("` or `", full) + "`");
    }
    return found.stream().findFirst().orElseThrow(() -> unknown(name, records));
  }

  /** {@code double_well_12d/losses}. */
  private static String fullName(SweepRecord record) {
    return SweepRecords.stem(record) + "/" + record.name();
  }

  private Path write(String folder, String page) throws IOException {
    String plain = folder.replaceAll("[^A-Za-z0-9_./-]+", "-").replace('_', '-');
    Path file = host().path(FOLDER).resolve(plain).resolve("index.html");
    Files.createDirectories(file.getParent());
    return Files.writeString(file, page);
  }

  private static String folder(String name, SweepRecord record) {
    boolean whole = name.equals(record.name()) || name.equals(fullName(record));
    String run = name.substring(name.lastIndexOf('/') + 1);
    return whole || name.equals(record.file()) || name.equals(SweepRecords.stem(record))
        ? fullName(record)
        : fullName(record) + "-" + run;
  }

  /** The whole sweep, or what there is of one run. */
  private static Optional<SweepRecord> matching(SweepRecord record, String name) {
    boolean isId = name.matches("[0-9a-f]{6,64}");
    if (record.name().equals(name)
        || fullName(record).equals(name)
        || (isId && record.id().startsWith(name))) {
      return Optional.of(record);
    }
    List<RunRecord> runs =
        record.runs().stream()
            .filter(
                run ->
                    run.name().equals(name)
                        || (record.name() + "/" + run.name()).equals(name)
                        || (fullName(record) + "/" + run.name()).equals(name)
                        || (isId && (run.id().startsWith(name) || run.hash().startsWith(name))))
            .toList();
    return runs.isEmpty() ? Optional.empty() : Optional.of(only(record, runs));
  }

  private static SweepRecord only(SweepRecord all, List<RunRecord> runs) {
    List<String> ids = runs.stream().map(RunRecord::id).toList();
    return new SweepRecord(
        all.id(),
        all.name(),
        all.experiment(),
        all.question(),
        all.file(),
        all.sourceHash(),
        all.finished(),
        all.precision(),
        all.device(),
        all.axes(),
        all.seedAxis(),
        all.metrics(),
        runs,
        List.of(),
        all.curves().stream().filter(curve -> ids.contains(curve.run())).toList(),
        all.addresses(),
        all.address());
  }

  private static UsageProblem unknown(String name, List<SweepRecord> records) {
    List<String> known = records.stream().map(SweepRecord::name).distinct().toList();
    String hint =
        NearestName.question(name, known)
            .orElse(
                known.isEmpty()
                    ? "nothing was run here yet"
                    : "there are " + String.join(", ", known));
    return new UsageProblem("no sweep and no run `" + name + "` was run here; " + hint);
  }
}
