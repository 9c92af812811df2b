package org.flowexp.molecule;

import java.util.ArrayList;
import java.util.List;

/** The lines of correction maps: eight types and a size, then the energies by row, φ first. */
final class MapLines {
  private final CharmmParameters parameters;
  private final List<Double> grid = new ArrayList<>();
  private List<String> types = List.of();
  private int size;
  private Line start;

  MapLines(CharmmParameters parameters) {
    this.parameters = parameters;
  }

  void accept(Line line) throws FormatException {
    if (size == 0) {
      String expected = "eight types and the size of a map";
      types = CharmmReader.types(line, 8, expected);
      size = line.whole(8, expected);
      start = line;
      if (size < 3) {
        throw line.mistake("a map of size " + size, "a size of 3 or more");
      }
      return;
    }
    for (int i = 0; i < line.words().size(); i++) {
      grid.add(line.number(i, "an energy") * CharmmReader.KCAL);
    }
    if (grid.size() >= size * size) {
      end();
    }
  }

  /** Keeps the map that was begun, if any. */
  void end() throws FormatException {
    if (size == 0) {
      return;
    }
    if (grid.size() != size * size) {
      throw start.mistake(grid.size() + " energies", size * size + " of them");
    }
    List<List<Double>> rows = new ArrayList<>();
    for (int row = 0; row < size; row++) {
      rows.add(List.copyOf(grid.subList(row * size, (row + 1) * size)));
    }
    parameters.maps.put(types, new CorrectionMap(rows));
    grid.clear();
    size = 0;
  }
}
