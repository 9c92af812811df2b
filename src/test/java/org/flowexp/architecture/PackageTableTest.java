package org.flowexp.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Which package may use which. A row may use rows above it only, so the table cannot hold a cycle;
 * rows of packages without a class wait for their first. Why a row is as it is: the decisions in
 * {@code src/site/markdown/adr}.
 */
class PackageTableTest {
  private static final String ROOT = "org.flowexp.";
  private static final int FEWEST_CLASSES = 150;

  private static final String TENSORFLOW = "org.tensorflow";
  private static final String ANTLR = "org.antlr";
  private static final String MLFLOW = "org.mlflow";
  private static final List<String> LIBRARIES = List.of(TENSORFLOW, ANTLR, MLFLOW);

  private static final Path DECISIONS = Path.of("src/site/markdown/adr");
  private static final String FORMULAS = "0001-formulas-are-typed-trees";
  private static final String WORDS = "0003-the-checker-knows-the-vocabulary";
  private static final String CLAIMS = "0012-claims-are-exact-tests-on-plain-records";
  private static final String PARAMETERS = "0005-one-flat-parameter-vector";
  private static final String KEPT = "0007-stages-are-kept-apart-from-their-work";
  private static final String STAGES = "0006-the-stage-package-runs-the-stages";
  private static final String ESTIMATES = "0015-metrics-estimate-with-statistics";
  private static final String ELSEWHERE = "0018-sweeps-in-other-processes";
  private static final String CARDS = "0022-arithmetic-and-cards";
  private static final String FIGURES = "0019-figures-are-views";
  private static final String LOADED = "0009-data-are-judged-when-they-are-named";

  private static final String GEOMETRY = "0011-molecules-in-the-graph";

  private static final String HYDROGENS = "0020-hydrogens-at-their-minimum";

  private static final String MOLECULES = "0016-molecules-in-the-language";

  private static final List<Row> TABLE =
      List.of(
          row("source"),
          row("units"),
          row("random"),
          row("statistics"),
          row("run"),
          row("installation"),
          row("grammar", ANTLR),
          row("diagnostics", "source"),
          row("syntax", "source"),
          row("parse", "grammar", "syntax", "source", "diagnostics", ANTLR),
          row("format", "syntax", "source"),
          row("catalog", "units"),
          row("expression", "units", "catalog").departs(ESTIMATES, "statistics"),
          row("molecule", "units"),
          row("model", "catalog", "expression", "units", "source").departs(MOLECULES, "molecule"),
          row("tensor", "random", TENSORFLOW),
          row("geometry").departs(GEOMETRY, "molecule", "tensor", TENSORFLOW),
          row("formula")
              .departs(FORMULAS, "expression", "tensor", TENSORFLOW)
              .departs(MOLECULES, "geometry"),
          row("energy", "tensor", "molecule", "expression", "units", "catalog", TENSORFLOW)
              .departs(FORMULAS, "formula")
              .departs(GEOMETRY, "geometry"),
          row("flow", "tensor", "catalog", TENSORFLOW).departs(WORDS, "units"),
          row("coordinates", "flow", "molecule", "tensor", "units", "catalog", TENSORFLOW)
              .departs(GEOMETRY, "geometry"),
          row("density", "flow", "tensor", "catalog", TENSORFLOW).departs(WORDS, "units"),
          row(
                  "system",
                  "energy",
                  "coordinates",
                  "molecule",
                  "tensor",
                  "units",
                  "catalog",
                  TENSORFLOW)
              .departs(FORMULAS, "expression")
              .departs(WORDS, "random")
              .departs(GEOMETRY, "flow"),
          row("marginal")
              .departs(HYDROGENS, "energy", "coordinates", "molecule", "tensor", TENSORFLOW),
          row("generator", "density", "flow", "energy", "tensor", TENSORFLOW),
          row("objective", "generator", "expression", "tensor", TENSORFLOW)
              .departs(FORMULAS, "formula")
              .departs(STAGES, "model", "density", "energy"),
          row("optimizer", "tensor", "catalog", TENSORFLOW).departs(WORDS, "units"),
          row(
                  "sampler",
                  "generator",
                  "density",
                  "energy",
                  "tensor",
                  "random",
                  "statistics",
                  "catalog",
                  TENSORFLOW)
              .departs(WORDS, "units"),
          row("data", "molecule", "units", "random", "catalog"),
          row("tracking", "run", MLFLOW).departs(WORDS, "catalog").departs(CARDS, "installation"),
          row("report", "run", "statistics", "units").departs(FIGURES, "catalog"),
          row(
                  "vocabulary",
                  "catalog",
                  "system",
                  "density",
                  "flow",
                  "coordinates",
                  "optimizer",
                  "sampler",
                  "tracking")
              .departs(FIGURES, "report")
              .departs(CLAIMS, "model"),
          row(
                  "check",
                  "syntax",
                  "model",
                  "expression",
                  "catalog",
                  "diagnostics",
                  "units",
                  "statistics",
                  "source")
              .departs(WORDS, "vocabulary", "parse")
              .departs(LOADED, "data")
              .departs(FIGURES, "report")
              .departs(MOLECULES, "molecule"),
          row(
              "lower",
              "model",
              "vocabulary",
              "expression",
              "formula",
              "molecule",
              "density",
              "flow",
              "coordinates",
              "energy",
              "system",
              "generator",
              "objective",
              "optimizer",
              "sampler",
              "data",
              "tensor",
              "random",
              "units",
              "catalog",
              TENSORFLOW),
          row("checkpoint"),
          row(
                  "train",
                  "lower",
                  "objective",
                  "data",
                  "checkpoint",
                  "tensor",
                  "random",
                  "run",
                  TENSORFLOW)
              .departs(STAGES, "model")
              .departs(PARAMETERS, "optimizer"),
          row(
                  "evaluate",
                  "lower",
                  "generator",
                  "sampler",
                  "system",
                  "data",
                  "statistics",
                  "expression",
                  "run",
                  TENSORFLOW)
              .departs(STAGES, "model"),
          row("stage", "model", "run").departs(KEPT, "checkpoint", "data", "catalog"),
          row("execution", "stage", "checkpoint", "model", "run", TENSORFLOW)
              .departs(
                  STAGES, "lower", "train", "evaluate", "data", "catalog", "expression", "tensor")
              .departs(HYDROGENS, "energy", "marginal"),
          row("jobs", "stage", "model", "run").departs(ELSEWHERE, "execution", "checkpoint"),
          row("claim", "model", "statistics", "run").departs(FORMULAS, "expression"));

  /** The composition roots may use everything, and the standard streams. */
  private static final Set<String> ROOTS = Set.of("cli", "lsp");

  /** It says which version of the library is there, and whether it loads at all. */
  private static final String DOCTOR = ROOT + "cli.DoctorVerb";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.flowexp");

  /**
   * What a package may use: packages of ours, and {@link #LIBRARIES}.
   *
   * @param designed from the beginning
   * @param departures what the code came to need, each with the decision that gives the reason
   */
  private record Row(String name, Set<String> designed, Map<String, String> departures) {
    Row departs(String decision, String... more) {
      Map<String, String> all = new TreeMap<>(departures);
      for (String use : more) {
        all.put(use, decision);
      }
      return new Row(name, designed, all);
    }

    Set<String> uses() {
      Set<String> uses = new TreeSet<>(designed);
      uses.addAll(departures.keySet());
      return uses;
    }

    String[] forbiddenPackages() {
      Set<String> others = packages();
      others.removeAll(uses());
      others.remove(name);
      return others.stream().map(other -> ROOT + other + "..").toArray(String[]::new);
    }

    String[] forbiddenLibraries() {
      return LIBRARIES.stream()
          .filter(library -> !uses().contains(library))
          .map(library -> library + "..")
          .toArray(String[]::new);
    }

    ArchRule rule() {
      return noClasses()
          .that()
          .resideInAPackage(ROOT + name + "..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(forbiddenPackages()).or(resideInAnyPackage(forbiddenLibraries())))
          .as("`" + name + "` uses " + uses() + " alone");
    }
  }

  private static Row row(String name, String... uses) {
    return new Row(name, Set.of(uses), Map.of());
  }

  @Test
  void ourClassesWereImported() {
    assertTrue(CLASSES.size() > FEWEST_CLASSES, () -> CLASSES.size() + " classes");
    assertTrue(
        CLASSES.stream().noneMatch(type -> type.getName().equals(PackageTableTest.class.getName())),
        "tests are free to use what they test");
  }

  @Test
  void everyPackageHasARow() {
    Set<String> known = TABLE.stream().map(Row::name).collect(Collectors.toSet());
    known.addAll(ROOTS);
    Set<String> strangers = packages();
    strangers.removeAll(known);
    assertEquals(Set.of(), strangers);
  }

  @Test
  void rowsUseRowsAboveThemOnly() {
    Set<String> above = new HashSet<>(LIBRARIES);
    for (Row row : TABLE) {
      Set<String> ahead = new TreeSet<>(row.uses());
      ahead.removeAll(above);
      assertEquals(Set.of(), ahead, row.name());
      assertTrue(above.add(row.name()), () -> "two rows for " + row.name());
    }
  }

  @TestFactory
  Stream<DynamicTest> packagesUseWhatTheirRowSays() {
    Set<String> existing = packages();
    return TABLE.stream()
        .filter(row -> existing.contains(row.name()))
        .map(row -> dynamicTest(row.name(), () -> row.rule().check(CLASSES)));
  }

  @TestFactory
  Stream<DynamicTest> departuresAreNeededAndHaveAReason() {
    Set<String> existing = packages();
    return TABLE.stream()
        .filter(row -> existing.contains(row.name()) && !row.departures().isEmpty())
        .map(row -> dynamicTest(row.name(), () -> departuresAreSound(row)));
  }

  private static void departuresAreSound(Row row) {
    Set<String> idle = new TreeSet<>(row.departures().keySet());
    idle.removeAll(usedBy(row.name()));
    assertEquals(Set.of(), idle, "departures that nothing needs any more");
    for (String decision : row.departures().values()) {
      assertTrue(Files.isRegularFile(DECISIONS.resolve(decision + ".md")), decision);
    }
  }

  @Test
  void noCycles() {
    withoutCycles(name -> name).check(CLASSES);
  }

  @Test
  void onlyTheParserAndItsGrammarSeeAntlr() {
    onlyIn(Set.of("grammar", "parse"), ANTLR).check(CLASSES);
  }

  @Test
  void onlyTrackingSeesMlflow() {
    onlyIn(Set.of("tracking"), MLFLOW).check(CLASSES);
  }

  @Test
  void onlyRowsOfTheGraphSeeTensorFlow() {
    Set<String> graph =
        TABLE.stream()
            .filter(row -> row.uses().contains(TENSORFLOW))
            .map(Row::name)
            .collect(Collectors.toSet());
    onlyIn(graph, TENSORFLOW).check(CLASSES);
  }

  @Test
  void onlyTheRootsTouchTheStandardStreams() {
    noStandardStreamsOutside(ROOTS).check(CLASSES);
  }

  @Test
  void aRowThatLacksAPackageIsRejected() {
    rejected(row("parse", "grammar", "source", "diagnostics", ANTLR).rule(), "org.flowexp.syntax");
  }

  @Test
  void aRowThatLacksALibraryIsRejected() {
    rejected(row("tensor", "random").rule(), "org.tensorflow");
  }

  @Test
  void aDepartureThatNothingNeedsIsRejected() {
    Row row = row("claim", "model", "statistics", "run").departs(FORMULAS, "tensor");
    assertThrows(AssertionError.class, () -> departuresAreSound(row));
  }

  @Test
  void aCycleIsRejected() {
    // The parser makes the tree, whose nodes know their places in the source.
    rejected(withoutCycles(name -> name.equals("parse") ? "source" : name), "Slice syntax");
  }

  @Test
  void aLibraryElsewhereIsRejected() {
    rejected(onlyIn(Set.of("grammar"), ANTLR), "org.flowexp.parse");
    rejected(onlyIn(Set.of(), MLFLOW), "org.flowexp.tracking");
    rejected(onlyIn(Set.of("tensor"), TENSORFLOW), "org.flowexp.formula");
  }

  @Test
  void aStandardStreamElsewhereIsRejected() {
    rejected(noStandardStreamsOutside(Set.of("lsp")), "java.lang.System.out");
    rejected(noStandardStreamsOutside(Set.of("lsp")), "java.lang.System.exit(int)");
  }

  private static void rejected(ArchRule rule, String because) {
    AssertionError failure = assertThrows(AssertionError.class, () -> rule.check(CLASSES));
    assertTrue(failure.getMessage().contains(because), failure::getMessage);
  }

  private static ArchRule withoutCycles(UnaryOperator<String> sliceOfPackage) {
    return slices().assignedFrom(new Slicing(sliceOfPackage)).should().beFreeOfCycles();
  }

  private record Slicing(UnaryOperator<String> sliceOfPackage) implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return isOurs(type)
          ? SliceIdentifier.of(sliceOfPackage.apply(packageOf(type)))
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "packages";
    }
  }

  private static ArchRule onlyIn(Set<String> packages, String library) {
    return noClasses()
        .that(areOutside(packages))
        .and()
        .doNotHaveFullyQualifiedName(DOCTOR)
        .should()
        .dependOnClassesThat(resideInAPackage(library + ".."))
        .as("only " + new TreeSet<>(packages) + " see " + library);
  }

  private static ArchRule noStandardStreamsOutside(Set<String> packages) {
    return noClasses()
        .that(areOutside(packages))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .accessField(System.class, "in")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(System.class, "console")
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Console.class)
        .as("only " + new TreeSet<>(packages) + " touch the standard streams");
  }

  private static DescribedPredicate<JavaClass> areOutside(Set<String> packages) {
    return resideOutsideOfPackages(
        packages.stream().map(name -> ROOT + name + "..").toArray(String[]::new));
  }

  /** The packages that have a class. */
  private static Set<String> packages() {
    return CLASSES.stream()
        .map(PackageTableTest::packageOf)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The packages of ours and the libraries that a package really uses. */
  private static Set<String> usedBy(String name) {
    return CLASSES.stream()
        .filter(type -> packageOf(type).equals(name))
        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
        .map(dependency -> dependency.getTargetClass())
        .flatMap(type -> isOurs(type) ? Stream.of(packageOf(type)) : libraryOf(type))
        .collect(Collectors.toSet());
  }

  private static Stream<String> libraryOf(JavaClass type) {
    return LIBRARIES.stream().filter(library -> type.getPackageName().startsWith(library));
  }

  private static boolean isOurs(JavaClass type) {
    return type.getPackageName().startsWith(ROOT);
  }

  /** The first name below the root. */
  private static String packageOf(JavaClass type) {
    String below = type.getPackageName().substring(ROOT.length());
    int dot = below.indexOf('.');
    return dot < 0 ? below : below.substring(0, dot);
  }
}
