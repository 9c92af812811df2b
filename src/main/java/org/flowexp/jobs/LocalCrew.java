package org.flowexp.jobs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Processes on this machine, each doing one unit after another: a number on their standard input, a
 * line {@value #DONE} on their standard output. One that dies loses its unit alone; another takes
 * its seat. They end themselves when their standard input ends, so none outlives this process.
 */
public final class LocalCrew implements Crew {
  /** Begins the line that tells that a unit is over; its number follows. */
  public static final String DONE = "unit-done ";

  /** Asks a process to end its unit after the step under way. */
  public static final String STOP = "stop";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final int seats;
  private final Path logs;
  private final Starter starter;
  private final Map<Integer, Worker> working = new HashMap<>();
  private final BlockingQueue<Report> reports = new LinkedBlockingQueue<>();
  private final List<Ending> leftOut = new ArrayList<>();
  private ReadyUnits ready = new ReadyUnits(List.of());

  /** Says how the process of a seat, from 0, is started. */
  public interface Starter {
    /** Not started yet; its standard streams are set by the crew. */
    ProcessBuilder process(int seat);
  }

  /** What the reader of a worker's output found: the end of a unit, or of the output. */
  private record Report(Worker worker, Optional<Integer> unit) {}

  private static final class Worker {
    private static final int NONE = -1;

    private final int seat;
    private final Process process;
    private final Path log;
    private int unit = NONE;

    Worker(int seat, Process process, Path log) {
      this.seat = seat;
      this.process = process;
      this.log = log;
    }
  }

  /**
   * Starts no process yet.
   *
   * @param seats how many processes there are at once, at least 1
   * @param logs the folder for what they print
   */
  public LocalCrew(int seats, Path logs, Starter starter) {
    this.seats = seats;
    this.logs = logs;
    this.starter = starter;
  }

  @Override
  public void take(List<WorkUnit> units) throws IOException {
    ready = new ReadyUnits(units);
    assign();
  }

  private void assign() throws IOException {
    for (int seat = 0; seat < seats; seat++) {
      if (!working.containsKey(seat) || working.get(seat).unit == Worker.NONE) {
        assign(seat);
      }
    }
  }

  private void assign(int seat) throws IOException {
    Optional<WorkUnit> next = ready.next();
    if (next.isPresent()) {
      Worker worker = working.containsKey(seat) ? working.get(seat) : start(seat);
      worker.unit = next.get().number();
      tell(worker, Integer.toString(worker.unit));
    }
  }

  private static void tell(Worker worker, String word) {
    try {
      OutputStream input = worker.process.getOutputStream();
      input.write((word + "\n").getBytes(StandardCharsets.UTF_8));
      input.flush();
    } catch (IOException dead) {
      // The end of its output is reported, and with it the unit.
      return;
    }
  }

  private Worker start(int seat) throws IOException {
    Path log = logs.resolve("worker-" + seat + ".log");
    Process process =
        starter.process(seat).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
    Worker worker = new Worker(seat, process, log);
    Thread reader = new Thread(() -> read(worker), "worker-" + seat);
    reader.setDaemon(true);
    working.put(seat, worker);
    reader.start();
    return worker;
  }

  private void read(Worker worker) {
    try (BufferedReader output = worker.process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(DONE)) {
          int unit = Integer.parseInt(line.substring(DONE.length()).strip());
          reports.add(new Report(worker, Optional.of(unit)));
        }
      }
    } catch (IOException | NumberFormatException broken) {
      worker.process.destroyForcibly();
    } finally {
      reports.add(new Report(worker, Optional.empty()));
    }
  }

  /** Begins what may begin first: not before the last endings were heard, and perhaps acted on. */
  @Override
  public List<Ending> await(Duration most) throws IOException {
    assign();
    List<Ending> endings = new ArrayList<>(leftOut);
    leftOut.clear();
    try {
      Report first = reports.poll(endings.isEmpty() ? most.toMillis() : 0, TimeUnit.MILLISECONDS);
      for (Report report = first; report != null; report = reports.poll()) {
        note(report).ifPresent(endings::add);
      }
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while arms were running", interrupt);
    }
    return endings;
  }

  private Optional<Ending> note(Report report) throws IOException {
    Worker worker = report.worker;
    int unit = worker.unit;
    worker.unit = Worker.NONE;
    if (report.unit.isEmpty()) {
      working.remove(worker.seat, worker);
    }
    if (unit == Worker.NONE) {
      return Optional.empty();
    }
    ready.over(unit);
    return Optional.of(
        report.unit.isPresent()
            ? Ending.done(unit)
            : new Ending(unit, Ending.How.LOST, epitaph(worker)));
  }

  /** Why a process is gone, as far as it can be told. */
  private static String epitaph(Worker worker) throws IOException {
    try {
      int code =
          worker.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)
              ? worker.process.exitValue()
              : -1;
      String how = code > 128 ? "was ended by signal " + (code - 128) : "ended with " + code;
      List<String> said = Files.readAllLines(worker.log, StandardCharsets.UTF_8);
      String last = said.isEmpty() ? "" : ": " + said.get(said.size() - 1);
      return "its process " + how + last + "; see " + worker.log;
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      return "its process is gone";
    }
  }

  @Override
  public void leaveOutTheRest(String reason) {
    for (WorkUnit unit : ready.drain()) {
      leftOut.add(new Ending(unit.number(), Ending.How.LEFT_OUT, reason));
    }
  }

  @Override
  public void stop() {
    working.values().forEach(worker -> tell(worker, STOP));
  }

  @Override
  public boolean outlivesThisProcess() {
    return false;
  }

  @Override
  public void close() {
    for (Worker worker : working.values()) {
      try {
        worker.process.getOutputStream().close();
        boolean ended = worker.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (!ended) {
          worker.process.destroyForcibly();
        }
      } catch (IOException alreadyGone) {
        worker.process.destroyForcibly();
      } catch (InterruptedException interrupt) {
        worker.process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
    working.clear();
  }
}
