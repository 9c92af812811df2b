package org.flowexp.stage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.flowexp.run.StopRequest;

/**
 * The right to run one stage, held by one thread of one process. The operating system takes it back
 * when a process dies. The file stays: removing it would let two hold it.
 */
public final class KeyLock implements AutoCloseable {
  private static final long PAUSE_MILLIS = 50;

  private final FileChannel channel;

  private KeyLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits for as long as it takes.
   *
   * @param waiting told once if there is somebody to wait for
   * @param stop ends the waiting
   */
  static KeyLock acquire(Path file, Runnable waiting, StopRequest stop) throws IOException {
    Optional<KeyLock> lock = tryAcquire(file);
    if (lock.isEmpty()) {
      waiting.run();
    }
    while (lock.isEmpty()) {
      stop.obey();
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException interrupt) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for " + file, interrupt);
      }
      lock = tryAcquire(file);
    }
    return lock.get();
  }

  /** Empty if somebody holds it. */
  public static Optional<KeyLock> tryAcquire(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean acquired = false;
    try {
      FileLock lock = channel.tryLock();
      acquired = lock != null;
      return acquired ? Optional.of(new KeyLock(channel)) : Optional.empty();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return Optional.empty();
    } finally {
      if (!acquired) {
        channel.close();
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
