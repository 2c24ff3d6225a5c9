package org.althing.cleaning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.althing.contract.Binding;
import org.althing.contract.BoundColumn;
import org.althing.contract.Contract;
import org.althing.contract.ContractColumn;
import org.althing.contract.PrivacyUnit;
import org.althing.contract.SourceFormat;
import org.althing.encoding.Digest;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.RecordBatch;
import org.althing.table.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CleanerTest {
  private static final byte[] SALT = new byte[16];
  private static final Digest DIGEST = Digest.of(new byte[0]);

  private static ContractColumn column(String name, Domain domain, ContractColumn.Use use) {
    return new ContractColumn(
        new Column(name, domain), "", false, use, List.of("?"), Optional.empty());
  }

  private static Contract contract(Optional<String> key, int maxRows) {
    return new Contract(
        "c",
        "1",
        "c",
        "t",
        List.of(
            column("id", new Domain.Text(), ContractColumn.Use.LOCAL),
            column(
                "age",
                new Domain.Numbers(0, 120, true, List.of(40.0, 60.0)),
                ContractColumn.Use.FEDERATED),
            column(
                "chol",
                new Domain.Numbers(50, 700, false, List.of()),
                ContractColumn.Use.FEDERATED),
            column(
                "sex",
                new Domain.Categories(List.of("female", "male")),
                ContractColumn.Use.FEDERATED),
            column(
                "cp", new Domain.Categories(List.of("1", "2", "3")), ContractColumn.Use.FEDERATED)),
        new PrivacyUnit("patient", key, maxRows),
        List.of(),
        DIGEST);
  }

  private static Binding binding() {
    return new Binding(
        "c",
        "1",
        SourceFormat.COMMA_UTF8,
        List.of(
            BoundColumn.same("id"),
            BoundColumn.same("age"),
            new BoundColumn("chol", Optional.of("chol_mmol"), List.of("0"), Map.of(), 38.67, 0),
            new BoundColumn(
                "sex", Optional.of("sex"), List.of(), Map.of("1", "male", "2", "female"), 1, 0),
            BoundColumn.same("cp")),
        DIGEST);
  }

  private static RecordBatch clean(Contract contract, List<String[]> rows) {
    Cleaner cleaner = new Cleaner(contract, binding(), SALT);
    cleaner.see(TextRows.of(rows));
    cleaner.startPass();
    return cleaner.clean(TextRows.of(rows));
  }

  private static TextRows rows(String... row) {
    return TextRows.of(Collections.singletonList(row));
  }

  private static RecordBatch cleanOne(String... row) {
    return clean(contract(Optional.of("id"), 1), Collections.singletonList(row));
  }

  /** A column that says which organisation it is, or under which protocol all were treated. */
  @Test
  void aConstantIsTheValueOfEveryRecord() {
    List<BoundColumn> columns = new ArrayList<>(binding().columns());
    columns.set(3, BoundColumn.constant("sex", "male"));
    columns.set(2, BoundColumn.constant("chol", "210.5"));
    Binding constant = new Binding("c", "1", SourceFormat.COMMA_UTF8, columns, DIGEST);
    Cleaner cleaner = new Cleaner(contract(Optional.of("id"), 1), constant, SALT);
    assertThat(cleaner.localNames()).containsExactly("id", "age", "cp");
    TextRows rows =
        TextRows.of(List.of(new String[] {"p1", "63", "1"}, new String[] {"p2", "", "2"}));
    cleaner.see(rows);
    cleaner.startPass();
    RecordBatch batch = cleaner.clean(rows);
    assertThat(batch.rows()).isEqualTo(2);
    for (int row = 0; row < 2; row++) {
      assertThat(batch.cell(batch.schema().indexOf("sex"), row)).isEqualTo(1);
      assertThat(batch.number(batch.schema().indexOf("chol"), row)).isEqualTo(210.5);
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "63,OK",
        "63.0,OK",
        "' 63 ',OK",
        "+63,OK",
        "6.3e1,OK",
        "'\u00a063\u3000',OK",
        "'',MISSING",
        "'   ',MISSING",
        "?,SENTINEL",
        "' ? ',SENTINEL",
        "63.5,UNPARSABLE",
        "NaN,UNPARSABLE",
        "Infinity,UNPARSABLE",
        "-inf,UNPARSABLE",
        "0x3F,UNPARSABLE",
        "'1,000',UNPARSABLE",
        "'63,0',UNPARSABLE",
        "1_0,UNPARSABLE",
        "６３,UNPARSABLE",
        "1e,UNPARSABLE",
        "old,UNPARSABLE",
        "63d,UNPARSABLE",
        "1e308,OUT_OF_RANGE",
        "1e999,OUT_OF_RANGE",
        "-1,OUT_OF_RANGE",
        "121,OUT_OF_RANGE",
        "120,OK",
        "0,OK",
        "-0,OK"
      })
  void givesEachTextOneVerdict(String text, Verdict verdict) {
    RecordBatch batch = cleanOne("p", text, "5", "1", "1");
    assertThat(batch.verdict(0, 0)).isEqualTo(verdict);
    assertThat(batch.cell(0, 0) >= 0).isEqualTo(verdict == Verdict.OK);
  }

  @Test
  void binsNumbersConvertsUnitsAndMapsCodes() {
    RecordBatch batch = cleanOne("p", "60", "5", "2.0", "3.0");
    assertThat(batch.cell(0, 0)).isEqualTo(2);
    assertThat(batch.number(1, 0)).isEqualTo(5 * 38.67);
    assertThat(batch.cell(1, 0)).isEqualTo(-1);
    assertThat(batch.cell(2, 0)).isEqualTo(0);
    assertThat(batch.cell(3, 0)).isEqualTo(2);
  }

  @Test
  void readsDisguisedMissingNumbersWhateverTheirFormat() {
    for (String zero : List.of("0", "0.0", "-0", "0e0", "00")) {
      assertThat(cleanOne("p", "1", zero, "1", "1").verdict(1, 0)).isEqualTo(Verdict.SENTINEL);
    }
  }

  @Test
  void aCodeMapIsComplete() {
    assertThat(cleanOne("p", "1", "5", "male", "1").verdict(2, 0)).isEqualTo(Verdict.NOT_IN_SET);
    assertThat(cleanOne("p", "1", "5", "3", "4").verdict(3, 0)).isEqualTo(Verdict.NOT_IN_SET);
  }

  @Test
  void countsRepeatedRowsOfAUnitOnceAndAtMostTheLimit() {
    List<String[]> rows = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      rows.add(new String[] {"p", "30", "5", "1", "1"});
      rows.add(new String[] {"q", Integer.toString(30 + i), "5", "1", "1"});
    }
    assertThat(clean(contract(Optional.of("id"), 3), rows).rows()).isEqualTo(1 + 3);
    assertThat(clean(contract(Optional.of("id"), 1), rows).rows()).isEqualTo(2);
  }

  @Test
  void rowsWithoutAKeyAreUnitsOfTheirOwnEvenWhenEqual() {
    List<String[]> rows = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      rows.add(new String[] {i < 2 ? "" : "?", "30", "5", "1", "1"});
    }
    for (Contract contract :
        List.of(contract(Optional.of("id"), 1), contract(Optional.empty(), 1))) {
      RecordBatch batch = clean(contract, rows);
      assertThat(LongStream.range(0, batch.rows()).map(i -> batch.unit((int) i)).distinct().count())
          .isEqualTo(4);
    }
  }

  @Test
  void whereEveryRowCountsItNeedNotBeToldWhoseItIs() {
    List<String[]> rows =
        List.of(new String[] {"p", "30", "5", "1", "1"}, new String[] {"", "x", "", "9", "2"});
    Contract contract = contract(Optional.empty(), 1);
    Cleaner cleaner = new Cleaner(contract, binding(), SALT);
    cleaner.see(TextRows.of(rows));
    cleaner.startPass();
    RecordBatch unowned = cleaner.cleanUnowned(TextRows.of(rows));
    RecordBatch owned = clean(contract, rows);
    assertThat(cleaner.selection().rowsKept()).isEqualTo(unowned.rows()).isEqualTo(2);
    for (int row = 0; row < 2; row++) {
      for (int column = 0; column < owned.schema().columns().size(); column++) {
        assertThat(unowned.verdict(column, row)).isEqualTo(owned.verdict(column, row));
        assertThat(unowned.cell(column, row)).isEqualTo(owned.cell(column, row));
        assertThat(unowned.number(column, row)).isEqualTo(owned.number(column, row));
      }
    }
    assertThatThrownBy(() -> unowned.unit(0)).hasMessageContaining("without their units");
    assertThatThrownBy(() -> unowned.select(new int[] {1}).hundredth(0))
        .isInstanceOf(IllegalStateException.class);
    Cleaner keyed = new Cleaner(contract(Optional.of("id"), 1), binding(), SALT);
    keyed.see(TextRows.of(rows));
    assertThatThrownBy(() -> keyed.cleanUnowned(TextRows.of(rows)))
        .hasMessageContaining("the first pass is not over");
  }

  @Test
  void unitsDependOnTheSaltAndAreStableOverPasses() {
    TextRows rows = rows("p", "30", "5", "1", "1");
    Cleaner one = new Cleaner(contract(Optional.of("id"), 1), binding(), SALT);
    one.see(rows);
    one.startPass();
    long first = one.clean(rows).unit(0);
    one.startPass();
    assertThat(one.clean(rows).unit(0)).isEqualTo(first);
    byte[] other = new byte[16];
    other[3] = 1;
    Cleaner two = new Cleaner(contract(Optional.of("id"), 1), binding(), other);
    two.see(rows);
    two.startPass();
    assertThat(two.clean(rows).unit(0)).isNotEqualTo(first);
  }

  @Test
  void refusesAFirstPassAfterTheFirstAndRowsOfWrongWidth() {
    Cleaner cleaner = new Cleaner(contract(Optional.of("id"), 1), binding(), SALT);
    assertThatThrownBy(() -> cleaner.see(rows("p"))).isInstanceOf(IllegalArgumentException.class);
    cleaner.startPass();
    assertThatThrownBy(() -> cleaner.see(rows("p", "1", "1", "1", "1")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new Cleaner(contract(Optional.empty(), 1), binding(), new byte[3]))
        .hasMessageContaining("at least 16 bytes");
  }

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  private static List<String[]> randomRows(Random random, int units) {
    List<String[]> rows = new ArrayList<>();
    for (int u = 0; u < units; u++) {
      int count = 1 + random.nextInt(5);
      for (int i = 0; i < count; i++) {
        rows.add(randomRow(random, random.nextInt(6) == 0 ? "" : "p" + u));
      }
    }
    return rows;
  }

  private static String[] randomRow(Random random, String key) {
    return new String[] {
      key, Integer.toString(random.nextInt(3) * 30), Integer.toString(random.nextInt(4)), "1", "2"
    };
  }

  /** The records of a batch as a multiset, by everything a query can see. */
  private static Map<String, Integer> records(RecordBatch batch) {
    Map<String, Integer> records = new TreeMap<>();
    for (int r = 0; r < batch.rows(); r++) {
      StringBuilder text = new StringBuilder(Long.toHexString(batch.unit(r)));
      for (int c = 0; c < batch.schema().columns().size(); c++) {
        text.append('|').append(batch.verdict(c, r)).append(batch.cell(c, r)).append('/');
        text.append(batch.verdict(c, r) == Verdict.OK ? batch.number(c, r) : 0);
      }
      records.merge(text.toString(), 1, Integer::sum);
    }
    return records;
  }

  /** HMAC-SHA256 of texts after their lengths, as whoever reads the documents would write it. */
  private static long hash(String... texts) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SALT, "HmacSHA256"));
    for (String text : texts) {
      mac.update(ByteBuffer.allocate(4).putInt(text.length()).array());
      mac.update(text.getBytes(StandardCharsets.UTF_8));
    }
    return ByteBuffer.wrap(mac.doFinal()).getLong();
  }

  private static long content(String[] row) throws GeneralSecurityException {
    return hash("row/v1", row[0], row[1], row[2], row[3], row[4]);
  }

  /** The ages of the rows that count: of each key the m least hashes, each where it first comes. */
  private static List<String> countedAges(List<String[]> rows, int m)
      throws GeneralSecurityException {
    Map<String, SortedSet<Long>> hashes = new HashMap<>();
    for (String[] row : rows) {
      hashes.computeIfAbsent(row[0], key -> new TreeSet<>()).add(content(row));
    }
    Set<Long> counted = new HashSet<>();
    hashes.values().forEach(unit -> unit.stream().limit(m).forEach(counted::add));
    List<String> ages = new ArrayList<>();
    for (String[] row : rows) {
      if (row[0].isEmpty() || counted.remove(content(row))) {
        ages.add(row[1]);
      }
    }
    return ages;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void ofAUnitTheRowsOfLeastHashCountInTheirOrderHoweverTheyCome(long seed)
      throws GeneralSecurityException {
    Random random = new Random(seed);
    int maxRows = 1 + random.nextInt(3);
    List<String[]> rows = randomRows(random, 30);
    Collections.shuffle(rows, random);
    Cleaner cleaner = new Cleaner(contract(Optional.of("id"), maxRows), binding(), SALT);
    slices(random, rows).forEach(cleaner::see);
    List<String> expected = countedAges(rows, maxRows);
    for (int pass = 0; pass < 4; pass++) {
      cleaner.startPass();
      boolean owned = pass % 2 == 0;
      List<String> ages = new ArrayList<>();
      for (TextRows slice : slices(random, rows)) {
        RecordBatch batch = owned ? cleaner.clean(slice) : cleaner.cleanUnowned(slice);
        for (int r = 0; r < batch.rows(); r++) {
          ages.add(String.valueOf((int) batch.number(0, r)));
        }
      }
      assertThat(ages).isEqualTo(expected);
      assertThat(cleaner.selection().rowsKept()).isEqualTo(expected.size());
    }
  }

  /** The same rows in batches of any sizes. */
  private static List<TextRows> slices(Random random, List<String[]> rows) {
    List<TextRows> slices = new ArrayList<>();
    for (int from = 0; from < rows.size(); ) {
      int to = Math.min(rows.size(), from + 1 + random.nextInt(20));
      slices.add(TextRows.of(rows.subList(from, to)));
      from = to;
    }
    return slices;
  }

  @Test
  void aRowThatTheFirstPassDidNotSeeDoesNotCount() {
    TextRows rows = rows("p", "30", "5", "1", "1");
    Cleaner cleaner = new Cleaner(contract(Optional.of("id"), 2), binding(), SALT);
    cleaner.see(rows);
    cleaner.startPass();
    assertThat(cleaner.clean(rows).rows()).isEqualTo(1);
    assertThat(cleaner.clean(rows("q", "31", "5", "1", "1")).rows()).isZero();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theOrderOfRowsChangesNothing(long seed) {
    Random random = new Random(seed);
    Contract contract = contract(Optional.of("id"), 1 + random.nextInt(3));
    List<String[]> rows = randomRows(random, 20);
    List<String[]> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, random);
    assertThat(records(clean(contract, shuffled))).isEqualTo(records(clean(contract, rows)));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void neighboursDifferInOneUnitOnly(long seed) {
    Random random = new Random(seed);
    int maxRows = 1 + random.nextInt(3);
    Contract contract = contract(Optional.of("id"), maxRows);
    List<String[]> rows = randomRows(random, 20);
    Map<String, Integer> before = records(clean(contract, rows));
    boolean keyed = random.nextBoolean();
    List<String[]> more = new ArrayList<>(rows);
    int added = keyed ? 1 + random.nextInt(5) : 1;
    for (int i = 0; i < added; i++) {
      more.add(random.nextInt(more.size() + 1), randomRow(random, keyed ? "new" : ""));
    }
    RecordBatch after = clean(contract, more);
    Map<String, Integer> difference = new HashMap<>(records(after));
    before.forEach((record, count) -> difference.merge(record, -count, Integer::sum));
    difference.values().removeIf(count -> count == 0);
    assertThat(difference.values()).allMatch(count -> count > 0);
    assertThat(difference.values().stream().mapToInt(Integer::intValue).sum())
        .isBetween(1, maxRows);
    assertThat(difference.keySet().stream().map(r -> r.substring(0, r.indexOf('|'))).distinct())
        .hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noUnitHasMoreRowsThanTheLimit(long seed) {
    Random random = new Random(seed);
    int maxRows = 1 + random.nextInt(3);
    RecordBatch batch = clean(contract(Optional.of("id"), maxRows), randomRows(random, 30));
    Map<Long, Integer> counts = new HashMap<>();
    for (int r = 0; r < batch.rows(); r++) {
      counts.merge(batch.unit(r), 1, Integer::sum);
    }
    assertThat(counts.values()).allMatch(count -> count <= maxRows);
  }
}
