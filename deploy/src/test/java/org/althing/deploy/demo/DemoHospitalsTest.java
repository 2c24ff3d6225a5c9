package org.althing.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.althing.encoding.Digest;
import org.althing.table.RecordBatch;
import org.althing.table.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoHospitalsTest {
  @TempDir private Path folder;

  private List<RecordBatch> read(Bundled demo, String hospital, long seed) throws Exception {
    Path file = folder.resolve(hospital + seed + ".csv");
    Files.write(file, DemoHospitals.files(seed).get(hospital + ".csv"));
    return demo.read(hospital, file);
  }

  @Test
  void isAPureFunctionOfTheSeed() {
    Map<String, byte[]> one = DemoHospitals.files(1);
    Map<String, byte[]> again = DemoHospitals.files(1);
    Map<String, byte[]> other = DemoHospitals.files(2);
    assertThat(one.keySet())
        .containsExactly("harbour.csv", "hillside.csv", "lakeside.csv", "riverside.csv");
    one.forEach(
        (name, bytes) -> {
          assertThat(bytes).isEqualTo(again.get(name)).isNotEqualTo(other.get(name));
        });
    // Golden: the same bytes on every platform and Java version.
    assertThat(Digest.of(one.get("riverside.csv")).brief()).isEqualTo("44ad61ff");
  }

  @Test
  void everyHospitalReadsUnderItsBindingAndShowsItsOwnDirt() throws Exception {
    Bundled demo = new Bundled("demo");
    double[] rates = new double[4];
    for (int h = 0; h < 4; h++) {
      String name = DemoHospitals.names().get(h);
      List<RecordBatch> batches = read(demo, name, 1);
      int rows = Bundled.rows(batches);
      assertThat(rows).isBetween(1450, 3200);
      int diseased = demo.count(batches, "heart_disease", 1);
      rates[h] = diseased / (double) (diseased + demo.count(batches, "heart_disease", 0));
      for (String column : List.of("age", "systolic", "cholesterol", "bmi", "sex", "chest_pain")) {
        int dirt = demo.dirt(batches, column).values().stream().mapToInt(i -> i).sum();
        assertThat(dirt).as(name + " " + column).isBetween(1, rows / 5);
      }
      if (!name.equals("harbour")) {
        assertThat(demo.dirt(batches, "bmi"))
            .containsKeys(
                Verdict.MISSING, Verdict.SENTINEL, Verdict.UNPARSABLE, Verdict.OUT_OF_RANGE);
      }
    }
    assertThat(rates).isSorted();
    assertThat(rates[0]).isBetween(0.15, 0.3);
    assertThat(rates[3]).isBetween(0.5, 0.75);
    List<RecordBatch> lakeside = read(demo, "lakeside", 1);
    assertThat(demo.dirt(lakeside, "glucose"))
        .isEqualTo(Map.of(Verdict.MISSING, Bundled.rows(lakeside)));
  }

  @Test
  void unitsAgreeAfterBinding() throws Exception {
    Bundled demo = new Bundled("demo");
    for (String column : List.of("cholesterol", "glucose")) {
      double harbour = mean(demo, read(demo, "harbour", 1), column);
      double hillside = mean(demo, read(demo, "hillside", 1), column);
      assertThat(hillside / harbour).isBetween(0.93, 1.07);
    }
  }

  private static double mean(Bundled demo, List<RecordBatch> batches, String column) {
    int index = demo.contract().schema().indexOf(column);
    double sum = 0;
    int count = 0;
    for (RecordBatch batch : batches) {
      for (int r = 0; r < batch.rows(); r++) {
        if (batch.verdict(index, r) == Verdict.OK) {
          sum += batch.number(index, r);
          count++;
        }
      }
    }
    return sum / count;
  }

  @Test
  void holdsASignalThatAGoodModelCanFind() throws Exception {
    Bundled demo = new Bundled("demo");
    List<double[]> scored = new ArrayList<>();
    for (String name : DemoHospitals.names()) {
      for (RecordBatch batch : read(demo, name, 1)) {
        for (int r = 0; r < batch.rows(); r++) {
          int label = batch.cell(demo.contract().schema().indexOf("heart_disease"), r);
          if (label >= 0) {
            scored.add(new double[] {score(demo, batch, r), label});
          }
        }
      }
    }
    double auc = areaUnderCurve(scored);
    assertThat(auc).isBetween(0.83, 0.89);
  }

  private static double score(Bundled demo, RecordBatch batch, int row) {
    return 0.062 * number(demo, batch, row, "age", 58)
        + 1.1 * Math.max(0, cell(demo, batch, row, "sex"))
        + 0.48 * Math.max(0, cell(demo, batch, row, "smoking"))
        + 0.021 * number(demo, batch, row, "systolic", 134)
        + 0.011 * number(demo, batch, row, "cholesterol", 208)
        + 0.055 * number(demo, batch, row, "bmi", 27)
        + 0.012 * number(demo, batch, row, "glucose", 95)
        - 0.033 * number(demo, batch, row, "max_heart_rate", 152)
        + new double[] {0.8, 0, 0.8, 2.3}[1 + cell(demo, batch, row, "chest_pain")]
        + 0.6 * Math.max(0, cell(demo, batch, row, "family_history"));
  }

  private static double number(Bundled demo, RecordBatch batch, int row, String name, double mean) {
    int column = demo.contract().schema().indexOf(name);
    return batch.verdict(column, row) == Verdict.OK ? batch.number(column, row) - mean : 0;
  }

  private static int cell(Bundled demo, RecordBatch batch, int row, String name) {
    return batch.cell(demo.contract().schema().indexOf(name), row);
  }

  private static double areaUnderCurve(List<double[]> scored) {
    scored.sort(Comparator.comparingDouble(s -> s[0]));
    double rankSum = 0;
    double positives = 0;
    for (int i = 0; i < scored.size(); i++) {
      rankSum += scored.get(i)[1] * (i + 1);
      positives += scored.get(i)[1];
    }
    double negatives = scored.size() - positives;
    return (rankSum - positives * (positives + 1) / 2) / (positives * negatives);
  }
}
