package org.flowexp.catalog;

/** A word of the language with checked arguments: everything needed to build what it means. */
public record Part(Definition<?> definition, Arguments arguments) {

  public String name() {
    return definition.name();
  }

  /** What the part means for the coordinates around it. */
  public Joint joint() {
    return definition.traits().of(arguments);
  }

  /** Builds what the word means. */
  public <T> T create(Class<T> kind) {
    return kind.cast(definition.factory().create(arguments));
  }
}
