package org.flowexp.flow;

/** Data that leave open what a layer is to learn from them; the message says why. */
public final class DegenerateData extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  public DegenerateData(String why) {
    super(why);
  }
}
