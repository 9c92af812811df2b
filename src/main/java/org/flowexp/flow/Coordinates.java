package org.flowexp.flow;

import org.flowexp.tensor.GraphBuilder;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * Rows on their way through a chain: whole, or still in the parts a coupling left them in. The next
 * coupling usually has the same mask or its complement and takes the parts as they are.
 */
sealed interface Coordinates {
  /** All columns in their order, [batch, dim]. */
  Operand<TFloating> joined(GraphBuilder builder);

  /** The parts by a mask. */
  Mask.Parts split(GraphBuilder builder, Mask mask);

  /** As a layer takes and gives them. */
  record Whole(Operand<TFloating> columns) implements Coordinates {
    @Override
    public Operand<TFloating> joined(GraphBuilder builder) {
      return columns;
    }

    @Override
    public Mask.Parts split(GraphBuilder builder, Mask mask) {
      return mask.split(builder, builder.transposed(columns));
    }
  }

  /** As a coupling with this mask leaves them. */
  record Apart(Mask mask, Mask.Parts parts) implements Coordinates {
    @Override
    public Operand<TFloating> joined(GraphBuilder builder) {
      return builder.transposed(mask.join(builder, parts));
    }

    @Override
    public Mask.Parts split(GraphBuilder builder, Mask other) {
      if (other.equals(mask)) {
        return parts;
      }
      return other.equals(mask.complement()) ? parts.swapped() : other.from(builder, mask, parts);
    }
  }

  /**
   * What a part of a chain gives.
   *
   * @param logDet [batch]
   */
  record Moved(Coordinates value, Operand<TFloating> logDet) {}
}
