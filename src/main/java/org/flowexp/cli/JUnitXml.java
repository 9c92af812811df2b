package org.flowexp.cli;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.flowexp.claim.Evidence;
import org.flowexp.claim.Outcome;
import org.flowexp.claim.Verdict;
import org.flowexp.diagnostics.Diagnostic;
import org.flowexp.diagnostics.Severity;
import org.flowexp.run.RunRecord;
import org.flowexp.run.RunStatus;

/**
 * Verdicts as test cases, a suite a sweep: held passes, undecided is skipped, a run that did not
 * finish and a mistake in a file are errors.
 */
final class JUnitXml {
  private final XMLStreamWriter xml;

  private JUnitXml(XMLStreamWriter xml) {
    this.xml = xml;
  }

  static void write(Path file, List<RunOptions.Outcome> outcomes) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (Writer writer = Files.newBufferedWriter(file)) {
      new JUnitXml(XMLOutputFactory.newFactory().createXMLStreamWriter(writer)).all(outcomes);
    } catch (XMLStreamException broken) {
      throw new IOException(file + " cannot be written", broken);
    }
  }

  private void all(List<RunOptions.Outcome> outcomes) throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeStartElement("testsuites");
    for (RunOptions.Outcome outcome : outcomes) {
      if (outcome.diagnostics().hasErrors()) {
        mistakes(outcome);
      }
      for (SweepReport report : outcome.reports()) {
        suite(outcome.file(), report);
      }
    }
    xml.writeEndElement();
    xml.writeEndDocument();
    xml.close();
  }

  private void mistakes(RunOptions.Outcome outcome) throws XMLStreamException {
    List<Diagnostic> errors =
        outcome.diagnostics().inFileOrder().stream()
            .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
            .toList();
    start(outcome.file(), errors.size(), 0, errors.size(), 0);
    for (Diagnostic error : errors) {
      testCase(outcome.file(), error.code());
      xml.writeStartElement("error");
      xml.writeAttribute("message", error.message());
      xml.writeEndElement();
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private void suite(String file, SweepReport report) throws XMLStreamException {
    String name = file + " " + report.sweep().name();
    List<RunRecord> broken =
        report.runs().stream().filter(run -> run.status() != RunStatus.FINISHED).toList();
    start(
        name,
        report.verdicts().size() + broken.size(),
        count(report, Outcome.FAILED),
        broken.size(),
        count(report, Outcome.UNDECIDED));
    for (Verdict verdict : report.verdicts()) {
      testCase(name, verdict.title());
      verdict(verdict);
      xml.writeEndElement();
    }
    for (RunRecord run : broken) {
      testCase(name, run.name());
      xml.writeStartElement("error");
      xml.writeAttribute(
          "message",
          run.status().name().toLowerCase(Locale.ROOT)
              + run.message().map(text -> ": " + text).orElse(""));
      xml.writeEndElement();
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static int count(SweepReport report, Outcome one) {
    return (int) report.verdicts().stream().filter(v -> v.outcome() == one).count();
  }

  private void start(String name, int tests, int failures, int errors, int skipped)
      throws XMLStreamException {
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", name);
    xml.writeAttribute("tests", Integer.toString(tests));
    xml.writeAttribute("failures", Integer.toString(failures));
    xml.writeAttribute("errors", Integer.toString(errors));
    xml.writeAttribute("skipped", Integer.toString(skipped));
  }

  private void testCase(String suite, String name) throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", suite);
    xml.writeAttribute("name", name);
  }

  private void verdict(Verdict verdict) throws XMLStreamException {
    if (verdict.evidence().isPresent()) {
      evidence(verdict.evidence().get());
    }
    if (verdict.outcome() != Outcome.HELD) {
      xml.writeStartElement(verdict.outcome() == Outcome.FAILED ? "failure" : "skipped");
      xml.writeAttribute("message", verdict.explanation());
      xml.writeEndElement();
    }
    xml.writeStartElement("system-out");
    xml.writeCharacters(verdict.outcome().word() + ": " + verdict.explanation());
    xml.writeEndElement();
  }

  private void evidence(Evidence evidence) throws XMLStreamException {
    xml.writeStartElement("properties");
    property("test", evidence.test());
    property("seeds", Integer.toString(evidence.seeds()));
    property("p", Double.toString(evidence.p()));
    property("p_holm", Double.toString(evidence.adjusted()));
    property("effect", Double.toString(evidence.effect()));
    property("interval", evidence.interval());
    xml.writeEndElement();
  }

  private void property(String name, String value) throws XMLStreamException {
    xml.writeStartElement("property");
    xml.writeAttribute("name", name);
    xml.writeAttribute("value", value);
    xml.writeEndElement();
  }
}
