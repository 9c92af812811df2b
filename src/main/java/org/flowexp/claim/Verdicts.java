package org.flowexp.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flowexp.model.SweepModel;
import org.flowexp.model.VerdictModel;
import org.flowexp.model.VerdictModel.Kind;
import org.flowexp.model.VerdictModel.MetricUse;
import org.flowexp.run.RunRecord;

/** Decides what a sweep asks of its runs. */
public final class Verdicts {
  private static final int MOST_ARMS_SHOWN = 3;

  private final List<ArmRuns> arms;

  private Verdicts(List<ArmRuns> arms) {
    this.arms = arms;
  }

  /** A verdict for each expectation and claim of the sweep, in its order. */
  public static List<Verdict> decide(SweepModel sweep, List<RunRecord> runs) {
    Verdicts verdicts = new Verdicts(ArmRuns.of(sweep, runs));
    return sweep.verdicts().stream().map(verdicts::decide).toList();
  }

  private Verdict decide(VerdictModel asked) {
    String title = asked.title().isBlank() ? asked.text() : asked.title();
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
    Kind kind = asked.kind();
    if (kind instanceof Kind.WithinBaseline) {
      return new Verdict(
          title, Outcome.UNDECIDED, "no baseline is recorded yet; " + measured(questions));
    }
    if (kind instanceof Kind.Claim) {
      return new Verdict(
          title,
          Outcome.UNDECIDED,
          measured(questions) + "; this version reports both sides and does not test claims yet");
    }
    return expectation(title, questions);
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
