package org.flowexp.stage;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** Keeps stages as long as the process lives. */
public final class MemoryStore implements StageStore {
  private final ConcurrentMap<String, CompletableFuture<Object>> stages = new ConcurrentHashMap<>();

  @Override
  public <T> T get(String key, Class<T> kind, Supplier<T> stage) {
    CompletableFuture<Object> mine = new CompletableFuture<>();
    CompletableFuture<Object> known = stages.putIfAbsent(key, mine);
    if (known == null) {
      return run(key, mine, stage);
    }
    try {
      return kind.cast(known.join());
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof RuntimeException cause
          ? new IllegalStateException(cause.getMessage(), cause)
          : failure;
    }
  }

  private <T> T run(String key, CompletableFuture<Object> mine, Supplier<T> stage) {
    try {
      T result = stage.get();
      mine.complete(result);
      return result;
    } catch (RuntimeException | Error failure) {
      stages.remove(key, mine);
      mine.completeExceptionally(failure);
      throw failure;
    }
  }
}
