package org.flowexp.stage;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.flowexp.run.StopRequest;

/** Keeps stages as long as the process lives, in front of a store that keeps them longer. */
public final class MemoryStore implements StageStore {
  private final ConcurrentMap<String, CompletableFuture<Kept<?>>> stages =
      new ConcurrentHashMap<>();
  private final Optional<StageStore> behind;

  /** By itself. */
  public MemoryStore() {
    this.behind = Optional.empty();
  }

  /** What is not here is asked of another store. */
  public MemoryStore(StageStore behind) {
    this.behind = Optional.of(behind);
  }

  @Override
  public <T> Kept<T> get(Stage<T> stage, Supplier<T> work) {
    CompletableFuture<Kept<?>> mine = new CompletableFuture<>();
    CompletableFuture<Kept<?>> known = stages.putIfAbsent(stage.id(), mine);
    while (known != null) {
      T value = stage.type().cast(join(known).value());
      if (stage.suffices().test(value)) {
        return new Kept<>(value, Kept.Origin.SHARED);
      }
      known = stages.replace(stage.id(), known, mine) ? null : stages.get(stage.id());
    }
    return run(stage, mine, work);
  }

  private static Kept<?> join(CompletableFuture<Kept<?>> known) {
    try {
      return known.join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof StopRequest.Stopped stopped) {
        throw stopped;
      }
      throw failure.getCause() instanceof RuntimeException cause
          ? new IllegalStateException(cause.getMessage(), cause)
          : failure;
    }
  }

  private <T> Kept<T> run(Stage<T> stage, CompletableFuture<Kept<?>> mine, Supplier<T> work) {
    try {
      Kept<T> result =
          behind.isPresent()
              ? behind.get().get(stage, work)
              : new Kept<>(work.get(), Kept.Origin.RUN);
      mine.complete(result);
      return result;
    } catch (RuntimeException | Error failure) {
      stages.remove(stage.id(), mine);
      mine.completeExceptionally(failure);
      throw failure;
    }
  }

  @Override
  public boolean holds(Stage<?> stage) {
    CompletableFuture<Kept<?>> known = stages.get(stage.id());
    boolean here = known != null && known.isDone() && !known.isCompletedExceptionally();
    return here || behind.filter(store -> store.holds(stage)).isPresent();
  }
}
