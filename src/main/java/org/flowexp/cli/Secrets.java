package org.flowexp.cli;

import java.util.regex.Pattern;

/** Keeps what proves who we are out of what people see. */
final class Secrets {
  private static final Pattern USER_INFO = Pattern.compile("(\\w+://)[^/\\s]*@");

  private Secrets() {}

  /** A text whose addresses have {@code ***} in place of name and password. */
  static String masked(String text) {
    return USER_INFO.matcher(text).replaceAll("$1***@");
  }
}
