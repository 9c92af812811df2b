package org.flowexp.checkpoint;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * An archive as bytes: the number of entries (int), then for each its name (as {@link
 * DataOutputStream#writeUTF}), a letter, the number of elements (int) and the elements, all
 * big-endian. Letters: {@code t} UTF-8 bytes, {@code l} 64-bit integers, {@code d} 64-bit floating
 * numbers, {@code f} 32-bit ones, which are written where they are the same numbers.
 */
final class ArchiveBytes {
  private ArchiveBytes() {}

  static byte[] of(Archive archive) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    Map<String, Object> entries = archive.entries();
    out.writeInt(entries.size());
    for (var entry : entries.entrySet()) {
      out.writeUTF(entry.getKey());
      write(out, entry.getValue());
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, Object value) throws IOException {
    if (value instanceof String text) {
      byte[] utf = text.getBytes(StandardCharsets.UTF_8);
      write(out, 't', utf.length, utf);
    } else if (value instanceof long[] longs) {
      ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(longs.length, Long.BYTES));
      buffer.asLongBuffer().put(longs);
      write(out, 'l', longs.length, buffer.array());
    } else {
      numbers(out, (double[]) value);
    }
  }

  private static void numbers(DataOutputStream out, double[] values) throws IOException {
    if (areSingle(values)) {
      ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
      for (double value : values) {
        buffer.putFloat((float) value);
      }
      write(out, 'f', values.length, buffer.array());
    } else {
      ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(values.length, Double.BYTES));
      buffer.asDoubleBuffer().put(values);
      write(out, 'd', values.length, buffer.array());
    }
  }

  private static boolean areSingle(double[] values) {
    for (double value : values) {
      if (Double.doubleToRawLongBits((float) value) != Double.doubleToRawLongBits(value)) {
        return false;
      }
    }
    return true;
  }

  private static void write(DataOutputStream out, char letter, int count, byte[] elements)
      throws IOException {
    out.writeByte(letter);
    out.writeInt(count);
    out.write(elements);
  }

  static Archive read(byte[] bytes) throws Refusal {
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      Map<String, Object> entries = new TreeMap<>();
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        entries.put(in.readUTF(), value(in));
      }
      if (in.available() > 0) {
        throw new Refusal(in.available() + " bytes follow its last entry");
      }
      return new Archive(entries);
    } catch (Refusal reason) {
      throw reason;
    } catch (IOException torn) {
      throw new Refusal("its entries end too soon");
    }
  }

  private static Object value(DataInputStream in) throws IOException {
    char letter = (char) in.readByte();
    int count = in.readInt();
    return switch (letter) {
      case 't' -> new String(elements(in, count, 1), StandardCharsets.UTF_8);
      case 'l' -> {
        long[] longs = new long[count];
        ByteBuffer.wrap(elements(in, count, Long.BYTES)).asLongBuffer().get(longs);
        yield longs;
      }
      case 'f' -> {
        ByteBuffer buffer = ByteBuffer.wrap(elements(in, count, Float.BYTES));
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
          values[i] = buffer.getFloat();
        }
        yield values;
      }
      case 'd' -> {
        ByteBuffer buffer = ByteBuffer.wrap(elements(in, count, Double.BYTES));
        double[] values = new double[count];
        buffer.asDoubleBuffer().get(values);
        yield values;
      }
      default -> throw new Refusal("an entry is of the unknown kind " + (int) letter);
    };
  }

  /** Asks for no more memory than there are bytes, whatever the count claims. */
  private static byte[] elements(DataInputStream in, int count, int width) throws IOException {
    if (count < 0 || (long) count * width > in.available()) {
      throw new Refusal("an entry claims " + count + " elements");
    }
    return in.readNBytes(count * width);
  }
}
