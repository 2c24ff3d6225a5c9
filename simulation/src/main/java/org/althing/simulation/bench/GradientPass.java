package org.althing.simulation.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.linear.FixedHessian;
import org.althing.privacy.LocalSum;
import org.althing.privacy.NoisePlan;
import org.althing.privacy.Partition;
import org.althing.privacy.Rho;
import org.althing.release.PartitionedSum;
import org.althing.release.Release;
import org.althing.release.ReleaseSpec;
import org.althing.release.ReleaseTemplate;
import org.althing.release.SumQuery;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;
import org.althing.table.Verdict;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * One gradient of logistic regression at weights that are not zero, as a node computes it in a
 * study's second round: records of 100 cleaned columns scored, multiplied, certified and added.
 * Cleaning and the holding out of records are not in it.
 */
@BenchmarkMode(Mode.AverageTime)
public class GradientPass {
  static final int COLUMNS = 100;
  private static final int CELLS = 4;
  private static final int BATCHES = 16;
  private static final int BATCH = 8192;
  private static final int ROWS = BATCHES * BATCH;
  private static final String LABEL = "ill";

  /** Columns of four cells each. */
  @State(Scope.Thread)
  public static class OfCells {
    private final Pass pass = new Pass(new Domain.Categories(List.of("a", "b", "c", "d")));
  }

  /** Columns of numbers without bins. */
  @State(Scope.Thread)
  public static class OfNumbers {
    private final Pass pass = new Pass(new Domain.Numbers(-1, 1, false, List.of()));
  }

  /** Records, and what is asked of them. */
  private static final class Pass {
    private final List<RecordBatch> batches = new ArrayList<>();
    private final SumQuery query;
    private final NoisePlan noise;

    Pass(Domain domain) {
      Random random = new Random(19);
      List<String> names = IntStream.range(0, COLUMNS).mapToObj(c -> "c" + c).toList();
      List<Column> columns = new ArrayList<>();
      names.forEach(name -> columns.add(new Column(name, domain)));
      columns.add(new Column(LABEL, new Domain.Categories(List.of("no", "yes"))));
      // As at a node, where the source's schema is another object than the study's.
      Schema ofSource = new Schema(columns);
      IntStream.range(0, BATCHES).forEach(b -> batches.add(batch(ofSource, random)));
      Schema schema = new Schema(columns);
      FixedHessian logistic =
          new FixedHessian(
              new FeatureSpace(schema, names),
              new Label(schema, LABEL, Set.of("yes")),
              new Rho(1_000_000_000_000L),
              2);
      List<ReleaseTemplate> templates = logistic.releases();
      this.query = logistic.query(1, List.of(first(templates.get(0), random)));
      this.noise = noise(templates.get(1));
    }

    private static NoisePlan noise(ReleaseTemplate template) {
      return NoisePlan.calibrate(template.blocks(), 1, 2);
    }

    /** Any release before it will do: what it holds changes weights, not work. */
    private static Release first(ReleaseTemplate template, Random random) {
      ReleaseSpec spec = new ReleaseSpec(template.name(), template.partition(), noise(template));
      long[] total = random.longs(spec.noise().shape().length(), 0, 1L << 30).toArray();
      return new Release(spec, total, 2);
    }

    LocalSum gradient() {
      PartitionedSum sum = new PartitionedSum(query, noise, Partition.ALL, 0);
      batches.forEach(sum::add);
      return sum.finish();
    }
  }

  private static RecordBatch batch(Schema schema, Random random) {
    Verdict[][] verdicts = new Verdict[COLUMNS + 1][BATCH];
    int[][] cells = new int[COLUMNS + 1][BATCH];
    double[][] numbers = new double[COLUMNS + 1][BATCH];
    for (int c = 0; c <= COLUMNS; c++) {
      int ofColumn = c < COLUMNS ? CELLS : 2;
      for (int row = 0; row < BATCH; row++) {
        boolean missing = c < COLUMNS && random.nextInt(50) == 0;
        verdicts[c][row] = missing ? Verdict.MISSING : Verdict.OK;
        cells[c][row] = missing ? -1 : random.nextInt(ofColumn);
        numbers[c][row] = 2 * random.nextDouble() - 1;
      }
    }
    return new RecordBatch(schema, verdicts, cells, numbers, random.longs(BATCH).toArray());
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public LocalSum ofCells(OfCells cells) {
    return cells.pass.gradient();
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public LocalSum ofNumbers(OfNumbers numbers) {
    return numbers.pass.gradient();
  }

  /** Reading what the gradient reads once, column by column, and adding it up. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long readCells(OfCells cells) {
    long sum = 0;
    for (RecordBatch batch : cells.pass.batches) {
      for (int c = 0; c < COLUMNS; c++) {
        for (int row = 0; row < BATCH; row++) {
          sum += batch.verdict(c, row) == Verdict.OK ? batch.cell(c, row) : 0;
        }
      }
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public double readNumbers(OfNumbers numbers) {
    double sum = 0;
    for (RecordBatch batch : numbers.pass.batches) {
      for (int c = 0; c < COLUMNS; c++) {
        for (int row = 0; row < BATCH; row++) {
          sum += batch.verdict(c, row) == Verdict.OK ? batch.number(c, row) : 0;
        }
      }
    }
    return sum;
  }
}
