package org.flowexp.stage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flowexp.checkpoint.Archive;
import org.flowexp.checkpoint.Refusal;
import org.flowexp.data.Samples;

/**
 * A data set and what it cost.
 *
 * @param draws evaluations of u by each sampler it was drawn with, by the key of the draw, so that
 *     two data sets of one draw are not counted twice
 */
public record SampledData(Samples samples, Map<String, Long> draws) {
  static final Stage.Form<SampledData> FORM = new Form();

  /** Copies the account. */
  public SampledData {
    draws = Map.copyOf(draws);
  }

  /** Other samples that cost the same. */
  public SampledData with(Samples others) {
    return new SampledData(others, draws);
  }

  private static final class Form implements Stage.Form<SampledData> {
    @Override
    public Archive write(SampledData data) {
      List<String> keys = List.copyOf(data.draws.keySet());
      return new Archive.Builder()
          .doubles("x", data.samples.values())
          .longs("dim", data.samples.dim())
          .text("source", data.samples.source())
          .lines("draws", keys)
          .longs("evaluations", keys.stream().mapToLong(data.draws::get).toArray())
          .build();
    }

    @Override
    public SampledData read(Archive archive) throws Refusal {
      double[] x = archive.doubles("x");
      int dim = (int) archive.number("dim");
      List<String> keys = archive.lines("draws");
      long[] evaluations = archive.longs("evaluations");
      if (dim < 1 || x.length % dim != 0 || keys.size() != evaluations.length) {
        throw new Refusal(x.length + " numbers in rows of " + dim);
      }
      Map<String, Long> draws = new LinkedHashMap<>();
      for (int i = 0; i < evaluations.length; i++) {
        draws.put(keys.get(i), evaluations[i]);
      }
      return new SampledData(Samples.of(x, dim, archive.text("source")), draws);
    }

    @Override
    public boolean isKept(SampledData data) {
      return true;
    }
  }
}
