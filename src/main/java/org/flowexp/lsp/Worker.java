package org.flowexp.lsp;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The one thread that reads texts: edits and questions are met in the order in which they came. */
final class Worker {
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread made = new Thread(work, "flowexp-lsp");
            made.setDaemon(true);
            return made;
          });

  private volatile Consumer<Throwable> alarm = failure -> {};

  /** Who is told of work that failed with a bug; questions that fail tell whoever asked. */
  void whenFailed(Consumer<Throwable> told) {
    alarm = told;
  }

  <T> CompletableFuture<T> ask(Supplier<T> question) {
    return CompletableFuture.supplyAsync(question, thread);
  }

  void tell(Runnable work) {
    thread.execute(watched(work));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // failures go to the alarm
  void later(Runnable work, long milliseconds) {
    thread.schedule(watched(work), milliseconds, TimeUnit.MILLISECONDS);
  }

  private Runnable watched(Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (RuntimeException | StackOverflowError bug) {
        alarm.accept(bug);
      }
    };
  }

  void close() {
    thread.shutdownNow();
  }
}
