package org.flowexp.report;

import static j2html.TagCreator.a;
import static j2html.TagCreator.body;
import static j2html.TagCreator.caption;
import static j2html.TagCreator.code;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.document;
import static j2html.TagCreator.each;
import static j2html.TagCreator.footer;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
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
import static j2html.TagCreator.summary;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.title;
import static j2html.TagCreator.tr;

import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flowexp.run.SweepRecord;
import org.flowexp.run.SweepRecord.VerdictRecord;
import org.flowexp.statistics.Spread;

/**
 * The sweeps of one file on one page: for each metric a table of sweeps by arms, each cell beside
 * where its runs began; what was claimed; then each sweep, folded.
 */
public final class OverviewPage {
  private final List<SweepRecord> sweeps;

  private OverviewPage(List<SweepRecord> sweeps) {
    this.sweeps = List.copyOf(sweeps);
  }

  /**
   * HTML in UTF-8.
   *
   * @param sweeps of one file, in the order in which they are shown; at least one
   */
  public static String of(List<SweepRecord> sweeps) {
    return new OverviewPage(sweeps).page();
  }

  private String page() {
    SweepRecord first = sweeps.get(0);
    int runs = sweeps.stream().mapToInt(sweep -> sweep.runs().size()).sum();
    String heading = first.question().isEmpty() ? first.file() : first.question();
    return document(
        html(
                j2html.TagCreator.head(
                    meta().withCharset("utf-8"),
                    meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                    meta().withName("color-scheme").withContent("light dark"),
                    title(first.file()),
                    style(rawHtml(ReportPage.resource("report.css")))),
                body(
                    header(
                        h1(heading),
                        p(
                            span(first.file()).withClass("name"),
                            span(" · " + sweeps.size() + " sweeps, " + runs + " runs"))),
                    main(matrices(), verdicts(), whole()),
                    footer(p("Written by FlowExp from the run records of " + first.finished())),
                    script(rawHtml(ReportPage.resource("report.js")))))
            .withLang("en"));
  }

  /** Sweeps that measure the same stand in the same tables. */
  private DomContent matrices() {
    Map<List<String>, List<SweepRecord>> alike = new LinkedHashMap<>();
    sweeps.forEach(
        sweep -> alike.computeIfAbsent(sweep.metrics(), key -> new ArrayList<>()).add(sweep));
    List<DomContent> tables = new ArrayList<>();
    alike.forEach((metrics, rows) -> metrics.forEach(metric -> tables.add(matrix(metric, rows))));
    return section(
        h2("From each start, with each arm"),
        p(
            "Mean over the seeds at the end, below it ± the standard deviation, and in how many runs the"
                + " number fell (↓) and rose (↑) since the first evaluation, where there are several:"
                + " start."),
        each(tables, t -> t));
  }

  private static DomContent matrix(String metric, List<SweepRecord> rows) {
    Set<String> names = new LinkedHashSet<>();
    rows.forEach(sweep -> Arm.of(sweep).forEach(arm -> names.add(arm.name())));
    List<DomContent> heads = new ArrayList<>();
    heads.add(ReportPage.column("sweep"));
    heads.add(ReportPage.column("start"));
    names.forEach(name -> heads.add(ReportPage.column(name)));
    return div(table(
                caption(metric),
                thead(tr(each(heads, cell -> cell))),
                tbody(each(rows, sweep -> row(metric, sweep, names))))
            .withClasses("sortable", "matrix"))
        .withClass("scroll");
  }

  private static DomContent row(String metric, SweepRecord sweep, Set<String> names) {
    List<DomContent> cells = new ArrayList<>();
    cells.add(th(a(sweep.name()).withHref("#" + sweep.name())).attr("scope", "row"));
    Spread start = Spread.of(Course.starts(sweep, metric));
    cells.add(Double.isNaN(start.mean()) ? td("–") : ReportPage.number(start.mean(), start.text()));
    Map<String, Arm> arms = new LinkedHashMap<>();
    Arm.of(sweep).forEach(arm -> arms.put(arm.name(), arm));
    for (String name : names) {
      cells.add(
          Optional.ofNullable(arms.get(name)).map(arm -> cell(metric, sweep, arm)).orElse(td("")));
    }
    return tr(each(cells, cell -> cell));
  }

  private static DomContent cell(String metric, SweepRecord sweep, Arm arm) {
    double[] values = arm.values(metric);
    if (values.length == 0) {
      return td("–");
    }
    Spread spread = Spread.of(values);
    Course course = Course.of(sweep, arm, metric);
    String text = spread.text();
    int sign = text.indexOf(" ± ");
    String mean = sign < 0 ? text : text.substring(0, sign);
    String below = (sign < 0 ? "" : text.substring(sign + 1) + " ") + course.text();
    return td(span(mean), span(below).withClass("course"))
        .attr("data-value", Double.toString(spread.mean()));
  }

  private DomContent verdicts() {
    List<DomContent> rows = new ArrayList<>();
    for (SweepRecord sweep : sweeps) {
      sweep.verdicts().forEach(verdict -> rows.add(verdict(sweep, verdict)));
    }
    if (rows.isEmpty()) {
      return section();
    }
    List<DomContent> heads =
        List.of(
            ReportPage.column("sweep"),
            ReportPage.column("what was asked"),
            ReportPage.column("verdict"),
            ReportPage.column("p, corrected"),
            ReportPage.column("effect"));
    return section(
        h2("What was asked"),
        div(table(thead(tr(each(heads, cell -> cell))), tbody(each(rows, row -> row)))
                .withClasses("sortable", "asked"))
            .withClass("scroll"));
  }

  private static DomContent verdict(SweepRecord sweep, VerdictRecord verdict) {
    Map<String, String> evidence = verdict.evidence();
    String p =
        evidence.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith("p, Holm"))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(evidence.getOrDefault("p", ""));
    return tr(
        th(a(sweep.name()).withHref("#" + sweep.name())).attr("scope", "row"),
        td(span(verdict.title()), code(verdict.condition()).withClass("course")),
        td(span(ReportPage.mark(verdict.outcome())).withClass("mark")).withClass(verdict.outcome()),
        td(p).attr("data-value", p),
        td(evidence.getOrDefault("effect", "")));
  }

  private DomContent whole() {
    return section(
        h2("Each sweep"),
        each(
            sweeps,
            sweep ->
                details(summary(sweep.name()), div(ReportPage.sections(sweep)))
                    .withId(sweep.name())));
  }
}
