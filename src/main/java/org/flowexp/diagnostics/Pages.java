package org.flowexp.diagnostics;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** The pages of {@code explain}: what a code means, a wrong example and a right one. */
public final class Pages {
  private static final int FIRST = 101;
  private static final int LAST = 999;

  private Pages() {}

  /** The page of a code, in Markdown; upper and lower case are the same. */
  public static Optional<String> find(String code) {
    try (InputStream page = Pages.class.getResourceAsStream("/diagnostics/" + name(code) + ".md")) {
      return page == null
          ? Optional.empty()
          : Optional.of(new String(page.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Every code with a page, in order. */
  public static List<String> codes() {
    return IntStream.rangeClosed(FIRST, LAST)
        .mapToObj(number -> String.format(Locale.ROOT, "FX%04d", number))
        .filter(code -> Pages.class.getResource("/diagnostics/" + code + ".md") != null)
        .toList();
  }

  /** {@code FX0507} for {@code fx0507}, {@code 507} or {@code error[FX0507]}. */
  public static String name(String written) {
    String code = written.toUpperCase(Locale.ROOT).replaceAll("^(ERROR|WARNING)|[^A-Z0-9]", "");
    return code.matches("\\d{3,4}")
        ? String.format(Locale.ROOT, "FX%04d", Integer.parseInt(code))
        : code;
  }
}
