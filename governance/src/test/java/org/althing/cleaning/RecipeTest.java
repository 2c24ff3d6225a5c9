package org.althing.cleaning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.althing.cleaning.Step.Bins;
import org.althing.cleaning.Step.Clip;
import org.althing.cleaning.Step.Distinct;
import org.althing.cleaning.Step.Impute;
import org.althing.cleaning.Step.Keep;
import org.althing.cleaning.Step.Range;
import org.althing.cleaning.Step.Sample;
import org.althing.cleaning.Step.Strata;
import org.althing.cleaning.Step.Values;
import org.althing.contract.Binding;
import org.althing.contract.BoundColumn;
import org.althing.contract.Contract;
import org.althing.contract.ContractColumn;
import org.althing.contract.ContractColumn.Use;
import org.althing.contract.PrivacyUnit;
import org.althing.contract.SourceFormat;
import org.althing.encoding.Digest;
import org.althing.model.features.FeatureSpace;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.Language;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;
import org.althing.table.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecipeTest {
  private static final byte[] SALT = new byte[16];
  private static final Digest DIGEST = Digest.of(new byte[0]);
  private static final List<Step.OfRows> ROW_STEPS =
      List.of(
          new Keep("age >= 30"),
          new Keep("sex = 'f' OR chol IS NULL"),
          new Distinct(List.of("age", "sex")),
          new Distinct(List.of("sex")),
          new Sample(50),
          new Strata("sex", 2),
          new Strata("age", 1));

  private static ContractColumn column(String name, Domain domain, Use use) {
    return new ContractColumn(
        new Column(name, domain), "", false, use, List.of("?"), Optional.empty());
  }

  private static Contract contract(Optional<String> key, int rows) {
    return new Contract(
        "c",
        "1",
        "c",
        "t",
        List.of(
            column("id", new Domain.Text(), Use.LOCAL),
            column("age", new Domain.Numbers(0, 120, true, List.of(40.0, 60.0)), Use.FEDERATED),
            column("chol", new Domain.Numbers(50, 700, false, List.of()), Use.FEDERATED),
            column("sex", new Domain.Categories(List.of("f", "m")), Use.FEDERATED),
            column("note", new Domain.Words(Language.ENGLISH, List.of()), Use.FEDERATED)),
        new PrivacyUnit("patient", key, rows),
        List.of(),
        DIGEST);
  }

  private static final Contract CONTRACT = contract(Optional.of("id"), 1);

  private static Binding binding() {
    return new Binding(
        "c",
        "1",
        SourceFormat.COMMA_UTF8,
        List.of("id", "age", "chol", "sex", "note").stream().map(BoundColumn::same).toList(),
        DIGEST);
  }

  private static RecordBatch clean(Contract contract, Recipe recipe, List<String[]> rows) {
    Cleaner cleaner = new Cleaner(contract, binding(), SALT, recipe);
    cleaner.see(TextRows.of(rows));
    while (cleaner.wantsWeighing()) {
      cleaner.startPass();
      cleaner.weigh(TextRows.of(rows));
      cleaner.endWeighing();
    }
    cleaner.startPass();
    return cleaner.clean(TextRows.of(rows));
  }

  private static RecordBatch cleanOne(Recipe recipe, String... fields) {
    String[] row = {"p", fields[0], fields[1], fields[2], "a note"};
    return clean(CONTRACT, recipe, Collections.singletonList(row));
  }

  private static Recipe recipe(Step... steps) {
    return new Recipe(List.of(steps));
  }

  @Test
  void clipsToTheNearestEndOfTheDeclaredRange() {
    Recipe recipe = recipe(new Clip("age", Optional.empty()));
    assertThat(cleanOne(recipe, "500", "1", "f").number(0, 0)).isEqualTo(120);
    assertThat(cleanOne(recipe, "-1e999", "1", "f").number(0, 0)).isZero();
    RecordBatch within = cleanOne(recipe, "61", "1", "f");
    assertThat(within.number(0, 0)).isEqualTo(61);
    assertThat(within.cell(0, 0)).isEqualTo(2);
    // Another column's range is not touched.
    assertThat(within.verdict(1, 0)).isEqualTo(Verdict.OUT_OF_RANGE);
  }

  @Test
  void clippingToANarrowerRangeLeavesItsBins() {
    Recipe recipe = recipe(new Clip("age", Optional.of(new Range(50, 90))));
    Domain.Numbers left =
        (Domain.Numbers) recipe.appliedTo(CONTRACT).column("age").orElseThrow().column().domain();
    assertThat(left).isEqualTo(new Domain.Numbers(50, 90, true, List.of(60.0)));
    RecordBatch batch = cleanOne(recipe, "45", "60", "f");
    assertThat(batch.number(0, 0)).isEqualTo(50);
    assertThat(batch.cell(0, 0)).isZero();
  }

  @Test
  void cutsIntoOtherBins() {
    Recipe recipe = recipe(new Bins("chol", List.of(200.0, 240.0)));
    assertThat(cleanOne(recipe, "45", "240", "f").cell(1, 0)).isEqualTo(2);
  }

  /** So that a linear model has two coordinates of it: its place on the range, and its absence. */
  @Test
  void readsNumbersAsValuesWhateverTheirBins() {
    Recipe recipe = recipe(new Values(List.of("age")));
    assertThat(recipe.misfits(CONTRACT)).isEmpty();
    Schema schema = recipe.appliedTo(CONTRACT).schema();
    assertThat(schema.column("age").domain())
        .isEqualTo(new Domain.Numbers(0, 120, true, List.of()));
    assertThat(new FeatureSpace(schema, List.of("age")).coordinateNames())
        .containsExactly("age = value", "age = missing or other", "bias");
    assertThat(cleanOne(recipe, "45", "60", "f").number(0, 0)).isEqualTo(45);
    assertThat(recipe.stability()).isEqualTo(1);
  }

  @Test
  void fillsWhatIsNotKnownAndFaultyTextsOnlyWhereAsked() {
    Recipe unknown = recipe(new Impute("chol", "240", false), new Impute("sex", "f", true));
    for (String text : List.of("", "?", " ")) {
      RecordBatch batch = cleanOne(unknown, "45", text, "x");
      assertThat(batch.verdict(1, 0)).isEqualTo(Verdict.OK);
      assertThat(batch.number(1, 0)).isEqualTo(240);
      assertThat(batch.cell(2, 0)).isZero();
    }
    assertThat(cleanOne(unknown, "45", "9999", "m").verdict(1, 0)).isEqualTo(Verdict.OUT_OF_RANGE);
    assertThat(cleanOne(unknown, "45", "word", "m").verdict(1, 0)).isEqualTo(Verdict.UNPARSABLE);
    assertThat(cleanOne(unknown, "45", "60", "m").cell(2, 0)).isEqualTo(1);
  }

  @Test
  void saysEveryColumnItCannotUse() {
    Recipe recipe =
        recipe(new Clip("salary", Optional.empty()), new Distinct(List.of("id", "age")));
    assertThat(recipe.misfits(CONTRACT))
        .satisfiesExactly(
            reason -> assertThat(reason).contains("salary"),
            reason -> assertThat(reason).contains("names id"));
  }

  static List<Step> steps() {
    return List.of(
        new Clip("sex", Optional.empty()),
        new Clip("age", Optional.of(new Range(-10, 50))),
        new Clip("age", Optional.of(new Range(10.5, 50))),
        new Bins("age", List.of(60.0, 40.0)),
        new Values(List.of("age", "sex")),
        new Impute("sex", "x", false),
        new Impute("age", "130", false),
        new Impute("note", "x", false),
        new Keep("age >="),
        new Keep("age > 'old'"),
        new Strata("chol", 3));
  }

  @ParameterizedTest
  @MethodSource("steps")
  void refusesStepsThatDoNotFitTheContract(Step step) {
    assertThat(recipe(step).misfits(CONTRACT)).hasSize(1);
  }

  @Test
  void refusesAValueThatALaterClipForbids() {
    Recipe recipe =
        recipe(new Impute("age", "100", false), new Clip("age", Optional.of(new Range(20, 80))));
    assertThat(recipe.misfits(CONTRACT))
        .containsExactly(
            "cleaning: column age cannot be filled with \"100\", which is no value of it");
  }

  @Test
  void putsColumnsBeforeRows() {
    assertThatThrownBy(() -> recipe(new Sample(10), new Clip("age", Optional.empty())))
        .hasMessageContaining("clip comes after a step about rows");
  }

  static LongStream seeds() {
    return LongStream.range(0, 500);
  }

  /** The claim on which the noise rests. */
  @ParameterizedTest
  @MethodSource("seeds")
  void oneUnitChangesNoMoreRowsThanTheStabilityAllows(long seed) {
    Random random = new Random(seed);
    int most = 1 + random.nextInt(3);
    boolean keyed = random.nextBoolean();
    Contract contract = keyed ? contract(Optional.of("id"), most) : contract(Optional.empty(), 1);
    Recipe recipe = randomRecipe(random);
    List<String[]> rows = randomRows(random);
    String[] removed = rows.get(random.nextInt(rows.size()));
    String gone = removed[0];
    List<String[]> neighbour = new ArrayList<>(rows);
    if (keyed && !gone.isEmpty()) {
      neighbour.removeIf(row -> row[0].equals(gone));
    } else {
      // Without a key every row is a unit of its own.
      neighbour.removeIf(row -> row == removed);
    }
    Collections.shuffle(neighbour, random);
    long changed =
        difference(
            counted(clean(contract, recipe, rows)), counted(clean(contract, recipe, neighbour)));
    assertThat(changed).isLessThanOrEqualTo(contract.unit().maxRows() * recipe.stability());
  }

  @Test
  void theStabilityOfStepsThatLetOthersInIsReached() {
    List<String[]> rows = List.of(row("a", "50"), row("b", "70"));
    Recipe recipe = recipe(new Distinct(List.of("sex")));
    RecordBatch one = clean(CONTRACT, recipe, rows);
    assertThat(one.rows()).isEqualTo(1);
    String kept = one.number(0, 0) == 50 ? "a" : "b";
    RecordBatch other =
        clean(CONTRACT, recipe, rows.stream().filter(r -> !r[0].equals(kept)).toList());
    assertThat(difference(counted(one), counted(other))).isEqualTo(2);
    assertThat(recipe.stability()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theOrderOfRowsChangesNothing(long seed) {
    Random random = new Random(seed);
    Contract contract = contract(Optional.of("id"), 1 + random.nextInt(3));
    Recipe recipe = randomRecipe(random);
    List<String[]> rows = randomRows(random);
    List<String[]> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, random);
    assertThat(counted(clean(contract, recipe, shuffled)))
        .isEqualTo(counted(clean(contract, recipe, rows)));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void groupsKeepAsManyRowsAsTheyMay(long seed) {
    Random random = new Random(seed);
    List<String[]> rows = randomRows(random);
    RecordBatch all = clean(CONTRACT, Recipe.NONE, rows);
    Map<Object, Long> bySex =
        groups(all, r -> all.verdict(2, r) == Verdict.OK ? all.cell(2, r) : 9);
    RecordBatch strata = clean(CONTRACT, recipe(new Strata("sex", 2)), rows);
    assertThat(groups(strata, r -> strata.verdict(2, r) == Verdict.OK ? strata.cell(2, r) : 9))
        .isEqualTo(
            bySex.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> Math.min(2, e.getValue()))));
    long unknown = bySex.getOrDefault(9, 0L);
    long known = bySex.keySet().stream().filter(k -> !k.equals(9)).count();
    assertThat(clean(CONTRACT, recipe(new Distinct(List.of("sex"))), rows).rows())
        .isEqualTo(unknown + known);
  }

  @Test
  void aSampleTakesUnitsWholeAndAboutAsManyAsAsked() {
    Contract three = contract(Optional.of("id"), 3);
    List<String[]> rows = new ArrayList<>();
    for (int unit = 0; unit < 2000; unit++) {
      for (int r = 0; r < 3; r++) {
        rows.add(row("p" + unit, Integer.toString(20 + r)));
      }
    }
    RecordBatch sample = clean(three, recipe(new Sample(30)), rows);
    Map<Object, Long> perUnit = groups(sample, r -> sample.unit(r));
    assertThat(Set.copyOf(perUnit.values())).containsExactly(3L);
    // 600 of 2000 with a deviation of 20.5: outside by chance once in 10^6 salts.
    assertThat(perUnit.size()).isBetween(500, 700);
    // Independent of the split: about half of a sample is in the lower half of the hundredths.
    long low =
        LongStream.range(0, sample.rows()).filter(r -> sample.hundredth((int) r) < 50).count() / 3;
    assertThat(low).isBetween(perUnit.size() / 2 - 65L, perUnit.size() / 2 + 65L);
  }

  @Test
  void rowsAreNotCleanedBeforeAllWereWeighed() {
    Cleaner cleaner = new Cleaner(CONTRACT, binding(), SALT, recipe(new Distinct(List.of("age"))));
    cleaner.see(TextRows.of(List.<String[]>of(row("a", "5"))));
    cleaner.startPass();
    assertThatThrownBy(() -> cleaner.clean(TextRows.of(List.<String[]>of(row("a", "5")))))
        .isInstanceOf(IllegalStateException.class);
  }

  private static String[] row(String id, String age) {
    return new String[] {id, age, "200", "f", "well"};
  }

  private static Recipe randomRecipe(Random random) {
    List<Step> steps = new ArrayList<>();
    if (random.nextBoolean()) {
      steps.add(new Clip("age", Optional.empty()));
    }
    if (random.nextBoolean()) {
      steps.add(new Impute("sex", "m", random.nextBoolean()));
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      steps.add(ROW_STEPS.get(random.nextInt(ROW_STEPS.size())));
    }
    return new Recipe(steps);
  }

  private static List<String[]> randomRows(Random random) {
    List<String> ages = List.of("30", "30.0", "45", "61", "999", "", "old");
    List<String> sexes = List.of("f", "m", "m", "?", "x");
    List<String[]> rows = new ArrayList<>();
    for (int i = 1 + random.nextInt(14); i > 0; i--) {
      rows.add(
          new String[] {
            random.nextInt(8) == 0 ? "" : "p" + random.nextInt(5),
            ages.get(random.nextInt(ages.size())),
            Integer.toString(100 + random.nextInt(3)),
            sexes.get(random.nextInt(sexes.size())),
            random.nextBoolean() ? "chest pain" : ""
          });
    }
    return rows;
  }

  private static Map<Object, Long> counted(RecordBatch batch) {
    return groups(
        batch,
        r -> {
          List<Object> values = new ArrayList<>();
          for (int c = 0; c < batch.schema().columns().size(); c++) {
            values.add(batch.verdict(c, r));
            if (batch.verdict(c, r) == Verdict.OK) {
              values.add(batch.cell(c, r));
              values.add(batch.number(c, r));
            }
          }
          return values;
        });
  }

  private static Map<Object, Long> groups(RecordBatch batch, Function<Integer, Object> key) {
    Map<Object, Long> groups = new HashMap<>();
    for (int r = 0; r < batch.rows(); r++) {
      groups.merge(key.apply(r), 1L, Long::sum);
    }
    return groups;
  }

  private static long difference(Map<Object, Long> one, Map<Object, Long> other) {
    Map<Object, Long> signed = new HashMap<>(one);
    other.forEach((key, count) -> signed.merge(key, -count, Long::sum));
    return signed.values().stream().mapToLong(Math::abs).sum();
  }
}
