package org.flowexp.report;

import static j2html.TagCreator.a;
import static j2html.TagCreator.body;
import static j2html.TagCreator.code;
import static j2html.TagCreator.dd;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.document;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.footer;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.header;
import static j2html.TagCreator.html;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.script;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.style;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.title;
import static j2html.TagCreator.tr;

import j2html.tags.DomContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.flowexp.run.RunRecord;
import org.flowexp.run.RunStatus;
import org.flowexp.run.SweepRecord;
import org.flowexp.run.SweepRecord.VerdictRecord;
import org.flowexp.statistics.Spread;

/**
 * A sweep on one page, in one file that needs no other: verdicts, a table, the points of each seed,
 * curves, and where it all came from.
 */
public final class ReportPage {
  private static final int SHORT = 12;

  private final SweepRecord sweep;
  private final List<Arm> arms;
  private final List<String> metrics;

  private ReportPage(SweepRecord sweep) {
    this.sweep = sweep;
    this.arms = Arm.of(sweep);
    this.metrics = sweep.metrics();
  }

  /** HTML in UTF-8. */
  public static String of(SweepRecord sweep) {
    return new ReportPage(sweep).page();
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private String page() {
    return document(
        html(
                j2html.TagCreator.head(
                    meta().withCharset("utf-8"),
                    meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                    meta().withName("color-scheme").withContent("light dark"),
                    title(sweep.name()),
                    style(rawHtml(resource("report.css")))),
                body(
                    top(),
                    main(sections()),
                    footer(p("Written by FlowExp from the run record of " + sweep.finished())),
                    script(rawHtml(resource("report.js")))))
            .withLang("en"));
  }

  /** What is shown of a sweep below its title. */
  static DomContent[] sections(SweepRecord sweep) {
    return new ReportPage(sweep).sections();
  }

  private DomContent[] sections() {
    return new DomContent[] {
      verdicts(), summary(), seeds(), curves(), FigureSection.of(arms, sweep.name()), origin()
    };
  }

  private DomContent top() {
    return header(
        h1(sweep.question().isEmpty() ? sweep.name() : sweep.question()),
        p(
            span(sweep.name()).withClass("name"),
            span(
                " · "
                    + arms.size()
                    + (arms.size() == 1 ? " arm, " : " arms, ")
                    + sweep.runs().size()
                    + (sweep.runs().size() == 1 ? " run · " : " runs · ")
                    + sweep.file())));
  }

  private DomContent verdicts() {
    if (sweep.verdicts().isEmpty()) {
      return section();
    }
    return section(h2("What was asked"), each(sweep.verdicts(), ReportPage::verdict));
  }

  private static DomContent verdict(VerdictRecord verdict) {
    return div(
            p(
                    span(mark(verdict.outcome())).withClass("mark"),
                    span(verdict.title()).withClass("title"))
                .withClass("head"),
            p(span(words(verdict) + " "), code(verdict.condition())),
            p(verdict.explanation()).withClass("measured"),
            verdict.evidence().isEmpty() ? div() : evidence(verdict.evidence()))
        .withClasses("verdict", verdict.outcome());
  }

  static String mark(String outcome) {
    return switch (outcome) {
      case "held" -> "✓ held";
      case "failed" -> "✗ failed";
      default -> "? undecided";
    };
  }

  private static String words(VerdictRecord verdict) {
    String kind = verdict.kind().equals("claim") ? "The claim" : "The expectation";
    return switch (verdict.outcome()) {
      case "held" ->
          kind + (verdict.kind().equals("claim") ? " is supported by the seeds run:" : " is met:");
      case "failed" ->
          kind
              + (verdict.kind().equals("claim")
                  ? " is not supported by the seeds run; this does not show the contrary:"
                  : " is not met:");
      default -> "These runs cannot tell:";
    };
  }

  private static DomContent evidence(Map<String, String> evidence) {
    return dl(each(evidence, (name, value) -> div(dt(name), dd(value))));
  }

  private DomContent summary() {
    List<DomContent> heads = new ArrayList<>();
    heads.add(column(String.join(", ", sweep.axes().isEmpty() ? List.of("arm") : sweep.axes())));
    heads.add(column("runs"));
    metrics.forEach(metric -> heads.add(column(metric)));
    heads.add(column("energy evaluations a run"));
    return section(
        h2("Arms"),
        p("Mean ± standard deviation over the seeds. Click a heading to sort."),
        div(table(thead(tr(each(heads, cell -> cell))), tbody(each(arms, this::row)))
                .withClass("sortable"))
            .withClass("scroll"));
  }

  static DomContent column(String text) {
    return th(j2html.TagCreator.button(text).withType("button")).attr("scope", "col");
  }

  private DomContent row(Arm arm) {
    List<DomContent> cells = new ArrayList<>();
    cells.add(th(arm.name()).attr("scope", "row"));
    long finished = arm.runs().stream().filter(r -> r.status() == RunStatus.FINISHED).count();
    int runs = arm.runs().size();
    cells.add(number((double) finished, finished == runs ? "" + runs : finished + " of " + runs));
    for (String metric : metrics) {
      double[] values = arm.values(metric);
      Spread spread = Spread.of(values);
      cells.add(number(spread.mean(), values.length == 0 ? "–" : spread.text()));
    }
    double energies = arm.runs().stream().mapToLong(RunRecord::energyEvals).average().orElse(0);
    cells.add(number(energies, String.format(Locale.ROOT, "%,.0f", energies)));
    return tr(each(cells, cell -> cell));
  }

  static DomContent number(double value, String text) {
    return td(text).attr("data-value", Double.toString(value));
  }

  private DomContent seeds() {
    return section(
        h2("Every seed"),
        p("A ring is a run; the bar is the mean of an arm, the band one standard deviation."),
        div(each(
                metrics,
                metric -> figure(figcaption(metric), rawHtml(StripFigure.of(arms, metric)))))
            .withClass("figures"));
  }

  private DomContent curves() {
    List<DomContent> figures = new ArrayList<>();
    for (int i = 0; i < metrics.size(); i++) {
      String svg = CurveFigure.of(sweep, arms, metrics.get(i), "curve-" + i);
      if (!svg.isEmpty()) {
        figures.add(figure(figcaption(metrics.get(i)), rawHtml(svg)));
      }
    }
    return figures.isEmpty()
        ? section()
        : section(
            h2("On the way"),
            p("Evaluations during training, the mean over the seeds of an arm."),
            div(each(figures, figure -> figure)).withClass("figures"));
  }

  private DomContent origin() {
    return section(
        h2("Where it comes from"),
        dl(
            div(dt("file"), dd(code(sweep.file()))),
            div(dt("its SHA-256"), dd(code(sweep.sourceHash()))),
            div(dt("sweep"), dd(code(sweep.id()))),
            div(dt("finished"), dd(sweep.finished())),
            div(dt("computed in"), dd(sweep.precision() + " on " + sweep.device())),
            div(
                dt("MLflow"),
                dd(
                    sweep.address().isEmpty()
                        ? span("not sent")
                        : a(sweep.address()).withHref(sweep.address())))),
        h3("Runs"),
        div(table(
                    thead(
                        tr(
                            column("run"),
                            column("status"),
                            column("hash"),
                            column("energy evaluations"))),
                    tbody(each(sweep.runs(), this::run)))
                .withClass("sortable"))
            .withClass("scroll"));
  }

  private DomContent run(RunRecord run) {
    String address = sweep.addresses().getOrDefault(run.id(), "");
    String status = run.status().name().toLowerCase(Locale.ROOT);
    return tr(
        th(address.isEmpty() ? span(run.name()) : a(run.name()).withHref(address))
            .attr("scope", "row"),
        td(status + run.message().map(text -> ": " + text).orElse("")),
        td(code(run.hash().substring(0, Math.min(SHORT, run.hash().length())))),
        number((double) run.energyEvals(), String.format(Locale.ROOT, "%,d", run.energyEvals())));
  }

  static String resource(String name) {
    try (InputStream input = ReportPage.class.getResourceAsStream(name)) {
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
