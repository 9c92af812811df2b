package org.flowexp.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.flowexp.model.ExperimentModel;
import org.flowexp.stage.CacheFolder;
import org.flowexp.stage.FinishedRun;
import org.flowexp.stage.FinishedRuns;
import org.flowexp.stage.Plan;
import org.flowexp.stage.StageKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cache}: the stages on disk, which runs they are of, and what may go. */
@Command(
    name = "cache",
    description = {
      "Lists the kept stages, the longest unused first.",
      "`cache why KEY` names the finished runs that use one.",
      "`cache prune --older-than 30d | --max-size 2GB [--yes]` removes what was not used lately."
    })
final class CacheVerb extends Verb {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SHORT = 10;

  @Parameters(arity = "0..2", paramLabel = "[why KEY | prune]", description = "else a list")
  private final List<String> words = new ArrayList<>();

  @Option(names = "--older-than", paramLabel = "30d", description = "not used for so many days")
  private Optional<String> olderThan = Optional.empty();

  @Option(names = "--max-size", paramLabel = "2GB", description = "what may stay, newest first")
  private Optional<String> maxSize = Optional.empty();

  @Option(names = "--yes", description = "removes; without it, prune only says what would go")
  private boolean yes;

  CacheVerb(Host host) {
    super(host);
  }

  @Override
  public Integer call() throws UsageProblem, IOException {
    Settings settings = Settings.load(Map.of(), host());
    CacheFolder cache = new CacheFolder(settings.folder(Setting.CACHE));
    String word = words.isEmpty() ? "" : words.get(0);
    boolean prunes = olderThan.isPresent() || maxSize.isPresent();
    if (word.equals("prune") && words.size() == 1 && prunes) {
      prune(cache);
    } else if (word.equals("why") && words.size() == 2 && !prunes) {
      why(cache, settings, words.get(1));
    } else if (words.isEmpty() && !prunes) {
      list(cache.items());
    } else {
      throw new UsageProblem(
          "expected `cache`, `cache why KEY`, or `cache prune` with --older-than or --max-size");
    }
    return ExitCode.OK;
  }

  private void list(List<CacheFolder.Item> items) {
    if (format() == Format.JSON) {
      host().out().println(JSON.createObjectNode().set("stages", json(items)).toPrettyString());
      return;
    }
    items.forEach(item -> host().out().println(line(item)));
    host().out().println(items.size() + " stages, " + size(bytes(items)));
  }

  private void prune(CacheFolder cache) throws UsageProblem, IOException {
    List<CacheFolder.Item> kept = new ArrayList<>(cache.items());
    List<CacheFolder.Item> going = new ArrayList<>();
    if (olderThan.isPresent()) {
      Instant border = Instant.now().minus(days(olderThan.get()));
      going.addAll(kept.stream().filter(item -> item.used().isBefore(border)).toList());
      kept.removeAll(going);
    }
    if (maxSize.isPresent()) {
      long most = size(maxSize.get());
      while (bytes(kept) > most) {
        going.add(kept.remove(0));
      }
    }
    List<CacheFolder.Item> held = new ArrayList<>();
    for (CacheFolder.Item item : going) {
      if (yes && !cache.remove(item)) {
        held.add(item);
      }
    }
    going.removeAll(held);
    if (format() == Format.JSON) {
      ObjectNode tree = JSON.createObjectNode().put("removed", yes).put("bytes", bytes(going));
      tree.set("stages", json(going));
      tree.set("in_use", json(held));
      host().out().println(tree.toPrettyString());
      return;
    }
    going.forEach(item -> host().out().println(line(item)));
    held.forEach(item -> host().out().println("in use, stays: " + line(item)));
    String what = going.size() + " stages, " + size(bytes(going));
    host().out().println(yes ? "removed " + what : what + " would go; `--yes` removes them");
  }

  private void why(CacheFolder cache, Settings settings, String key)
      throws UsageProblem, IOException {
    List<CacheFolder.Item> found =
        cache.items().stream()
            .filter(item -> item.stage().key().startsWith(key) || item.id().startsWith(key))
            .toList();
    if (found.size() != 1) {
      String problem = found.isEmpty() ? "no kept stage begins with" : found.size() + " begin with";
      throw new UsageProblem(problem + " `" + key + "`; `cache` lists them");
    }
    List<String> using = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (FinishedRun run : new FinishedRuns(settings.folder(Setting.CACHE)).all()) {
      try {
        if (uses(run, found.get(0), KeptExperiment.of(run, settings))) {
          using.add(run.name());
        }
      } catch (RunFailure changed) {
        unknown.add(run.name());
      }
    }
    if (format() == Format.JSON) {
      ObjectNode tree = JSON.createObjectNode();
      tree.set("stage", json(found).get(0));
      using.forEach(tree.putArray("runs")::add);
      unknown.forEach(tree.putArray("unknown")::add);
      host().out().println(tree.toPrettyString());
      return;
    }
    host().out().println(line(found.get(0)));
    using.forEach(run -> host().out().println("  used by " + run));
    unknown.forEach(
        run -> host().out().println("  not known: " + run + ", whose file has changed"));
    host()
        .out()
        .print(using.isEmpty() ? "  no finished run would use it if it were run again\n" : "");
  }

  /**
   * Now, or when it was run: another version of the program may have named its stages otherwise.
   */
  private static boolean uses(FinishedRun run, CacheFolder.Item item, ExperimentModel experiment) {
    return run.phase().equals(item.stage().key())
        || Plan.ids(experiment, new StageKeys(run.arithmetic())).contains(item.id());
  }

  private static ArrayNode json(List<CacheFolder.Item> items) {
    ArrayNode list = JSON.createArrayNode();
    for (CacheFolder.Item item : items) {
      list.addObject()
          .put("kind", item.stage().kind())
          .put("name", item.stage().name())
          .put("key", item.stage().key())
          .put("bytes", item.bytes())
          .put("seconds", item.stage().seconds())
          .put("made", item.made().toString())
          .put("used", item.used().toString());
    }
    return list;
  }

  private static String line(CacheFolder.Item item) {
    return String.format(
        Locale.ROOT,
        "%-10s %s  %9s  made %s, used %s ago  %s",
        item.stage().kind(),
        item.stage().key().substring(0, SHORT),
        size(item.bytes()),
        item.made().toString().substring(0, SHORT),
        Progress.duration(Duration.between(item.used(), Instant.now())),
        item.stage().name());
  }

  private static long bytes(List<CacheFolder.Item> items) {
    return items.stream().mapToLong(CacheFolder.Item::bytes).sum();
  }

  private static String size(long bytes) {
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.1f kB", (double) bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", (double) bytes / 1e6);
  }

  private static Duration days(String text) throws UsageProblem {
    if (!text.matches("\\d{1,6}d")) {
      throw new UsageProblem("`--older-than " + text + "`: expected days, for example 30d");
    }
    return Duration.ofDays(Long.parseLong(text.substring(0, text.length() - 1)));
  }

  private static long size(String text) throws UsageProblem {
    if (!text.matches("\\d{1,6}(kB|MB|GB)")) {
      throw new UsageProblem("`--max-size " + text + "`: expected kB, MB or GB, for example 2GB");
    }
    long number = Long.parseLong(text.substring(0, text.length() - 2));
    return switch (text.charAt(text.length() - 2)) {
      case 'k' -> number * 1_000;
      case 'M' -> number * 1_000_000;
      default -> number * 1_000_000_000;
    };
  }
}
