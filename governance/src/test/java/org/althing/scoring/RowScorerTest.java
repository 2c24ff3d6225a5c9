package org.althing.scoring;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.althing.cleaning.TextRows;
import org.althing.contract.Binding;
import org.althing.contract.BoundColumn;
import org.althing.contract.Contract;
import org.althing.contract.ContractColumn;
import org.althing.contract.PrivacyUnit;
import org.althing.contract.SourceFormat;
import org.althing.export.RandomModels;
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

  /** Every way of translation at once: other names, codes, units, commas, an absent column. */
  private static Binding binding(ModelFile file) {
    List<BoundColumn> columns = new ArrayList<>();
    for (ContractColumn column : file.columns()) {
      String name = column.column().name();
      Optional<String> local = name.equals("chol") ? Optional.empty() : Optional.of("my " + name);
      columns.add(
          new BoundColumn(
                  name,
                  local,
                  List.of("NA", "8"),
                  name.equals("sex") ? Map.of("1", "female", "2", "male") : Map.of(),
                  name.equals("visits") ? 0.5 : 1,
                  name.equals("visits") ? 1 : 0)
              .written(Optional.empty(), name.equals("dose")));
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
    double[] scores = new double[file.model().weightsByScore().size()];
    Label.Reader label = file.model().label().reader();
    RowScorer scorer = new RowScorer(file, binding, cleaner.localNames());
    double[] byColumn = RowScorer.scores(file.model(), batch);
    for (int r = 0; r < ROWS; r++) {
      for (int c = 0; c < rows.get(r).length; c++) {
        scorer.field(c, rows.get(r)[c]);
      }
      scorer.endRow();
      scorer.scores(scores, 0);
      double[] expected =
          file.model() instanceof SoftmaxModel classes
              ? classes.scorer().scores(batch, r)
              : new double[] {((LinearModel) file.model()).scorer().logit(batch, r)};
      assertThat(scores).as("row %d", r).isEqualTo(expected);
      int first = r * scores.length;
      assertThat(Arrays.copyOfRange(byColumn, first, first + scores.length)).isEqualTo(expected);
      assertThat(scorer.outcome())
          .isEqualTo(label.isLabelled(batch, r) ? label.outcome(batch, r) : RowScorer.UNLABELLED);
    }
  }

  @Test
  void aRowWithoutFieldsIsOneOfMissingValues() {
    ModelFile file = RandomModels.of(new Random(9));
    List<String> names = binding(file).localNames();
    RowScorer scorer = new RowScorer(file, binding(file), names);
    for (int c = 0; c < names.size(); c++) {
      scorer.field(c, "NA");
    }
    scorer.endRow();
    double missing = scorer.logit();
    scorer.endRow();
    assertThat(scorer.logit()).isEqualTo(missing);
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
