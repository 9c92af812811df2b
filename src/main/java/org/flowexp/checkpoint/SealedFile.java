package org.flowexp.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.UUID;

/**
 * A file that holds an archive: eight bytes {@code FLOWEXP\n}, the version of the format (int), the
 * length of what follows the header (long) and its SHA-256 (32 bytes), all big-endian; then the
 * archive, as {@link ArchiveBytes} says. It appears under its name whole, or not at all.
 */
public final class SealedFile {
  private static final byte[] MAGIC = "FLOWEXP\n".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int DIGEST = 32;
  private static final int HEADER = MAGIC.length + Integer.BYTES + Long.BYTES + DIGEST;

  private SealedFile() {}

  /** Writes a file and does not return before it is on the disk. */
  public static void write(Path file, Archive archive) throws IOException {
    byte[] content = ArchiveBytes.of(archive);
    ByteBuffer bytes = ByteBuffer.allocate(HEADER + content.length);
    bytes.put(MAGIC).putInt(VERSION).putLong(content.length).put(digest(content)).put(content);
    replace(file, bytes.array());
  }

  /** Replaces a file at once: a reader, or a crash, finds the old or the new one. */
  public static void replace(Path file, byte[] bytes) throws IOException {
    Path draft = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      force(draft, bytes);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      forceFolder(file.toAbsolutePath().getParent());
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static void force(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  /** Makes names in a folder last; does nothing where a folder cannot be opened. */
  public static void forceFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (java.nio.file.AccessDeniedException windows) {
      // There, a folder is no file; its names are kept without this.
      return;
    }
  }

  /**
   * What a file holds.
   *
   * @throws Refusal if it is torn, damaged, or another program's
   */
  public static Archive read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    if (bytes.remaining() < HEADER) {
      throw new Refusal("it is cut off after " + bytes.remaining() + " bytes");
    }
    byte[] magic = new byte[MAGIC.length];
    bytes.get(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new Refusal("it is not a file of FlowExp");
    }
    int version = bytes.getInt();
    if (version != VERSION) {
      throw new Refusal("its format has version " + version + ", expected " + VERSION);
    }
    long length = bytes.getLong();
    byte[] expected = new byte[DIGEST];
    bytes.get(expected);
    if (length != bytes.remaining()) {
      throw new Refusal("it holds " + bytes.remaining() + " bytes of content, expected " + length);
    }
    byte[] content = new byte[bytes.remaining()];
    bytes.get(content);
    if (!Arrays.equals(expected, digest(content))) {
      throw new Refusal("its checksum is wrong");
    }
    return ArchiveBytes.read(content);
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
