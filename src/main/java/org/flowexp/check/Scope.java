package org.flowexp.check;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where names are looked up: arguments first, then the file with its imports.
 *
 * @param site which variables are at hand
 */
record Scope(FileScope file, Map<String, Value> arguments, Site site) {

  /** What the surroundings of an expression give meaning to. */
  enum Site {
    /** Numbers, parts, observables. */
    PLAIN,
    /** Samples are at hand: losses, sample masks. */
    SAMPLES,
    /** Samples, and other data by {@code on =}. */
    METRIC
  }

  Scope {
    arguments = Map.copyOf(arguments);
  }

  static Scope of(FileScope file, Site site) {
    return new Scope(file, Map.of(), site);
  }

  Scope at(Site wanted) {
    return new Scope(file, arguments, wanted);
  }

  Scope with(String name, Value value) {
    return with(Map.of(name, value));
  }

  Scope with(Map<String, Value> values) {
    Map<String, Value> more = new HashMap<>(arguments);
    more.putAll(values);
    return new Scope(file, more, site);
  }

  Optional<Value> argument(String name) {
    return Optional.ofNullable(arguments.get(name));
  }

  boolean hasSamples() {
    return site != Site.PLAIN;
  }

  /** Every name that could be meant here. */
  Set<String> names() {
    Set<String> names = new TreeSet<>(arguments.keySet());
    names.addAll(file.names());
    names.addAll(Builtins.names());
    org.flowexp.vocabulary.Vocabulary.all().forEach(d -> names.add(d.name()));
    if (hasSamples()) {
      names.addAll(SampleVariables.names());
    }
    return names;
  }
}
