package org.flowexp.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flowexp.diagnostics.NearestName;
import org.flowexp.diagnostics.Pages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code explain CODE}: the page of a diagnostic. */
@Command(name = "explain", description = "Explains a code such as FX0507, with examples.")
final class ExplainVerb extends Verb {
  @Parameters(paramLabel = "CODE", description = "the code in brackets after `error` or `warning`")
  private String code = "";

  ExplainVerb(Host host) {
    super(host);
  }

  @Override
  public Integer call() throws UsageProblem, IOException {
    String name = Pages.name(code);
    List<String> codes = Pages.codes();
    String page =
        Pages.find(name)
            .orElseThrow(
                () ->
                    new UsageProblem(
                        "there is no code `"
                            + code
                            + "`; "
                            + NearestName.question(name, codes)
                                .orElse(
                                    "codes go from "
                                        + codes.get(0)
                                        + " to "
                                        + codes.get(codes.size() - 1))));
    switch (format()) {
      case JSON -> {
        Map<String, String> document = new LinkedHashMap<>();
        document.put("code", name);
        document.put("title", page.lines().findFirst().orElse("").replace("# " + name + " ", ""));
        document.put("page", page);
        host().out().println(new ObjectMapper().writeValueAsString(document));
      }
      case TEXT -> host().out().print(page);
    }
    return ExitCode.OK;
  }
}
