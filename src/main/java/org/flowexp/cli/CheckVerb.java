package org.flowexp.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.diagnostics.JsonRenderer;
import org.flowexp.source.SourceFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code check FILE…}: diagnostics only, without TensorFlow. */
@Command(name = "check", description = "Shows the mistakes in files, and runs nothing.")
final class CheckVerb extends Verb {
  @Parameters(arity = "1..*", paramLabel = "FILE", description = "files ending in .flowexp")
  private final List<String> files = new ArrayList<>();

  @Mixin private final ParamOptions params = new ParamOptions();

  @Mixin private final PartOptions part = new PartOptions();

  CheckVerb(Host host) {
    super(host);
  }

  @Override
  public Integer call() throws UsageProblem {
    Checking checking = new Checking(host());
    Settings tool = Settings.load(Map.of(), host());
    List<SourceFile> sources = new ArrayList<>();
    for (String file : files) {
      sources.add(checking.read(file));
    }
    Diagnostics all = new Diagnostics();
    for (SourceFile source : sources) {
      // Each file by itself: a mistake in one must not stop the check of another.
      Diagnostics ofFile = new Diagnostics();
      Checking.check(source, part.choices(params, tool, ofFile), ofFile);
      ofFile.inFileOrder().forEach(all::add);
    }
    switch (format()) {
      case JSON -> host().out().println(new JsonRenderer().render(all.inFileOrder()));
      case TEXT -> {
        checking.print(all);
        if (!all.hasErrors()) {
          host()
              .out()
              .println(files.size() == 1 ? files.get(0) + ": ok" : files.size() + " files: ok");
        }
      }
    }
    return all.hasErrors() ? ExitCode.REJECTED : ExitCode.OK;
  }
}
