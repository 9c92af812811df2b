package org.flowexp.claim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowexp.model.SweepModel;
import org.flowexp.model.VerdictModel;
import org.flowexp.model.VerdictModel.Kind;
import org.flowexp.model.VerdictModel.MetricUse;
import org.flowexp.run.RunRecord;
import org.flowexp.statistics.SignificanceTest;
import org.flowexp.statistics.Spread;

/** Decides what a sweep asks of its runs. */
public final class Verdicts {
  private static final int MOST_ARMS_SHOWN = 3;

  private final SweepModel sweep;
  private final List<ArmRuns> arms;
  private final Optional<Baselines> baselines;
  private final List<VerdictModel> claims;

  private Verdicts(SweepModel sweep, List<ArmRuns> arms, Optional<Baselines> baselines) {
    this.sweep = sweep;
    this.arms = arms;
    this.baselines = baselines;
    this.claims = sweep.verdicts().stream().filter(v -> v.kind() instanceof Kind.Claim).toList();
  }

  /** A verdict for each expectation and claim of the sweep, in its order. */
  public static List<Verdict> decide(
      SweepModel sweep, List<RunRecord> runs, Optional<Baselines> baselines) {
    Verdicts verdicts = new Verdicts(sweep, ArmRuns.of(sweep, runs), baselines);
    Map<VerdictModel, Verdict> tested = verdicts.claims();
    return sweep.verdicts().stream()
        .map(
            asked -> Optional.ofNullable(tested.get(asked)).orElseGet(() -> verdicts.decide(asked)))
        .toList();
  }

  private static String title(VerdictModel asked) {
    return asked.title().isBlank() ? asked.text() : asked.title();
  }

  private Verdict decide(VerdictModel asked) {
    String title = title(asked);
    Optional<String> absent = absentArm(asked);
    if (absent.isPresent()) {
      return new Verdict(title, Outcome.UNDECIDED, absent.get());
    }
    boolean ofEveryArm = asked.uses().stream().anyMatch(use -> use.arm().isEmpty());
    List<Question> questions = new ArrayList<>();
    for (ArmRuns arm : ofEveryArm ? arms : arms.subList(0, Math.min(1, arms.size()))) {
      questions.add(new Question(asked, title, arm, arms));
    }
    if (questions.isEmpty()) {
      return new Verdict(title, Outcome.UNDECIDED, "the sweep has no arms");
    }
    for (Outcome first : List.of(Outcome.FAILED, Outcome.UNDECIDED)) {
      for (Question question : questions) {
        Optional<Verdict> obstacle = question.obstacle().filter(v -> v.outcome() == first);
        if (obstacle.isPresent()) {
          return obstacle.get();
        }
      }
    }
    return asked.kind() instanceof Kind.WithinBaseline within
        ? new BaselineTest(sweep, baselines, within.band()).decide(title, questions)
        : expectation(title, questions);
  }

  /**
   * All claims together. One whose arms are not all there is open; one that lacks the value of a
   * seed, since a run failed or measured no number, cannot pass: were the missing difference as far
   * on the wrong side as can be, p would be at least 1/2. Either stays in the number of claims.
   */
  private Map<VerdictModel, Verdict> claims() {
    Map<VerdictModel, Verdict> decided = new HashMap<>();
    List<Optional<ClaimTest>> tests = new ArrayList<>();
    for (VerdictModel asked : claims) {
      Optional<Verdict> before = beforeTest(asked);
      before.ifPresent(verdict -> decided.put(asked, verdict));
      tests.add(before.isPresent() ? Optional.empty() : Optional.of(test(asked)));
    }
    double[] adjusted =
        SignificanceTest.holm(
            tests.stream().mapToDouble(test -> test.map(ClaimTest::p).orElse(1.0)).toArray());
    for (int i = 0; i < adjusted.length; i++) {
      int place = i;
      tests
          .get(i)
          .ifPresent(test -> decided.put(claims.get(place), tested(test, place, adjusted[place])));
    }
    return decided;
  }

  private ClaimTest test(VerdictModel asked) {
    Question question = new Question(asked, title(asked), arms.get(0), arms);
    return new ClaimTest(question, (Kind.Claim) asked.kind());
  }

  private Optional<Verdict> beforeTest(VerdictModel asked) {
    String title = title(asked);
    Optional<String> absent =
        absentArm(asked)
            .or(() -> arms.isEmpty() ? Optional.of("the sweep has no arms") : Optional.empty());
    if (absent.isPresent()) {
      return Optional.of(new Verdict(title, Outcome.UNDECIDED, absent.get()));
    }
    ClaimTest test = test(asked);
    Optional<Verdict> obstacle = test.question().obstacle();
    if (obstacle.isPresent()) {
      boolean failed = obstacle.get().outcome() == Outcome.FAILED;
      String rule = failed ? "; a missing value counts against the claim" : "";
      return Optional.of(
          new Verdict(title, obstacle.get().outcome(), obstacle.get().explanation() + rule));
    }
    return test.isComplete()
        ? Optional.empty()
        : Optional.of(
            new Verdict(
                title,
                Outcome.FAILED,
                test.question().measured()
                    + ": not finite for each seed, which counts against the claim"));
  }

  private Verdict tested(ClaimTest test, int place, double adjusted) {
    List<Kind.Claim> kinds = claims.stream().map(claim -> (Kind.Claim) claim.kind()).toList();
    Evidence evidence = test.evidence(adjusted, claims.size());
    double best = ClaimTest.attainable(kinds, test.seeds())[place];
    String measured = test.question().measured() + "; " + evidence.text();
    if (!ClaimTest.passes(best, test.claim())) {
      String needed =
          ClaimTest.seedsNeeded(kinds, place).map(n -> "; " + n + " seeds can").orElse("");
      return new Verdict(
          test.question().title(),
          Outcome.UNDECIDED,
          count(test.seeds())
              + " cannot give p below "
              + Spread.figure(best)
              + needed
              + "; "
              + measured,
          Optional.of(evidence));
    }
    Outcome outcome = ClaimTest.passes(adjusted, test.claim()) ? Outcome.HELD : Outcome.FAILED;
    return new Verdict(test.question().title(), outcome, measured, Optional.of(evidence));
  }

  private static String count(int seeds) {
    return seeds == 1 ? "1 seed" : seeds + " seeds";
  }

  private static Verdict expectation(String title, List<Question> questions) {
    List<Question> failed = questions.stream().filter(question -> !question.holds()).toList();
    if (failed.isEmpty()) {
      String all = questions.size() == 1 ? "" : "in all " + questions.size() + " arms: ";
      return new Verdict(title, Outcome.HELD, all + measured(questions));
    }
    String share =
        questions.size() == 1
            ? ""
            : "fails in " + failed.size() + " of " + questions.size() + " arms: ";
    return new Verdict(title, Outcome.FAILED, share + measured(failed));
  }

  private static String measured(List<Question> questions) {
    List<String> shown = questions.stream().limit(MOST_ARMS_SHOWN).map(Question::measured).toList();
    int hidden = questions.size() - shown.size();
    return String.join("; ", shown) + (hidden > 0 ? "; and " + hidden + " more" : "");
  }

  private Optional<String> absentArm(VerdictModel asked) {
    for (MetricUse use : asked.uses()) {
      if (use.arm().isPresent() && Question.armOf(use.arm().get(), arms).isEmpty()) {
        String label = use.metric() + "[" + String.join(", ", use.arm().get()) + "]";
        return Optional.of(label + " is not among the arms that were run");
      }
    }
    return Optional.empty();
  }
}
