package org.althing.table;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Test fixture: record batches from rows of text, cleaned in the plainest way. */
public final class Batches {
  private static final Set<String> SENTINELS = Set.of("?", "-9");

  private Batches() {}

  /** One unit per row, numbered from {@code firstUnit}. */
  public static RecordBatch of(Schema schema, long firstUnit, List<List<String>> rows) {
    int columns = schema.columns().size();
    Verdict[][] verdicts = new Verdict[columns][rows.size()];
    int[][] cells = new int[columns][rows.size()];
    double[][] numbers = new double[columns][rows.size()];
    long[] units = new long[rows.size()];
    for (int r = 0; r < rows.size(); r++) {
      units[r] = firstUnit + r;
      for (int c = 0; c < columns; c++) {
        clean(
            schema.columns().get(c).domain(),
            rows.get(r).get(c),
            r,
            verdicts[c],
            cells[c],
            numbers[c]);
      }
    }
    return new RecordBatch(
        schema,
        verdicts,
        cells,
        numbers,
        words(schema, verdicts, (c, r) -> rows.get(r).get(c)),
        units);
  }

  /** The same records of a schema whose numbers have no bins; without free texts. */
  public static RecordBatch withoutBins(RecordBatch batch) {
    Schema schema =
        new Schema(batch.schema().columns().stream().map(Batches::withoutBins).toList());
    int columns = schema.columns().size();
    Verdict[][] verdicts = new Verdict[columns][batch.rows()];
    int[][] cells = new int[columns][batch.rows()];
    double[][] numbers = new double[columns][batch.rows()];
    long[] units = new long[batch.rows()];
    for (int r = 0; r < batch.rows(); r++) {
      units[r] = batch.unit(r);
      for (int c = 0; c < columns; c++) {
        boolean number = schema.columns().get(c).domain() instanceof Domain.Numbers;
        verdicts[c][r] = batch.verdict(c, r);
        cells[c][r] = number ? -1 : batch.cell(c, r);
        numbers[c][r] = batch.number(c, r);
      }
    }
    return new RecordBatch(schema, verdicts, cells, numbers, units);
  }

  private static Column withoutBins(Column column) {
    return column.domain() instanceof Domain.Numbers n
        ? new Column(
            column.name(), new Domain.Numbers(n.minimum(), n.maximum(), n.whole(), List.of()))
        : column;
  }

  private static Map<Integer, int[][]> words(
      Schema schema, Verdict[][] verdicts, BiFunction<Integer, Integer, String> text) {
    Map<Integer, int[][]> words = new HashMap<>();
    for (int c = 0; c < verdicts.length; c++) {
      if (schema.columns().get(c).domain() instanceof Domain.Words) {
        int[][] column = new int[verdicts[c].length][];
        for (int r = 0; r < column.length; r++) {
          column[r] = verdicts[c][r] == Verdict.OK ? hashes(text.apply(c, r)) : new int[0];
        }
        words.put(c, column);
      }
    }
    return words;
  }

  private static int[] hashes(String text) {
    return Arrays.stream(text.split(" "))
        .mapToInt(Domain.Words::hash)
        .sorted()
        .distinct()
        .limit(Domain.Words.MOST_WORDS)
        .toArray();
  }

  private static void clean(
      Domain domain, String text, int row, Verdict[] verdicts, int[] cells, double[] numbers) {
    cells[row] = -1;
    if (text.isEmpty()) {
      verdicts[row] = Verdict.MISSING;
    } else if (SENTINELS.contains(text)) {
      verdicts[row] = Verdict.SENTINEL;
    } else if (domain instanceof Domain.Categories categories) {
      cells[row] = categories.cellOf(text);
      verdicts[row] = cells[row] < 0 ? Verdict.NOT_IN_SET : Verdict.OK;
    } else if (domain instanceof Domain.Words) {
      verdicts[row] = Verdict.OK;
      numbers[row] = text.split(" ").length;
    } else if (domain instanceof Domain.Dates dates) {
      number(dates.days(), dayNumber(text), row, verdicts, cells, numbers);
    } else {
      number((Domain.Numbers) domain, text, row, verdicts, cells, numbers);
    }
  }

  private static String dayNumber(String text) {
    try {
      return Long.toString(LocalDate.parse(text).toEpochDay());
    } catch (DateTimeException e) {
      return "no day";
    }
  }

  private static void number(
      Domain.Numbers range,
      String text,
      int row,
      Verdict[] verdicts,
      int[] cells,
      double[] numbers) {
    try {
      double value = Double.parseDouble(text);
      numbers[row] = value;
      boolean inside = value >= range.minimum() && value <= range.maximum();
      verdicts[row] = inside ? Verdict.OK : Verdict.OUT_OF_RANGE;
      cells[row] = inside && range.cells() > 0 ? range.cellOf(value) : -1;
    } catch (NumberFormatException e) {
      verdicts[row] = Verdict.UNPARSABLE;
    }
  }

  /**
   * Rows as hostile as a batch can hold: any verdict, and values that are undefined or absurd
   * behind verdicts that are not OK.
   */
  public static RecordBatch hostile(Schema schema, long seed, int rows) {
    Random random = new Random(seed);
    int columns = schema.columns().size();
    Verdict[][] verdicts = new Verdict[columns][rows];
    int[][] cells = new int[columns][rows];
    double[][] numbers = new double[columns][rows];
    for (int c = 0; c < columns; c++) {
      Domain domain = schema.columns().get(c).domain();
      for (int r = 0; r < rows; r++) {
        boolean fine = random.nextInt(4) != 0;
        verdicts[c][r] = fine ? Verdict.OK : Verdict.values()[random.nextInt(6)];
        cells[c][r] = verdicts[c][r] == Verdict.OK ? anyCell(domain, random) : -1;
        numbers[c][r] = anyNumber(domain, random, verdicts[c][r] == Verdict.OK);
      }
    }
    return new RecordBatch(
        schema,
        verdicts,
        cells,
        numbers,
        words(schema, verdicts, (c, r) -> anyWords(random)),
        LongStream.range(0, rows).toArray());
  }

  private static String anyWords(Random random) {
    return random
        .ints(random.nextInt(4) == 0 ? 2000 : random.nextInt(1, 30), 0, 5000)
        .mapToObj(n -> "word" + n)
        .collect(Collectors.joining(" "));
  }

  private static int anyCell(Domain domain, Random random) {
    return domain.cells() == 0 ? -1 : random.nextInt(domain.cells());
  }

  private static double anyNumber(Domain domain, Random random, boolean valid) {
    if (valid && domain instanceof Domain.Numbers range) {
      double[] valids = {
        range.minimum(),
        range.maximum(),
        range.minimum() + random.nextDouble() * (range.maximum() - range.minimum())
      };
      return valids[random.nextInt(valids.length)];
    }
    double[] absurd = {
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      1e308,
      -1e308,
      Double.MIN_VALUE,
      -0.0
    };
    return absurd[random.nextInt(absurd.length)];
  }

  /** The rows of a batch whose number leaves {@code part} when divided by {@code parts}. */
  public static RecordBatch part(RecordBatch batch, int part, int parts) {
    int[] rows = IntStream.range(0, batch.rows()).filter(r -> r % parts == part).toArray();
    int columns = batch.schema().columns().size();
    Verdict[][] verdicts = new Verdict[columns][rows.length];
    int[][] cells = new int[columns][rows.length];
    double[][] numbers = new double[columns][rows.length];
    long[] units = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      units[i] = batch.unit(rows[i]);
      for (int c = 0; c < columns; c++) {
        verdicts[c][i] = batch.verdict(c, rows[i]);
        cells[c][i] = batch.cell(c, rows[i]);
        numbers[c][i] = batch.number(c, rows[i]);
      }
    }
    Map<Integer, int[][]> words = new HashMap<>();
    for (int c = 0; c < columns; c++) {
      if (batch.schema().columns().get(c).domain() instanceof Domain.Words) {
        int column = c;
        words.put(
            c, Arrays.stream(rows).mapToObj(r -> batch.words(column, r)).toArray(int[][]::new));
      }
    }
    return new RecordBatch(batch.schema(), verdicts, cells, numbers, words, units);
  }

  /** A batch without rows. */
  public static RecordBatch empty(Schema schema) {
    return of(schema, 0, List.of());
  }
}
