package org.flowexp.stage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.flowexp.checkpoint.Archive;
import org.flowexp.checkpoint.Refusal;

/**
 * A piece of work whose result is a function of its key.
 *
 * @param kind {@code data}, {@code energies}, {@code phase}, {@code evaluation} or {@code figures}
 * @param name for people, for example of the phase; no part of the key
 * @param key 64 hexadecimal digits, a hash of all that the result depends on
 * @param traits the same for people, by what it is, in order: they tell why two keys differ
 * @param form how its result is kept on disk; empty for what is quicker to make than to read
 * @param suffices whether a result found has all that is needed of it; one that has not is made
 *     again
 */
public record Stage<T>(
    String kind,
    String name,
    String key,
    Map<String, String> traits,
    Class<T> type,
    Optional<Form<T>> form,
    Predicate<T> suffices) {
  /** Keeps the order of the traits. */
  public Stage {
    traits = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(traits));
  }

  /** How a result is written, and read back equal. */
  public interface Form<T> {
    /** The result as numbers and texts. */
    Archive write(T result);

    /** The result; refuses what cannot be one. */
    T read(Archive archive) throws Refusal;

    /** Whether this result is worth keeping: one of an unfinished stage is not. */
    boolean isKept(T result);
  }

  /** What its folder is called. */
  public String id() {
    return kind + "-" + key;
  }

  /** The same, needing more of its result. */
  public Stage<T> needing(Predicate<T> more) {
    return new Stage<>(kind, name, key, traits, type, form, more);
  }

  /** {@code phase `repair` (3f2a9c81d0)}. */
  public String shown() {
    return kind + " `" + name + "` (" + key.substring(0, 10) + ")";
  }
}
