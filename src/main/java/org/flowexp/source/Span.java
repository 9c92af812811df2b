package org.flowexp.source;

/** The characters {@code start} (inclusive) to {@code end} (exclusive) of a file. */
public record Span(SourceFile file, int start, int end) {

  public Position startPosition() {
    return file.position(start);
  }

  public Position endPosition() {
    return file.position(end);
  }

  public String text() {
    return file.text().substring(start, end);
  }

  /** From the start of this span to the end of the other; both lie in one file. */
  public Span to(Span other) {
    return new Span(file, Math.min(start, other.start), Math.max(end, other.end));
  }

  /** True if the other lies within this one. */
  public boolean holds(Span other) {
    return file.name().equals(other.file.name()) && start <= other.start && other.end <= end;
  }

  /** {@code file:line}, as it stands in a message. */
  public String place() {
    return file.name() + ":" + startPosition().line();
  }
}
