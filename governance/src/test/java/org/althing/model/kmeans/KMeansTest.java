package org.althing.model.kmeans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.althing.model.Heart;
import org.althing.privacy.Rho;
import org.althing.release.Measure;
import org.althing.release.PaperFederation;
import org.althing.release.Release;
import org.althing.table.Batches;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KMeansTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              new Column("age", new Domain.Numbers(0, 100, false, List.of())),
              new Column("bp", new Domain.Numbers(80, 180, false, List.of())),
              new Column("chol", new Domain.Numbers(100, 500, false, List.of())),
              new Column("sex", new Domain.Categories(List.of("f", "m")))));
  private static final List<String> NUMBERS = List.of("age", "bp", "chol");
  private static final Rho QUIET = Rho.roundedUp(900);

  /** Places of the middles of blobs, in parts of the ranges. */
  private static final double[][] MIDDLES = {
    {0.2, 0.2, 0.3}, {0.8, 0.25, 0.7}, {0.3, 0.8, 0.6}, {0.75, 0.75, 0.2}
  };

  private static RecordBatch blobs(int rows, long seed) {
    Random random = new Random(seed);
    List<List<String>> all = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      double[] middle = MIDDLES[random.nextInt(10) % 4];
      List<String> row = new ArrayList<>();
      for (int c = 0; c < NUMBERS.size(); c++) {
        Domain.Numbers range = (Domain.Numbers) SCHEMA.column(NUMBERS.get(c)).domain();
        double part = Math.max(0, Math.min(1, middle[c] + 0.06 * random.nextGaussian()));
        row.add(Double.toString(range.minimum() + part * (range.maximum() - range.minimum())));
      }
      row.add("f");
      all.add(row);
    }
    return Batches.of(SCHEMA, 0, all);
  }

  private static double[][] scaled(Clusters clusters, Schema schema) {
    return clusters.clusters().stream()
        .filter(Clusters.Cluster::isDistinct)
        .map(
            cluster ->
                IntStream.range(0, clusters.columns().size())
                    .mapToDouble(
                        c -> {
                          Domain.Numbers range =
                              (Domain.Numbers) schema.column(clusters.columns().get(c)).domain();
                          double half = (range.maximum() - range.minimum()) / 2;
                          return (cluster.centre().get(c).value() - range.minimum()) / half - 1;
                        })
                    .toArray())
        .toArray(double[][]::new);
  }

  /** The rounds written out on pooled rows: split, assign, average. */
  private static double[][] central(double[][] points, int clusters, int rounds) {
    double[][] centres = new double[1][points[0].length];
    for (int round = 1; round < rounds; round++) {
      centres = split(points, centres, Math.min(1 << round, clusters));
    }
    return CentralLloyd.means(points, centres);
  }

  private static double[][] split(double[][] points, double[][] centres, int count) {
    List<double[]> means = new ArrayList<>();
    List<double[]> squares = new ArrayList<>();
    List<Double> counts = new ArrayList<>();
    for (int k = 0; k < centres.length; k++) {
      int cluster = k;
      double[][] own =
          Arrays.stream(points)
              .filter(p -> CentralLloyd.nearest(p, centres) == cluster)
              .toArray(double[][]::new);
      double[] mean = CentralLloyd.means(own, new double[1][own[0].length])[0];
      double[] within = new double[mean.length];
      for (double[] p : own) {
        for (int c = 0; c < mean.length; c++) {
          within[c] += (p[c] - mean[c]) * (p[c] - mean[c]);
        }
      }
      means.add(mean);
      squares.add(within);
      counts.add((double) own.length);
    }
    while (means.size() < count) {
      int at = 0;
      for (int k = 1; k < means.size(); k++) {
        at = Arrays.stream(squares.get(k)).sum() > Arrays.stream(squares.get(at)).sum() ? k : at;
      }
      double[] within = squares.get(at).clone();
      int axis = 0;
      for (int c = 1; c < within.length; c++) {
        axis = within[c] > within[axis] ? c : axis;
      }
      double apart = Math.sqrt(2 / Math.PI * within[axis] / counts.get(at));
      double[] left = means.get(at).clone();
      double[] right = left.clone();
      left[axis] -= apart;
      right[axis] += apart;
      // Each has half of the records, narrower across the cut.
      within[axis] *= 1 - 2 / Math.PI;
      double[] halved = Arrays.stream(within).map(w -> w / 2).toArray();
      means.set(at, left);
      squares.set(at, halved);
      means.add(right);
      squares.add(halved);
      counts.set(at, counts.get(at) / 2);
      counts.add(counts.get(at));
    }
    return means.toArray(double[][]::new);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void withoutNoiseItIsTheSameRoundsOnPooledRows(long seed) {
    RecordBatch batch = blobs(500, seed);
    double[][] points = CentralLloyd.points(List.of(batch), NUMBERS);
    double[][] expected = central(points, 4, 5);
    Clusters found =
        PaperFederation.exact()
            .run(
                new KMeans(SCHEMA, NUMBERS, 4, QUIET, 5),
                List.of(Batches.part(batch, 0, 2), Batches.part(batch, 1, 2)));
    double[][] centres = scaled(found, SCHEMA);
    assertThat(centres).hasNumberOfRows(4);
    for (double[] centre : centres) {
      double[] nearest = expected[CentralLloyd.nearest(centre, expected)];
      assertThat(centre).containsExactly(nearest, within(1e-9));
    }
    assertThat(found.records().value()).isEqualTo(500);
    double[] mean = CentralLloyd.means(points, new double[1][3])[0];
    assertThat(found.total().value())
        .isCloseTo(CentralLloyd.inertia(points, new double[][] {mean}), within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"0.5, 0.00850553, 1.10", "1, 0.03055660, 1.05", "3, 0.22424917, 1.02"})
  void findsBlobsThroughTheNoise(double epsilon, double rho, double most) {
    RecordBatch batch = blobs(4000, 7);
    List<RecordBatch> nodes =
        IntStream.range(0, 4).mapToObj(part -> Batches.part(batch, part, 4)).toList();
    double ratio = meanRatio(SCHEMA, NUMBERS, 4, Rho.roundedDown(rho), 4000, nodes, 20);
    System.out.printf(Locale.ROOT, "blobs, ε = %s: inertia %.4f of Lloyd's%n", epsilon, ratio);
    assertThat(ratio).isBetween(1 - 1e-9, most);
  }

  @ParameterizedTest
  @CsvSource({"1, 0.03055660, 1.8", "3, 0.22424917, 1.25", "10, 1.78269562, 1.10"})
  void comesNearLloydOnHeartPatients(double epsilon, double rho, double most) {
    Heart heart = Heart.load();
    Schema schema = heart.train().get(0).schema();
    double ratio =
        meanRatio(schema, Heart.NUMBERS, 3, Rho.roundedDown(rho), 486, heart.train(), 20);
    System.out.printf(Locale.ROOT, "heart, ε = %s: inertia %.4f of Lloyd's%n", epsilon, ratio);
    assertThat(ratio).isBetween(1 - 1e-9, most);
  }

  /** Of the noisy centres' inertia on the rows to the least that Lloyd finds without noise. */
  private static double meanRatio(
      Schema schema,
      List<String> columns,
      int clusters,
      Rho rho,
      long records,
      List<RecordBatch> nodes,
      int seeds) {
    double[][] points = CentralLloyd.points(nodes, columns);
    double least = CentralLloyd.leastInertia(points, clusters);
    int rounds = KMeans.rounds(columns.size(), clusters, rho, OptionalLong.of(records));
    KMeans training = new KMeans(schema, columns, clusters, rho, rounds);
    Clusters exact = PaperFederation.exact().run(training, nodes);
    System.out.printf(
        Locale.ROOT,
        "%d rounds, without noise %.4f%n",
        rounds,
        CentralLloyd.inertia(points, scaled(exact, schema)) / least);
    return LongStream.rangeClosed(1, seeds)
        .mapToObj(seed -> PaperFederation.noisy(nodes.size(), seed).run(training, nodes))
        .mapToDouble(c -> CentralLloyd.inertia(points, scaled(c, schema)) / least)
        .average()
        .orElseThrow();
  }

  /** 95 % intervals from the noise alone, around the means of the same clusters without it. */
  @Test
  void errorsOfCentresAndSizesAreThoseOfTheNoise() {
    RecordBatch batch = blobs(3000, 9);
    double[][] points = CentralLloyd.points(List.of(batch), NUMBERS);
    KMeans training = new KMeans(SCHEMA, NUMBERS, 4, Rho.roundedDown(0.1), 4);
    int held = 0;
    int all = 0;
    for (long seed = 1; seed <= 100; seed++) {
      List<Release> releases = PaperFederation.noisy(1, seed).releases(training, List.of(batch));
      double[][] before = ((NearestQuery) training.query(3, releases.subList(0, 3))).centres();
      double[][] truth = CentralLloyd.means(points, before);
      Clusters found = training.conclude(releases);
      double[][] centres = scaled(found, SCHEMA);
      for (int k = 0; k < centres.length; k++) {
        double[] nearest = truth[CentralLloyd.nearest(centres[k], truth)];
        for (int c = 0; c < nearest.length; c++) {
          Measure place = found.clusters().get(k).centre().get(c);
          double half = List.of(50.0, 50.0, 200.0).get(c);
          double off = Math.abs(centres[k][c] - nearest[c]) * half;
          held += off <= 1.96 * place.noiseDeviation() ? 1 : 0;
          all++;
        }
      }
    }
    assertThat((double) held / all).isBetween(0.93, 0.97);
  }

  @Test
  void rowsThatLackANumberAreInNoCluster() {
    RecordBatch batch =
        Batches.of(
            SCHEMA,
            0,
            List.of(
                List.of("20", "100", "200", "f"),
                List.of("", "100", "200", "f"),
                List.of("20", "999", "200", "f"),
                List.of("20", "100", "x", "?"),
                List.of("90", "170", "400", "")));
    Clusters found =
        PaperFederation.exact().run(new KMeans(SCHEMA, NUMBERS, 2, QUIET, 3), List.of(batch));
    assertThat(found.records().value()).isEqualTo(2);
    assertThat(found.clusters().get(0).centre()).hasSize(3);
    assertThat(found.within().value()).isCloseTo(0, within(1e-9));
  }

  @Test
  void aClusterOfLessThanItsNoiseHasNoCentre() {
    Clusters found =
        PaperFederation.noisy(1, 5)
            .run(
                new KMeans(SCHEMA, NUMBERS, 3, Rho.roundedDown(0.001), 4),
                List.of(Batches.empty(SCHEMA)));
    assertThat(found.clusters()).hasSize(3);
    assertThat(found.clusters().stream().filter(c -> c.size().value() < 0))
        .isNotEmpty()
        .allSatisfy(c -> assertThat(c.isDistinct()).isFalse());
  }

  @Test
  void roundsFollowFromPublicNumbersAlone() {
    Rho rho = Rho.roundedDown(0.03);
    assertThat(KMeans.rounds(3, 4, rho, OptionalLong.of(100))).isEqualTo(4);
    assertThat(KMeans.rounds(3, 4, rho, OptionalLong.of(1_000_000))).isEqualTo(6);
    assertThat(KMeans.rounds(3, 4, rho, OptionalLong.empty())).isEqualTo(5);
    assertThat(KMeans.rounds(3, 2, rho, OptionalLong.of(1))).isEqualTo(3);
    assertThat(KMeans.rounds(3, 16, rho, OptionalLong.of(1_000_000_000))).isEqualTo(7);
    int before = 0;
    for (long records = 1; records < 1 << 24; records *= 2) {
      int rounds = KMeans.rounds(5, 8, rho, OptionalLong.of(records));
      assertThat(rounds).isBetween(Math.max(before, 5), 7);
      before = rounds;
    }
  }

  @Test
  void refusesWhatItIsNotMeantFor() {
    assertThatThrownBy(() -> new KMeans(SCHEMA, NUMBERS, 1, QUIET, 3)).hasMessageContaining("2 to");
    assertThatThrownBy(() -> new KMeans(SCHEMA, NUMBERS, 17, QUIET, 7))
        .hasMessageContaining("to 16");
    assertThatThrownBy(() -> new KMeans(SCHEMA, NUMBERS, 4, QUIET, 2))
        .hasMessageContaining("3 to 7 rounds");
    assertThatThrownBy(() -> new KMeans(SCHEMA, List.of("sex"), 2, QUIET, 3))
        .hasMessageContaining("no declared range");
    assertThatThrownBy(() -> new KMeans(SCHEMA, List.of(), 2, QUIET, 3))
        .hasMessageContaining("1 to 16 columns");
  }
}
