package org.flowexp.tensor;

import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/**
 * The floating type of a whole graph. Java code computes in double and converts here, at the
 * border.
 */
public enum Precision {
  /** IEEE single precision. */
  FLOAT32("float32", TFloat32.class, 0x1p-23),
  /** IEEE double precision. */
  FLOAT64("float64", TFloat64.class, 0x1p-52);

  private final String word;
  private final Class<? extends TFloating> type;
  private final double epsilon;

  Precision(String word, Class<? extends TFloating> type, double epsilon) {
    this.word = word;
    this.type = type;
    this.epsilon = epsilon;
  }

  /**
   * The precision of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Precision of(String word) {
    for (Precision precision : values()) {
      if (precision.word.equals(word)) {
        return precision;
      }
    }
    throw new IllegalArgumentException("no precision `" + word + "`");
  }

  /** The word of the language, for example {@code float32}. */
  public String word() {
    return word;
  }

  /** The gap between 1 and the next number. */
  public double epsilon() {
    return epsilon;
  }

  /**
   * The type token for TensorFlow's builders. The graph is typed by the family {@link TFloating},
   * so that no layer is generic in the precision; TensorFlow only looks the class up in its
   * registry, which makes the cast harmless.
   */
  @SuppressWarnings("unchecked")
  public Class<TFloating> type() {
    return (Class<TFloating>) type;
  }

  /**
   * A tensor holding these numbers, row by row. The caller closes it.
   *
   * @throws IllegalArgumentException if the shape does not hold {@code values.length} numbers
   */
  public TFloating tensor(double[] values, long... shape) {
    Shape form = Shape.of(shape);
    if (form.size() != values.length) {
      throw new IllegalArgumentException(values.length + " numbers for shape " + form);
    }
    return switch (this) {
      case FLOAT32 -> TFloat32.tensorOf(form, DataBuffers.of(singles(values), false, false));
      case FLOAT64 -> TFloat64.tensorOf(form, DataBuffers.of(values, true, false));
    };
  }

  /** The numbers of a floating tensor, row by row; the tensor stays open. */
  public static double[] values(Tensor tensor) {
    double[] values = new double[Math.toIntExact(tensor.size())];
    if (tensor instanceof TFloat64 doubles) {
      doubles.asRawTensor().data().asDoubles().read(values);
    } else if (tensor instanceof TFloat32 floats) {
      float[] singles = new float[values.length];
      floats.asRawTensor().data().asFloats().read(singles);
      for (int i = 0; i < singles.length; i++) {
        values[i] = singles[i];
      }
    } else {
      throw new IllegalArgumentException("not a floating tensor: " + tensor.dataType());
    }
    return values;
  }

  /**
   * The number of a floating scalar; the tensor stays open.
   *
   * @throws IllegalArgumentException if it holds more than one number
   */
  public static double scalar(Tensor tensor) {
    double[] all = values(tensor);
    if (all.length != 1) {
      throw new IllegalArgumentException("not a scalar: " + tensor.shape());
    }
    return all[0];
  }

  private static float[] singles(double[] values) {
    float[] singles = new float[values.length];
    for (int i = 0; i < singles.length; i++) {
      singles[i] = (float) values[i];
    }
    return singles;
  }
}
