package org.flowexp.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.flowexp.diagnostics.NearestName;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The program: {@code ./run-experiment}. */
public final class Main {
  private static final String NAME = "run-experiment";

  private final Host host;
  private final Map<String, Function<Host, Verb>> verbs = new LinkedHashMap<>();

  private Main(Host host) {
    this.host = host;
    verbs.put("run", RunVerb::new);
    verbs.put("check", CheckVerb::new);
    verbs.put("plan", PlanVerb::new);
    verbs.put("verify", VerifyVerb::new);
    verbs.put("baseline", BaselineVerb::new);
    verbs.put("report", ReportVerb::new);
    verbs.put("sample", SampleVerb::new);
    verbs.put("energy", EnergyVerb::new);
    verbs.put("hydrogens", HydrogensVerb::new);
    verbs.put("export", ExportVerb::new);
    verbs.put("bench", BenchVerb::new);
    verbs.put("cache", CacheVerb::new);
    verbs.put("new", NewVerb::new);
    verbs.put("fmt", FormatVerb::new);
    verbs.put("explain", ExplainVerb::new);
    verbs.put("docs", DocsVerb::new);
    verbs.put("ui", UiVerb::new);
    verbs.put("sync", SyncVerb::new);
    verbs.put("status", StatusVerb::new);
    verbs.put("cancel", CancelVerb::new);
    verbs.put("package", PackageVerb::new);
    verbs.put("lsp", LspVerb::new);
    verbs.put("doctor", DoctorVerb::new);
    verbs.put(WorkVerb.NAME, WorkVerb::new);
  }

  /** The only place that ends the process. */
  public static void main(String[] arguments) {
    int code = run(List.of(arguments), Host.ofThisProcess());
    System.exit(code);
  }

  /** Runs one command line and returns its exit code. */
  static int run(List<String> arguments, Host host) {
    return new Main(host).run(arguments);
  }

  private int run(List<String> arguments) {
    PrintWriter err = new PrintWriter(host.err(), true, StandardCharsets.UTF_8);
    CommandLine commands = new CommandLine(CommandSpec.forAnnotatedObject(new Program()));
    List<String> all = withVerb(arguments);
    // Reading the options of a verb takes time: those of one, where one is meant.
    verbs.forEach(
        (name, verb) -> {
          if (!verbs.containsKey(all.get(0)) || name.equals(all.get(0))) {
            commands.addSubcommand(name, verb.apply(host));
          }
        });
    commands
        .setOut(new PrintWriter(host.out(), true, StandardCharsets.UTF_8))
        .setErr(err)
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setUsageHelpWidth(Math.max(60, Math.min(host.screen().columns(), 100)))
        .setOptionsCaseInsensitive(false)
        .setParameterExceptionHandler((problem, args) -> usage(problem))
        .setExecutionExceptionHandler((failure, verb, parsed) -> failed(failure, verb));
    return commands.execute(all.toArray(String[]::new));
  }

  /** {@code run} goes without saying, unless what is there looks like a verb. */
  private List<String> withVerb(List<String> arguments) {
    if (arguments.isEmpty()) {
      return List.of("--help");
    }
    String first = arguments.get(0);
    if (first.equals("help") && !Files.exists(host.path(first))) {
      String verb = arguments.size() == 1 ? "" : arguments.get(1);
      return verbs.containsKey(verb)
          ? List.of(verb, "--help")
          : verb.isEmpty() ? List.of("--help") : List.of(verb);
    }
    boolean isVerb = verbs.containsKey(first) || first.matches("-h|--help|-V|--version");
    boolean isWord = first.matches("[a-z][a-z-]*") && !Files.exists(host.path(first));
    if (isVerb || isWord) {
      return arguments;
    }
    List<String> all = new ArrayList<>(List.of("run"));
    all.addAll(arguments);
    return all;
  }

  private int usage(ParameterException problem) {
    CommandLine command = problem.getCommandLine();
    String message = problem.getMessage();
    Optional<String> hint = Optional.empty();
    if (problem instanceof CommandLine.UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().get(0);
      List<String> known = new ArrayList<>(command.getCommandSpec().optionsMap().keySet());
      boolean verb = command.getParent() == null;
      if (verb) {
        known = List.copyOf(verbs.keySet());
      }
      message = verb ? "there is no verb `" + word + "`" : "unexpected `" + word + "`";
      hint =
          NearestName.question(word, known)
              .or(() -> file(word))
              .or(() -> Optional.of("there are " + String.join(", ", verbs.keySet())))
              .filter(text -> verb || text.startsWith("did"));
    }
    if (problem instanceof CommandLine.MissingParameterException missing) {
      message =
          missing.getMissing().stream()
                  .map(part -> part.paramLabel().replaceFirst("^<(.*)>$", "$1"))
                  .collect(java.util.stream.Collectors.joining(", "))
              + " is missing";
    }
    host.err().println("error: " + message + hint.map(text -> "; " + text).orElse(""));
    host.err()
        .println("       `./" + command.getCommandSpec().qualifiedName() + " --help` shows how");
    return ExitCode.USAGE;
  }

  /** A file whose ending was left out. */
  private Optional<String> file(String word) {
    String name = word + ".flowexp";
    return Files.exists(host.path(name))
        ? Optional.of("did you mean `" + name + "`?")
        : Optional.empty();
  }

  private int failed(Exception failure, CommandLine verb) {
    if (failure instanceof UsageProblem) {
      host.err().println("error: " + failure.getMessage());
      return ExitCode.USAGE;
    }
    if (failure instanceof Interrupted) {
      host.err().println(failure.getMessage());
      host.err().println("go on with: " + Interrupted.again(verb.getParseResult().originalArgs()));
      return ExitCode.INTERRUPTED;
    }
    if (failure instanceof RunFailure) {
      boolean coded = failure.getMessage().startsWith("[");
      host.err().println((coded ? "error" : "error: ") + failure.getMessage());
      return ExitCode.RUNTIME;
    }
    String told = Secrets.masked(String.valueOf(failure));
    host.err().println("error[FX0901]: a bug in FlowExp: " + told);
    boolean shown =
        verb.getCommandSpec().userObject() instanceof Verb asked && asked.wantsStacktrace();
    if (shown) {
      failure.printStackTrace(host.err());
    } else {
      host.err().println("       " + keep(failure));
    }
    return ExitCode.BUG;
  }

  private String keep(Exception failure) {
    Path folder = host.directory().resolve(".flowexp");
    try {
      folder = Settings.load(Map.of(), host).folder(Setting.CACHE);
    } catch (UsageProblem unreadable) {
      // The default will do: the settings are not what failed.
      failure.addSuppressed(unreadable);
    }
    Path file = folder.resolve("bugs").resolve("bug-" + System.currentTimeMillis() + ".txt");
    try {
      Files.createDirectories(file.getParent());
      try (PrintWriter trace = new PrintWriter(Files.newBufferedWriter(file))) {
        failure.printStackTrace(trace);
      }
      return "the details are in " + file;
    } catch (IOException full) {
      return "--stacktrace shows the details (" + file + " cannot be written: " + full + ")";
    }
  }

  /** The root of the verbs. */
  @Command(
      name = NAME,
      version = "FlowExp 0.1.0",
      mixinStandardHelpOptions = true,
      synopsisSubcommandLabel = "[VERB] FILE",
      description = "Runs experiments on normalizing flows for Boltzmann distributions.",
      footer = {
        "",
        "`./run-experiment FILE` is `./run-experiment run FILE`.",
        "`./run-experiment help VERB` shows the options of a verb.",
        "Exit codes: 0 done, 1 mistakes or a failed expectation, 2 usage, 3 a failed run,",
        "70 a bug, 130 interrupted (the same command goes on)."
      })
  private static final class Program {}
}
