package org.flowexp.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.flowexp.random.Seeds;

/**
 * How the parameters of one generator lie in one flat vector. Layers claim their slices when they
 * are constructed, so the vector's length is known before the first operation of the graph is
 * built; {@link Parameters} then cuts it.
 */
public final class ParameterLayout {
  private final List<Slice> slices = new ArrayList<>();
  private final List<Initializer> initializers = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private int size;

  /**
   * Appends a parameter.
   *
   * @param name unique here, for example {@code coupling0/kernel1}
   * @throws IllegalArgumentException if the name is taken
   */
  public Slice claim(String name, Initializer initializer, long... shape) {
    if (!names.add(name)) {
      throw new IllegalArgumentException("two parameters named " + name);
    }
    Slice slice = new Slice(name, slices.size(), size, Arrays.stream(shape).boxed().toList());
    slices.add(slice);
    initializers.add(initializer);
    size = Math.addExact(size, slice.size());
    return slice;
  }

  /** All slices, in order of their claim. */
  public List<Slice> slices() {
    return List.copyOf(slices);
  }

  /** The length of the flat vector. */
  public int size() {
    return size;
  }

  /** Start values: each slice a function of (seed, its name), whatever else is in the layout. */
  public double[] initial(long seed) {
    double[] flat = new double[size];
    for (Slice slice : slices) {
      double[] values =
          initializers
              .get(slice.index())
              .values(
                  Seeds.generator(seed, "parameter " + slice.name(), 0),
                  slice.size(),
                  slice.shape());
      System.arraycopy(values, 0, flat, slice.offset(), slice.size());
    }
    return flat;
  }
}
