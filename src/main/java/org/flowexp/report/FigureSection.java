package org.flowexp.report;

import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;
import static j2html.TagCreator.ul;

import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flowexp.run.Figure;
import org.flowexp.statistics.Spread;

/** What the field {@code figures} asks for, arm by arm. */
final class FigureSection {
  private static final int FEW = 3;

  private final Map<Arm, ArmFigures> arms = new LinkedHashMap<>();
  private final String id;

  private FigureSection(List<Arm> arms, String id) {
    arms.forEach(arm -> this.arms.put(arm, ArmFigures.of(arm)));
    this.arms.values().removeIf(drawn -> drawn.figures().isEmpty());
    this.id = id;
  }

  /**
   * The section; empty if no run drew a figure.
   *
   * @param id of the sweep, as a page may show several
   */
  static DomContent of(List<Arm> arms, String id) {
    return new FigureSection(arms, id.replaceAll("[^A-Za-z0-9]+", "-")).section();
  }

  private DomContent section() {
    if (arms.isEmpty()) {
      return j2html.TagCreator.section();
    }
    List<DomContent> all = new ArrayList<>();
    int number = 0;
    for (Map.Entry<Arm, ArmFigures> arm : arms.entrySet()) {
      all.add(
          details(
                  summary(arm.getKey().name()),
                  p(note(arm.getValue())).withClass("measured"),
                  figures(arm.getValue(), id + "-" + number++))
              .withCondOpen(arms.size() <= FEW));
    }
    return j2html.TagCreator.section(
        h2("What the samples look like"),
        p(
            "After the last step. Generated: the flow's samples, each counting once. Reweighted: the"
                + " same, each by its weight e^log_w. Reference: samples of the target."),
        tables(),
        each(all, one -> one));
  }

  private static String note(ArmFigures arm) {
    return arm.seeds() == 1
        ? "One run; bands are one standard error, by leaving out blocks of samples."
        : "The mean of " + arm.seeds() + " seeds; bands are one standard deviation over them.";
  }

  private static DomContent figures(ArmFigures arm, String id) {
    List<DomContent> drawn = new ArrayList<>();
    for (int i = 0; i < arm.figures().size(); i++) {
      Figure figure = arm.figures().get(i);
      String seeds =
          arm.drawn().get(i) < arm.seeds()
              ? " ("
                  + arm.drawn().get(i)
                  + " of "
                  + arm.seeds()
                  + " seeds; the others' axes differ)"
              : "";
      if (figure.axes().size() == 2) {
        drawn.add(surface(figure, seeds, id + "-" + i));
      } else if (figure.axes().size() == 1) {
        drawn.add(
            figure(
                figcaption(figure.title() + seeds), rawHtml(LineFigure.of(figure)), facts(figure)));
      }
    }
    return div(each(drawn, one -> one)).withClass("figures");
  }

  private static DomContent surface(Figure figure, String seeds, String id) {
    List<String> panels = SurfaceFigure.of(figure, id);
    int last = panels.size() - 1;
    return figure(
            figcaption(figure.title() + seeds),
            div(each(panels.subList(0, last), svg -> div(rawHtml(svg)))).withClass("panels"),
            div(rawHtml(panels.get(last))).withClass("over"),
            facts(figure))
        .withClass("wide");
  }

  private static DomContent facts(Figure figure) {
    return ul(each(figure.series(), series -> li(ArmFigures.words(series)))).withClass("facts");
  }

  /** The tables of all arms in one: a row an arm. */
  private DomContent tables() {
    Set<String> names = new LinkedHashSet<>();
    Map<Arm, Map<String, Figure.Fact>> rows = new LinkedHashMap<>();
    arms.forEach(
        (arm, drawn) -> {
          Map<String, Figure.Fact> row = new LinkedHashMap<>();
          for (Figure figure : drawn.figures()) {
            if (figure.quantity() == Figure.Quantity.TABLE) {
              figure.facts().forEach(fact -> row.put(fact.name(), fact));
            }
          }
          names.addAll(row.keySet());
          rows.put(arm, row);
        });
    if (names.isEmpty()) {
      return div();
    }
    return div(table(
                thead(tr(ReportPage.column("arm"), each(names, name -> ReportPage.column(name)))),
                tbody(
                    each(
                        rows,
                        (arm, row) ->
                            tr(
                                th(arm.name()).attr("scope", "row"),
                                each(names, name -> cell(row.get(name)))))))
            .withClass("sortable"))
        .withClass("scroll");
  }

  private static DomContent cell(Figure.Fact fact) {
    return fact == null
        ? ReportPage.number(Double.NaN, "–")
        : ReportPage.number(fact.value(), new Spread(fact.value(), fact.error()).text());
  }
}
