package org.flowexp.jobs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Slurm, through its commands. Jobs inherit this environment, without what opens MLflow. */
public final class Slurm implements Cluster {
  private static final Pattern LARGEST = Pattern.compile("MaxArraySize\\s*=\\s*(\\d+)");
  private static final int USUAL_LARGEST = 1_000;
  private static final List<String> SECRETS =
      List.of(
          "MLFLOW_TRACKING_URI",
          "MLFLOW_TRACKING_USERNAME",
          "MLFLOW_TRACKING_PASSWORD",
          "MLFLOW_TRACKING_TOKEN");

  private final Map<String, String> environment;

  /** With more, or other, variables than this process has. */
  public Slurm(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public String submit(List<String> options, Path script, Path argument) throws IOException {
    List<String> command = new ArrayList<>(List.of("sbatch", "--parsable"));
    command.addAll(options);
    command.addAll(List.of(script.toString(), argument.toString()));
    // With several clusters the name of one follows.
    String answer = run(command).strip();
    int end = answer.indexOf(';');
    return end < 0 ? answer : answer.substring(0, end);
  }

  @Override
  public List<Task> tasks(String name) throws IOException {
    String text =
        run(
            List.of(
                "squeue",
                "--me",
                "--noheader",
                "--array",
                "--states=all",
                "--name=" + name,
                "--format=%F|%K|%T|%r"));
    List<Task> tasks = new ArrayList<>();
    for (String line : text.lines().toList()) {
      String[] parts = line.split("\\|", -1);
      if (parts.length == 4 && parts[1].matches("\\d+")) {
        tasks.add(new Task(parts[0], Integer.parseInt(parts[1]), parts[2], parts[3]));
      }
    }
    return tasks;
  }

  @Override
  public void cancel(List<String> jobs, Which which) throws IOException {
    List<String> command = new ArrayList<>(List.of("scancel"));
    if (which == Which.WAITING) {
      command.add("--state=PENDING");
    }
    command.addAll(jobs);
    run(command);
  }

  @Override
  public int largestArray() throws IOException {
    Matcher largest = LARGEST.matcher(run(List.of("scontrol", "show", "config")));
    return largest.find() ? Integer.parseInt(largest.group(1)) - 1 : USUAL_LARGEST;
  }

  private String run(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    SECRETS.forEach(builder.environment()::remove);
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("`" + command.get(0) + "` refuses: " + text.strip());
      }
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupt);
    }
    return text;
  }
}
