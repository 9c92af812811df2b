package org.flowexp.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.configuration2.CombinedConfiguration;
import org.apache.commons.configuration2.MapConfiguration;
import org.apache.commons.configuration2.PropertiesConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.OverrideCombiner;
import org.flowexp.diagnostics.NearestName;
import org.flowexp.stage.Arithmetic;

/**
 * The tool's settings in layers: command line, environment, project file, user file, defaults; the
 * first that has a value wins.
 */
final class Settings {
  private static final List<String> PROJECT_FILES =
      List.of(".flowexp.properties", "flowexp.properties");

  private final Map<Setting, Value> values;
  private final Path directory;
  private final Path home;

  private Settings(Map<Setting, Value> values, Path directory, Path home) {
    this.values = values;
    this.directory = directory;
    this.home = home;
  }

  /**
   * A value and the layer it comes from.
   *
   * @param origin for people, for example {@code FLOWEXP_CACHE in the environment}
   */
  record Value(String text, String origin) {
    /** Whether nobody has said anything. */
    boolean isDefault() {
      return origin.equals(Origin.DEFAULT.word());
    }

    /** The value for people: without a password. */
    String shown() {
      return Secrets.masked(text);
    }
  }

  /**
   * Reads all layers.
   *
   * @throws UsageProblem if a file cannot be read or has an unknown key, or a value is none
   */
  static Settings load(Map<Setting, String> commandLine, Host host) throws UsageProblem {
    CombinedConfiguration layers = new CombinedConfiguration(new OverrideCombiner());
    Map<String, String> given = new LinkedHashMap<>();
    commandLine.forEach((setting, text) -> given.put(setting.key(), text));
    layers.addConfiguration(new MapConfiguration(given), Origin.COMMAND_LINE.name());
    layers.addConfiguration(environment(host), Origin.ENVIRONMENT.name());
    Map<Origin, Path> files = new EnumMap<>(Origin.class);
    files.put(Origin.PROJECT_FILE, projectFile(host.directory()));
    files.put(Origin.USER_FILE, host.home().resolve(".config/flowexp/flowexp.properties"));
    for (Map.Entry<Origin, Path> file : files.entrySet()) {
      layers.addConfiguration(file(file.getValue()), file.getKey().name());
    }
    layers.addConfiguration(defaults(), Origin.DEFAULT.name());

    Map<Setting, Value> values = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      String text = layers.getString(setting.key()).strip();
      Origin layer = origin(layers, setting);
      String origin = layer.text(setting, files);
      if (!setting.isValid(text)) {
        throw new UsageProblem(
            setting.key()
                + " is `"
                + Secrets.masked(text)
                + "` ("
                + origin
                + "), expected "
                + setting.expected());
      }
      values.put(setting, new Value(text, origin));
    }
    return new Settings(values, host.directory(), host.home());
  }

  String text(Setting setting) {
    return value(setting).text();
  }

  Value value(Setting setting) {
    return Objects.requireNonNull(values.get(setting));
  }

  /** A folder setting; relative to the current directory, {@code ~} is the user's home. */
  Path folder(Setting setting) {
    String text = text(setting);
    if (text.equals("~") || text.startsWith("~/")) {
      return home.resolve(text.substring(Math.min(2, text.length())));
    }
    return directory.resolve(text).normalize();
  }

  /** In which arithmetic to compute. */
  Arithmetic arithmetic() {
    Set<Arithmetic.Way> ways = EnumSet.noneOf(Arithmetic.Way.class);
    if (text(Setting.DEVICE).startsWith("gpu")) {
      ways.add(Arithmetic.Way.GPU);
      // The processor has no such numbers.
      if (isOn(Setting.TF32)) {
        ways.add(Arithmetic.Way.TF32);
      }
    }
    if (isOn(Setting.XLA)) {
      ways.add(Arithmetic.Way.XLA);
    }
    return new Arithmetic(text(Setting.PRECISION), ways);
  }

  boolean isOn(Setting setting) {
    return text(setting).equals("on");
  }

  /** All of them for another process, by their keys; folders are absolute. */
  Map<String, String> forOthers() {
    Map<String, String> all = new LinkedHashMap<>();
    values.forEach((setting, value) -> all.put(setting.key(), value.text()));
    for (Setting folder : List.of(Setting.CACHE, Setting.TOOLS)) {
      all.put(folder.key(), folder(folder).toString());
    }
    return all;
  }

  private static MapConfiguration environment(Host host) {
    Map<String, String> found = new LinkedHashMap<>();
    for (Setting setting : Setting.values()) {
      String text = host.environment().getOrDefault(setting.variable(), "");
      if (!text.isBlank()) {
        found.put(setting.key(), text);
      }
    }
    return new MapConfiguration(found);
  }

  private static MapConfiguration defaults() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put(Setting.CACHE.key(), ".flowexp");
    all.put(Setting.TRACKING.key(), "embedded");
    all.put(Setting.DEVICE.key(), "cpu");
    all.put(Setting.CHECKPOINT.key(), "30");
    all.put(Setting.PRECISION.key(), "float32");
    all.put(Setting.XLA.key(), "off");
    all.put(Setting.TF32.key(), "off");
    all.put(Setting.THREADS.key(), "0");
    all.put(Setting.MEMORY.key(), "auto");
    all.put(Setting.PYTHON.key(), "python3");
    all.put(Setting.TOOLS.key(), "~/.cache/flowexp");
    all.put(Setting.SLURM.key(), "");
    return new MapConfiguration(all);
  }

  private static Path projectFile(Path directory) throws UsageProblem {
    List<Path> found =
        PROJECT_FILES.stream().map(directory::resolve).filter(Files::isRegularFile).toList();
    if (found.size() > 1) {
      throw new UsageProblem(
          "both " + String.join(" and ", PROJECT_FILES) + " are here; keep one of them");
    }
    return found.isEmpty() ? directory.resolve(PROJECT_FILES.get(1)) : found.get(0);
  }

  private static PropertiesConfiguration file(Path file) throws UsageProblem {
    PropertiesConfiguration properties = new PropertiesConfiguration();
    properties.setIncludesAllowed(false);
    if (!Files.isRegularFile(file)) {
      return properties;
    }
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.read(reader);
    } catch (IOException | ConfigurationException unreadable) {
      throw new UsageProblem(file + " cannot be read: " + unreadable.getMessage());
    }
    Iterator<String> keys = properties.getKeys();
    while (keys.hasNext()) {
      String key = keys.next();
      if (Setting.of(key).isEmpty()) {
        String hint =
            NearestName.question(key, Setting.keys())
                .orElse("there are " + String.join(", ", Setting.keys()));
        throw new UsageProblem(file + ": unknown setting `" + key + "`; " + hint);
      }
    }
    return properties;
  }

  private static Origin origin(CombinedConfiguration layers, Setting setting) {
    for (Origin origin : Origin.values()) {
      if (layers.getConfiguration(origin.name()).containsKey(setting.key())) {
        return origin;
      }
    }
    throw new IllegalStateException("no layer has " + setting.key());
  }

  private enum Origin {
    COMMAND_LINE,
    ENVIRONMENT,
    PROJECT_FILE,
    USER_FILE,
    DEFAULT;

    /** For people. */
    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    String text(Setting setting, Map<Origin, Path> files) {
      return switch (this) {
        case COMMAND_LINE -> "command line";
        case ENVIRONMENT -> setting.variable();
        case PROJECT_FILE, USER_FILE -> String.valueOf(files.get(this));
        case DEFAULT -> word();
      };
    }
  }
}
