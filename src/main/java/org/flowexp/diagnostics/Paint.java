package org.flowexp.diagnostics;

/** ANSI colours, or none. */
record Paint(TextRenderer.Colour colour) {

  String severity(Severity severity, String text) {
    return switch (severity) {
      case ERROR -> wrap("1;31", text);
      case WARNING -> wrap("1;33", text);
    };
  }

  String bold(String text) {
    return wrap("1", text);
  }

  String frame(String text) {
    return wrap("34", text);
  }

  private String wrap(String code, String text) {
    return switch (colour) {
      case NEVER -> text;
      case ALWAYS -> "\u001B[" + code + "m" + text + "\u001B[0m";
    };
  }

  /** Without characters that would steer the terminal. */
  static String printable(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints().forEach(point -> safe.appendCodePoint(printable(point)));
    return safe.toString();
  }

  /** Directions and joiners are steered too: they would move the caret from its place. */
  static int printable(int point) {
    int type = Character.getType(point);
    boolean steers =
        Character.isISOControl(point) || type == Character.FORMAT || type == Character.SURROGATE;
    return steers ? 0xFFFD : point;
  }
}
