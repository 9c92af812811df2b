package org.flowexp.tracking;

import java.util.Map;

/**
 * Names MLflow accepts for metrics, parameters and tags: letters, digits, {@code _ - . : /} and
 * spaces, at most 250.
 */
final class MlflowNames {
  private static final int LONGEST = 250;
  private static final Map<Character, String> SPOKEN =
      Map.of(
          '(', ".", '[', ".", ')', "", ']', "", '=', "-", ',', "-", '+', "plus", '%', "percent",
          '|', "-given-", '@', "-at-");

  private MlflowNames() {}

  /** {@code F(trans)} becomes {@code F.trans}; a name that needs no change is returned as it is. */
  static String accepted(String name) {
    StringBuilder spoken = new StringBuilder();
    for (int at = 0; at < name.length(); at++) {
      char symbol = name.charAt(at);
      boolean plain = Character.isLetterOrDigit(symbol) || "_-. :/".indexOf(symbol) >= 0;
      spoken.append(plain ? String.valueOf(symbol) : SPOKEN.getOrDefault(symbol, "_"));
    }
    // MLflow takes names for paths, and refuses those with empty, '.' or '..' parts.
    String path =
        spoken.toString().replaceAll("/+(\\.{1,2}(/+|$))*", "/").replaceAll("^(\\.{0,2}/)+|/$", "");
    String proper = path.isEmpty() || path.equals(".") || path.equals("..") ? "_" : path;
    return proper.length() <= LONGEST
        ? proper
        : proper.substring(0, LONGEST - 9) + "-" + Integer.toHexString(name.hashCode());
  }
}
