package org.flowexp.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.format.Formatter;
import org.flowexp.parse.Parser;
import org.flowexp.source.SourceFile;
import org.flowexp.syntax.Document;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fmt FILE… [--check]}: the one layout. */
@Command(name = "fmt", description = "Lays files out the one way; comments stay.")
final class FormatVerb extends Verb {
  @Parameters(arity = "1..*", paramLabel = "FILE", description = "files ending in .flowexp")
  private final List<String> files = new ArrayList<>();

  @Option(names = "--check", description = "change nothing; exit code 1 if a file would change")
  private boolean checkOnly;

  FormatVerb(Host host) {
    super(host);
  }

  @Override
  public Integer call() throws UsageProblem, IOException {
    Checking checking = new Checking(host());
    Diagnostics diagnostics = new Diagnostics();
    List<Document> documents = new ArrayList<>();
    for (String file : files) {
      documents.add(Parser.parse(checking.read(file), diagnostics));
    }
    if (diagnostics.hasErrors()) {
      checking.print(diagnostics);
      return ExitCode.REJECTED;
    }
    List<String> changed = new ArrayList<>();
    for (Document document : documents) {
      SourceFile source = document.file();
      String text = Formatter.format(document);
      if (!text.equals(source.text())) {
        changed.add(source.name());
        if (!checkOnly) {
          Files.writeString(host().path(source.name()), text);
        }
      }
    }
    report(changed);
    return checkOnly && !changed.isEmpty() ? ExitCode.REJECTED : ExitCode.OK;
  }

  private void report(List<String> changed) throws IOException {
    switch (format()) {
      case JSON -> host().out().println(new ObjectMapper().writeValueAsString(changed));
      case TEXT -> {
        String done = checkOnly ? " would change" : " formatted";
        changed.forEach(file -> host().out().println(file + done));
      }
    }
  }
}
