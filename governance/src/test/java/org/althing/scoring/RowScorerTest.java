package org.althing.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.althing.cleaning.Cleaner;
import org.althing.cleaning.ColumnCleaner;
import org.althing.cleaning.DecimalText;
import org.althing.cleaning.KnownTexts;
import org.althing.cleaning.TextList;
import org.althing.cleaning.TextRows;
import org.althing.contract.Binding;
import org.althing.contract.BoundColumn;
import org.althing.contract.Contract;
import org.althing.contract.ContractColumn;
import org.althing.contract.PrivacyUnit;
import org.althing.contract.SourceFormat;
import org.althing.export.RandomModels;
import org.althing.model.features.Classifier;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.model.features.SoftmaxModel;
import org.althing.report.ModelFile;
import org.althing.table.RecordBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowScorerTest {
  private static final int ROWS = 3000;

  /**
   * Every way of translation at once: other names, codes, units, commas, an absent column or a
   * constant. Of some models doses have a comma, of some a point.
   */
  private static Binding binding(ModelFile file) {
    boolean comma = file.model().weightsByScore().get(0)[0] > 0;
    List<BoundColumn> columns = new ArrayList<>();
    for (ContractColumn column : file.columns()) {
      String name = column.column().name();
      if (name.equals("chol") && file.columns().size() % 2 == 0) {
        columns.add(BoundColumn.constant(name, "200"));
        continue;
      }
      Optional<String> local = name.equals("chol") ? Optional.empty() : Optional.of("my " + name);
      columns.add(
          new BoundColumn(
                  name,
                  local,
                  List.of("NA", "8"),
                  name.equals("sex") ? Map.of("1", "female", "2", "male") : Map.of(),
                  name.equals("visits") ? 0.5 : 1,
                  name.equals("visits") ? 1 : 0)
              .written(Optional.empty(), comma && name.equals("dose")));
    }
    return new Binding(file.study(), "1", SourceFormat.COMMA_UTF8, columns, file.contract());
  }

  private static Contract contract(ModelFile file) {
    return new Contract(
        file.study(),
        "1",
        file.title(),
        "rows",
        file.columns(),
        new PrivacyUnit("row", Optional.empty(), 1),
        List.of(),
        file.contract());
  }

  private static String text(Random random, ContractColumn column) {
    return switch (random.nextInt(14)) {
      case 0 -> "NA";
      case 1 -> " \u00a0" + RandomModels.text(random, column) + "\t";
      case 2 -> Integer.toString(random.nextInt(10));
      case 3 -> "+" + RandomModels.text(random, column);
      case 4 -> random.nextInt(10) + "e" + random.nextInt(3);
      case 5 -> RandomModels.text(random, column).replace('.', ',');
      default -> RandomModels.text(random, column);
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void scoresFieldByFieldAsCleaningAndScoringABatchDo(long seed) {
    Random random = new Random(seed);
    ModelFile file =
        switch ((int) (seed % 8)) {
          case 0 -> RandomModels.ofRepaired(random);
          case 1 -> RandomModels.ofTexts(random);
          case 2 -> RandomModels.ofSquares(random);
          case 3 -> RandomModels.ofClasses(random);
          case 4 -> RandomModels.ofClassesOfTexts(random);
          case 5 -> RandomModels.ofInteractions(random);
          case 6 -> RandomModels.ofClassesOfInteractions(random);
          default -> RandomModels.of(random);
        };
    Binding binding = binding(file);
    Cleaner cleaner = new Cleaner(contract(file), binding, new byte[32]);
    List<String[]> rows = new ArrayList<>();
    for (int r = 0; r < ROWS; r++) {
      rows.add(
          file.columns().stream()
              .filter(c -> !c.column().name().equals("chol"))
              .map(c -> text(random, c))
              .toArray(String[]::new));
    }
    cleaner.see(TextRows.of(rows));
    cleaner.startPass();
    RecordBatch batch = cleaner.clean(TextRows.of(rows));
    Label.Reader label = file.model().label().reader();
    RowScorer ofRows = new RowScorer(file, binding, cleaner.localNames());
    RowScorer ofBytes = new RowScorer(file, binding, cleaner.localNames());
    TextRows texts = TextRows.of(rows);
    int done = 0;
    while (done < ROWS) {
      int count = Math.min(1 + random.nextInt(RowScorer.MOST_ROWS), ROWS - done);
      ofRows.score(texts, done, count);
      scoreBytes(ofBytes, rows.subList(done, done + count), random);
      double[] together = new double[count * ofBytes.width()];
      ofBytes.scores(together, 0);
      for (int r = 0; r < count; r++) {
        double[] expected = scoresOf(file.model(), batch, done + r);
        int outcome =
            label.isLabelled(batch, done + r)
                ? label.outcome(batch, done + r)
                : RowScorer.UNLABELLED;
        assertThat(ofRows.scores(r)).as("row %d", done + r).isEqualTo(expected);
        assertThat(ofBytes.scores(r)).as("row %d", done + r).isEqualTo(expected);
        int first = r * expected.length;
        assertThat(Arrays.copyOfRange(together, first, first + expected.length))
            .isEqualTo(expected);
        assertThat(ofRows.outcome(r)).isEqualTo(outcome);
        assertThat(ofBytes.outcome(r)).isEqualTo(outcome);
      }
      done += count;
    }
  }

  private static double[] scoresOf(Classifier model, RecordBatch batch, int row) {
    return model instanceof SoftmaxModel classes
        ? classes.scorer().scores(batch, row)
        : new double[] {((LinearModel) model).scorer().logit(batch, row)};
  }

  /** Other bytes stand between the fields, and those of the last may be the array's last. */
  private static void scoreBytes(RowScorer scorer, List<String[]> rows, Random random) {
    ByteArrayOutputStream utf8 = new ByteArrayOutputStream();
    int width = rows.get(0).length;
    int[] starts = new int[rows.size() * width];
    int[] ends = new int[rows.size() * width];
    for (int i = 0; i < starts.length; i++) {
      utf8.writeBytes("1,a".substring(random.nextInt(4)).getBytes(StandardCharsets.UTF_8));
      starts[i] = utf8.size();
      utf8.writeBytes(rows.get(i / width)[i % width].getBytes(StandardCharsets.UTF_8));
      ends[i] = utf8.size();
    }
    scorer.score(utf8.toByteArray(), starts, ends, rows.size());
  }

  /** As typed columns have them: with the scores of the same numbers and words as texts. */
  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28})
  void fieldsGivenAsNumbersAndPlacesScoreAsTheirTextsDo(long seed) {
    Random random = new Random(seed);
    ModelFile file =
        seed % 2 == 0 ? RandomModels.of(random) : RandomModels.ofClassesOfTexts(random);
    List<String> names = binding(file).localNames();
    int count = RowScorer.MOST_ROWS;
    TextRows typed = new TextRows(names.size());
    typed.reserveRows(count);
    String[][] texts = new String[count][names.size()];
    for (int field = 0; field < names.size(); field++) {
      String name = names.get(field);
      ContractColumn column =
          file.columns().stream()
              .filter(c -> ("my " + c.column().name()).equals(name))
              .findFirst()
              .orElseThrow();
      List<String> words = new ArrayList<>();
      double[] numbers = new double[count];
      int[] places = new int[count];
      for (int row = 0; row < count; row++) {
        numbers[row] =
            random.nextInt(3) == 0 ? random.nextInt(300) - 20 : random.nextInt(2000) / 100.0;
        words.add(text(random, column));
        places[row] = random.nextInt(words.size());
        boolean asNumber = field % 2 == 0 && random.nextInt(9) > 0;
        numbers[row] = asNumber ? numbers[row] : Double.NaN;
        places[row] = field % 2 == 1 && random.nextInt(9) > 0 ? places[row] : -1;
        texts[row][field] =
            asNumber
                ? DecimalText.of(numbers[row])
                : places[row] >= 0 ? words.get(places[row]) : "";
      }
      typed.set(field, numbers, count);
      typed.set(field, new TextList(words), places, count);
    }
    typed.endRows(count);
    RowScorer scorer = new RowScorer(file, binding(file), names);
    RowScorer plain = new RowScorer(file, binding(file), names);
    scorer.score(typed, 0, count);
    plain.score(TextRows.of(Arrays.asList(texts)), 0, count);
    for (int row = 0; row < count; row++) {
      assertThat(scorer.scores(row)).as("row %d", row).isEqualTo(plain.scores(row));
      assertThat(scorer.outcome(row)).isEqualTo(plain.outcome(row));
    }
  }

  @Test
  void emptyFieldsAreMissingValues() {
    ModelFile file = RandomModels.of(new Random(9));
    List<String> names = binding(file).localNames();
    RowScorer scorer = new RowScorer(file, binding(file), names);
    String[] missing = new String[names.size()];
    Arrays.fill(missing, "NA");
    String[] empty = new String[names.size()];
    Arrays.fill(empty, "");
    scorer.score(TextRows.of(List.of(missing, empty)), 0, 2);
    assertThat(scorer.scores(0)).isEqualTo(scorer.scores(1));
  }

  @Test
  void shortDecimalsAreReadAsJavaReadsThem() {
    Random random = new Random(11);
    for (int i = 0; i < 200_000; i++) {
      String text = Long.toString(random.nextLong() >>> (1 + random.nextInt(63)));
      int point = random.nextInt(text.length() + 1);
      text = text.substring(0, point) + "." + text.substring(point);
      text = random.nextInt(3) == 0 ? "-" + text : text;
      byte[] utf8 = ("x" + text).getBytes(StandardCharsets.UTF_8);
      assertThat(DecimalText.valueOf(utf8, 1, utf8.length)).isEqualTo(Double.parseDouble(text));
    }
  }

  /** What one of the two takes for a number, the other does too, but for exponents. */
  @Test
  void takesNothingForADecimalThatTheCleanerDoesNot() {
    Random random = new Random(12);
    String letters = "0019.+-e ,x";
    for (int i = 0; i < 100_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(7); n >= 0; n--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      byte[] utf8 = text.toString().strip().getBytes(StandardCharsets.UTF_8);
      if (utf8.length > 0 && text.indexOf("e") < 0) {
        double found = DecimalText.valueOf(utf8, 0, utf8.length);
        assertThat(found)
            .as(text.toString())
            .isEqualTo(Double.valueOf(ColumnCleaner.numberOf(text.toString()).orElse(Double.NaN)));
      }
    }
  }

  @Test
  void remembersTextsApartUntilThereIsNoRoom() {
    KnownTexts known = new KnownTexts();
    for (int i = 0; i < 6000; i++) {
      byte[] text = ("value number " + i).getBytes(StandardCharsets.UTF_8);
      assertThat(known.find(text, 0, text.length)).isEqualTo(KnownTexts.NOT_FOUND);
      assertThat(known.add(text, 0, text.length)).isEqualTo(i < 4096 ? i : KnownTexts.NOT_FOUND);
    }
    for (int i = 0; i < 6000; i++) {
      byte[] text = ("value number " + i).getBytes(StandardCharsets.UTF_8);
      assertThat(known.find(text, 0, text.length)).isEqualTo(i < 4096 ? i : KnownTexts.NOT_FOUND);
    }
  }
}
