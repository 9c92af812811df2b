package org.flowexp.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code new FILE}: a commented experiment to start from. */
@Command(name = "new", description = "Writes a small commented experiment to start from.")
final class NewVerb extends Verb {
  private static final String STARTER = "/org/flowexp/starter.flowexp";

  @Parameters(paramLabel = "FILE", description = "a new file; .flowexp is added if it is missing")
  private String file = "";

  NewVerb(Host host) {
    super(host);
  }

  @Override
  public Integer call() throws UsageProblem, IOException {
    String name = file.endsWith(".flowexp") ? file : file + ".flowexp";
    Path path = host().path(name);
    try {
      if (path.getParent() != null) {
        Files.createDirectories(path.getParent());
      }
      Files.writeString(path, starter(), StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException there) {
      throw new UsageProblem("`" + name + "` is there already; nothing was written");
    } catch (IOException refused) {
      throw new UsageProblem("`" + name + "` cannot be written: " + refused);
    }
    switch (format()) {
      case JSON ->
          host().out().println(new ObjectMapper().writeValueAsString(Map.of("file", name)));
      case TEXT ->
          host()
              .out()
              .println(name + ": written; `./run-experiment " + name + " --profile ci` runs it");
    }
    return ExitCode.OK;
  }

  private static String starter() throws IOException {
    try (InputStream in = NewVerb.class.getResourceAsStream(STARTER)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
