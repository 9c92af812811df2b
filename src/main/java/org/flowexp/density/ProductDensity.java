package org.flowexp.density;

import java.util.ArrayList;
import java.util.List;
import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * Independent blocks of coordinates side by side, for example bond lengths and circular torsions.
 *
 * @param blocks at least one
 */
public record ProductDensity(List<BaseDensity> blocks) implements BaseDensity {
  /** Copies the blocks. */
  public ProductDensity {
    blocks = List.copyOf(blocks);
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException("a product of nothing");
    }
  }

  @Override
  public int dim() {
    return blocks.stream().mapToInt(BaseDensity::dim).sum();
  }

  @Override
  public Operand<TFloating> sample(
      GraphBuilder builder, Operand<TInt64> key, Operand<TInt32> count) {
    List<Operand<TFloating>> samples = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      // Blocks are independent: each has a key of its own, at a fixed distance from the given one.
      Operand<TInt64> shift = builder.tf().constant(new long[] {0, i * 0x9E3779B97F4A7C15L});
      samples.add(blocks.get(i).sample(builder, builder.tf().math.add(key, shift), count));
    }
    return builder.concat(1, samples);
  }

  @Override
  public Operand<TFloating> logDensity(GraphBuilder builder, Operand<TFloating> z) {
    List<Operand<TFloating>> pieces =
        builder.split(1, z, blocks.stream().mapToInt(BaseDensity::dim).toArray());
    List<Operand<TFloating>> terms = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      terms.add(blocks.get(i).logDensity(builder, pieces.get(i)));
    }
    return terms.size() == 1 ? terms.get(0) : builder.tf().math.addN(terms);
  }
}
