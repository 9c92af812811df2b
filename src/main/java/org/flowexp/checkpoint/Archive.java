package org.flowexp.checkpoint;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Named texts and arrays of numbers, as {@link SealedFile} keeps them. Immutable. */
public final class Archive {
  private final Map<String, Object> entries;

  Archive(Map<String, Object> entries) {
    this.entries = new LinkedHashMap<>(entries);
  }

  /** Collects entries; each name once. */
  public static final class Builder {
    private final Map<String, Object> entries = new TreeMap<>();

    /** A text. */
    public Builder text(String name, String text) {
      return put(name, text);
    }

    /** Lines of text; none of them may hold a line break. */
    public Builder lines(String name, List<String> lines) {
      return put(name, String.join("\n", lines));
    }

    /** Whole numbers. */
    public Builder longs(String name, long... values) {
      return put(name, values.clone());
    }

    /** Numbers, kept to the last bit. */
    public Builder doubles(String name, double... values) {
      return put(name, values.clone());
    }

    /** All entries of another archive, each under this prefix. */
    public Builder all(String prefix, Archive other) {
      other.entries.forEach((name, value) -> put(prefix + name, value));
      return this;
    }

    private Builder put(String name, Object value) {
      if (name.isBlank() || name.getBytes(StandardCharsets.UTF_8).length > Short.MAX_VALUE) {
        throw new IllegalArgumentException("no name of an entry: `" + name + "`");
      }
      if (entries.putIfAbsent(name, value) != null) {
        throw new IllegalArgumentException("two entries `" + name + "`");
      }
      return this;
    }

    /** The archive. */
    public Archive build() {
      return new Archive(entries);
    }
  }

  /** The names of the entries, in order. */
  public Set<String> names() {
    return Set.copyOf(entries.keySet());
  }

  Map<String, Object> entries() {
    return new LinkedHashMap<>(entries);
  }

  /** A text that must be there. */
  public String text(String name) throws Refusal {
    return find(name, String.class, "text");
  }

  /** Lines of a text that must be there; none for the empty text. */
  public List<String> lines(String name) throws Refusal {
    String text = text(name);
    return text.isEmpty() ? List.of() : List.of(text.split("\n", -1));
  }

  /** Whole numbers that must be there. */
  public long[] longs(String name) throws Refusal {
    return find(name, long[].class, "whole numbers").clone();
  }

  /** One whole number that must be there. */
  public long number(String name) throws Refusal {
    long[] values = longs(name);
    if (values.length != 1) {
      throw new Refusal("`" + name + "` has " + values.length + " numbers, expected one");
    }
    return values[0];
  }

  /** Numbers that must be there. */
  public double[] doubles(String name) throws Refusal {
    return find(name, double[].class, "numbers").clone();
  }

  /** Numbers that must be there, so many of them. */
  public double[] doubles(String name, long count) throws Refusal {
    double[] values = doubles(name);
    if (values.length != count) {
      throw new Refusal("`" + name + "` has " + values.length + " numbers, expected " + count);
    }
    return values;
  }

  /** The entries whose names begin with the prefix, without it. */
  public Archive part(String prefix) {
    Map<String, Object> part = new TreeMap<>();
    entries.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            part.put(name.substring(prefix.length()), value);
          }
        });
    return new Archive(part);
  }

  private <T> T find(String name, Class<T> type, String what) throws Refusal {
    Object value = entries.get(name);
    if (!type.isInstance(value)) {
      throw new Refusal("it has no " + what + " `" + name + "`");
    }
    return type.cast(value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Archive archive && same(entries, archive.entries);
  }

  private static boolean same(Map<String, Object> a, Map<String, Object> b) {
    return a.keySet().equals(b.keySet())
        && a.keySet().stream().allMatch(n -> Arrays.deepEquals(one(a.get(n)), one(b.get(n))));
  }

  private static Object[] one(Object value) {
    return new Object[] {value};
  }

  @Override
  public int hashCode() {
    return entries.keySet().hashCode();
  }

  @Override
  public String toString() {
    return "archive of " + entries.keySet();
  }
}
