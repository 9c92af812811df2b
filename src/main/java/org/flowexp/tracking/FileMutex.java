package org.flowexp.tracking;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * Mutual exclusion between processes, and between threads of one; the operating system frees it
 * when a process dies.
 */
final class FileMutex implements AutoCloseable {
  private final FileChannel channel;

  private FileMutex(FileChannel channel) {
    this.channel = channel;
  }

  static Optional<FileMutex> tryAcquire(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean acquired = false;
    try {
      FileLock lock = channel.tryLock();
      acquired = lock != null;
      return acquired ? Optional.of(new FileMutex(channel)) : Optional.empty();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return Optional.empty();
    } finally {
      if (!acquired) {
        channel.close();
      }
    }
  }

  /** Runs {@code action} while no other process holds {@code file}. */
  static <T> T holding(Path file, Duration patience, Action<T> action) throws IOException {
    FileMutex mutex = acquire(file, patience);
    try {
      return action.run();
    } finally {
      mutex.close();
    }
  }

  private static FileMutex acquire(Path file, Duration patience) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Optional<FileMutex> mutex = tryAcquire(file);
      if (mutex.isPresent()) {
        return mutex.get();
      }
      if (System.nanoTime() > deadline) {
        throw new TrackingUnavailable("another process has held " + file + " for " + patience);
      }
      Pause.of(Duration.ofMillis(50));
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Something done to files. */
  @FunctionalInterface
  interface Action<T> {
    T run() throws IOException;
  }
}
