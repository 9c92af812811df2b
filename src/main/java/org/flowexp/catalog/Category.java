package org.flowexp.catalog;

/** What a word of the language makes; two words of one category may stand in the same place. */
public enum Category {
  SYSTEM("a system"),
  ROTATION("a rotation"),
  CLAMP("a clamp"),
  POSE("a pose"),
  SAMPLER("a sampler"),
  LADDER("a ladder of temperatures"),
  MOVE("a move"),
  BASE("a base density"),
  LAYER("a layer"),
  OPTIMIZER("an optimizer"),
  RAMP("a ramp"),
  TRACKER("a tracker"),
  FIGURE("a figure"),
  BAND("a band around the baseline"),
  /** The fields of the grammar's own blocks: {@code experiment}, {@code phase}. */
  BLOCK("a block");

  private final String phrase;

  Category(String phrase) {
    this.phrase = phrase;
  }

  /** The category with its article, as it stands in a message. */
  public String phrase() {
    return phrase;
  }
}
