package org.flowexp.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flowexp.checkpoint.SealedFile;
import org.flowexp.claim.Evidence;
import org.flowexp.claim.Verdict;
import org.flowexp.model.Canonical;
import org.flowexp.model.SweepModel;
import org.flowexp.model.VerdictModel;
import org.flowexp.run.SweepRecord;
import org.flowexp.source.SourceFile;

/** Finished sweeps, kept as {@code records/<name>-<id>.json} in the cache. */
final class SweepRecords {
  private static final ObjectMapper MAPPER = new ObjectMapper().registerModule(new Jdk8Module());
  private static final int SHORT = 12;

  private final Path folder;

  SweepRecords(Settings settings) {
    this.folder = settings.folder(Setting.CACHE).resolve("records");
  }

  void keep(SweepRecord record) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(record.name() + "-" + record.id().substring(0, SHORT) + ".json");
    SealedFile.replace(file, MAPPER.writeValueAsBytes(record));
  }

  /** All that are kept, the latest first. */
  List<SweepRecord> all() throws IOException {
    List<SweepRecord> records = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
          records.add(MAPPER.readValue(file.toFile(), SweepRecord.class));
        }
      }
    }
    records.sort(Comparator.comparing(SweepRecord::finished).reversed());
    return records;
  }

  /**
   * The sweeps of a file as it was when one of them finished last, each once, in the order in which
   * they finished; empty if {@code name} is no file that was run.
   *
   * @param records the latest first
   * @param name {@code experiments/loss_trial.flowexp} or {@code loss_trial}
   */
  static List<SweepRecord> ofFile(List<SweepRecord> records, String name) {
    Map<String, SweepRecord> sweeps = new LinkedHashMap<>();
    for (SweepRecord record : records) {
      if ((record.file().equals(name) || stem(record).equals(name))
          && sweeps.values().stream().allMatch(r -> r.sourceHash().equals(record.sourceHash()))) {
        sweeps.putIfAbsent(record.name(), record);
      }
    }
    List<SweepRecord> inOrder = new ArrayList<>(sweeps.values());
    Collections.reverse(inOrder);
    return inOrder;
  }

  /** The name of a sweep's file without folder and ending. */
  static String stem(SweepRecord record) {
    return Path.of(record.file()).getFileName().toString().replaceFirst("\\.flowexp$", "");
  }

  /** A sweep that is over, as it is kept. */
  static SweepRecord of(
      String id, SweepReport report, SourceFile source, List<SweepRecord.Curve> curves) {
    SweepModel sweep = report.sweep();
    Map<String, String> addresses = new LinkedHashMap<>();
    report.tracked().forEach((run, at) -> addresses.put(run, at.address().toString()));
    return new SweepRecord(
        id,
        sweep.name(),
        sweep.experiment(),
        question(source.text()),
        source.name(),
        Canonical.sha256(source.text()),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        report.conditions().precision(),
        report.conditions().device(),
        sweep.axes().stream().filter(axis -> !axis.seeds()).map(SweepModel.Axis::param).toList(),
        sweep.axes().stream()
            .filter(SweepModel.Axis::seeds)
            .map(SweepModel.Axis::param)
            .findFirst()
            .orElse(""),
        List.copyOf(Arms.metrics(sweep, report.runs())),
        report.runs(),
        verdicts(sweep, report.verdicts()),
        curves,
        addresses,
        report.address().orElse(""));
  }

  /** What follows {@code ##} at the beginning of a line. */
  private static String question(String text) {
    return text.lines()
        .filter(line -> line.startsWith("## "))
        .map(line -> line.substring(3).strip())
        .collect(Collectors.joining(" "));
  }

  private static List<SweepRecord.VerdictRecord> verdicts(
      SweepModel sweep, List<Verdict> verdicts) {
    List<SweepRecord.VerdictRecord> records = new ArrayList<>();
    for (int i = 0; i < verdicts.size(); i++) {
      Verdict verdict = verdicts.get(i);
      VerdictModel asked = sweep.verdicts().get(i);
      records.add(
          new SweepRecord.VerdictRecord(
              asked.kind() instanceof VerdictModel.Kind.Claim ? "claim" : "expect",
              verdict.title(),
              asked.text(),
              verdict.outcome().word(),
              verdict.explanation(),
              evidence(verdict.evidence())));
    }
    return records;
  }

  private static Map<String, String> evidence(Optional<Evidence> evidence) {
    Map<String, String> texts = new LinkedHashMap<>();
    evidence.ifPresent(
        found -> {
          texts.put("test", found.test() + " over " + found.seeds() + " seeds");
          texts.put("p", figure(found.p()));
          if (found.claims() > 1) {
            texts.put("p, Holm over " + found.claims(), figure(found.adjusted()));
          }
          texts.put("effect", figure(found.effect()) + " " + found.interval());
          texts.put("effect in sd", figure(found.standardized()));
        });
    return texts;
  }

  private static String figure(double value) {
    return org.flowexp.statistics.Spread.figure(value);
  }
}
