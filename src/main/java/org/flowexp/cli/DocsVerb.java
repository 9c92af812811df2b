package org.flowexp.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.flowexp.check.Reference;
import org.flowexp.diagnostics.NearestName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code docs [WORD]}: the reference of the language. */
@Command(
    name = "docs",
    description = "Shows what a word of the language means; without a word, lists them all.")
final class DocsVerb extends Verb {
  @Parameters(arity = "0..1", paramLabel = "WORD", description = "such as realnvp, log_w or nm")
  private Optional<String> word = Optional.empty();

  DocsVerb(Host host) {
    super(host);
  }

  @Override
  public Integer call() throws UsageProblem, IOException {
    List<Reference.Entry> all = Reference.entries();
    List<Reference.Entry> wanted =
        word.map(w -> all.stream().filter(e -> e.name().equals(w)).toList())
            .filter(named -> !named.isEmpty())
            .or(() -> word.map(w -> all.stream().filter(e -> isOfGroup(e, w)).toList()))
            .orElse(all);
    if (wanted.isEmpty()) {
      List<String> names = all.stream().map(Reference.Entry::name).toList();
      throw new UsageProblem(
          "there is no word `"
              + word.get()
              + "`; "
              + NearestName.question(word.get(), names).orElse("`docs` lists them all"));
    }
    switch (format()) {
      case JSON -> host().out().println(new ObjectMapper().writeValueAsString(wanted));
      case TEXT ->
          host()
              .out()
              .print(word.isPresent() ? ReferenceText.page(wanted) : ReferenceText.list(wanted));
    }
    return ExitCode.OK;
  }

  /** {@code docs figures}: all words of a group. */
  private static boolean isOfGroup(Reference.Entry entry, String word) {
    return entry.group().equals(word) || word.equals(entry.group() + "s");
  }
}
