package org.flowexp.cli;

import java.util.Map;
import org.flowexp.lsp.FlowExpServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code lsp}: the language server, for editors. */
@Command(
    name = "lsp",
    description =
        "Serves an editor over standard input and output (Language Server Protocol); see editors/.")
final class LspVerb extends Verb {
  @Option(names = "--stdio", description = "what it does anyway; some editors say it")
  @SuppressWarnings("UnusedVariable") // accepted, since there is no other way
  private boolean stdio;

  LspVerb(Host host) {
    super(host);
  }

  @Override
  public Integer call() throws UsageProblem, InterruptedException {
    Settings settings = Settings.load(Map.of(), host());
    FlowExpServer server =
        new FlowExpServer(
            settings.folder(Setting.CACHE).resolve("lsp"), new KeptGenerators(settings));
    return server.serve(System.in, host().out()) == 0 ? ExitCode.OK : ExitCode.RUNTIME;
  }
}
