package org.flowexp.cli;

import java.io.PrintStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.flowexp.run.StopRequest;

/**
 * Ctrl-C (SIGINT) and SIGTERM: the first asks for an end after the step under way, the second ends
 * the process at once. The JDK's only door to signals is {@code sun.misc.Signal}, which {@code
 * --release} hides from the compiler; where a Java machine has none, both signals end the process
 * as they always did.
 */
final class Signals {
  private final StopRequest request;
  private final PrintStream err;
  private final AtomicInteger heard = new AtomicInteger();

  Signals(StopRequest request, PrintStream err) {
    this.request = request;
    this.err = err;
  }

  void watch() {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object ours =
          Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, handling());
      for (String name : new String[] {"INT", "TERM"}) {
        Object one = signal.getConstructor(String.class).newInstance(name);
        signal.getMethod("handle", signal, handler).invoke(null, one, ours);
      }
    } catch (ReflectiveOperationException | IllegalArgumentException none) {
      err.println("warning: signals cannot be caught (" + none + "): Ctrl-C ends a run at once");
    }
  }

  private InvocationHandler handling() {
    return (proxy, method, arguments) ->
        switch (method.getName()) {
          case "handle" -> heard();
          case "hashCode" -> System.identityHashCode(proxy);
          case "equals" -> proxy == arguments[0];
          default -> "signals";
        };
  }

  private Object heard() {
    if (heard.incrementAndGet() > 1) {
      Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
    }
    err.println("\nstopping after the step under way, which is saved; once more ends at once");
    request.make();
    return null;
  }
}
