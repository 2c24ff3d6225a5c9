package org.althing.node.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.contract.Binding;
import org.althing.contract.BoundColumn;
import org.althing.contract.Contract;
import org.althing.contract.SourceFormat;
import org.althing.document.ContractDocument;
import org.althing.document.DocumentError;
import org.althing.encoding.Digest;
import org.althing.fuzz.FuzzTarget;
import org.althing.fuzz.Input;
import org.althing.table.RecordBatch;

/**
 * An organisation's file under settings of its own. Whatever is wrong with it, no text that may
 * travel or be logged holds a word of it, and two passes over it are one.
 */
public final class DelimitedFiles implements FuzzTarget {
  /** No word of the settings or of our own texts. */
  private static final String CANARY = "zaQ7vX";

  private static final List<String> CHARSETS = List.of("UTF-8", "GB18030", "ISO-8859-1");
  private static final int MOST_REJECTS = 2;
  private static final List<Character> DELIMITERS = List.of(',', ';', '|', '\t');
  private static final String CONTRACT =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: c
      version: 1.0.0
      status: active
      schema:
        - name: visits
          logicalType: object
          customProperties:
            - {property: althing.unit-of-privacy, value: {name: patient, key: id, rows: 2}}
          properties:
            - {name: id, logicalType: string}
            - {name: age, logicalType: integer, logicalTypeOptions: {minimum: 0, maximum: 120}}
            - name: city
              logicalType: string
              customProperties: [{property: althing.categories, value: [Aa, München]}]
      """;

  private final Contract contract = contract();
  private final Path file = file();

  private static Contract contract() {
    try {
      return ContractDocument.parse("c.yaml", CONTRACT.getBytes(UTF_8));
    } catch (DocumentError e) {
      throw new AssertionError(e);
    }
  }

  private static Path file() {
    try {
      Path folder = Files.createTempDirectory("althing-fuzz");
      folder.toFile().deleteOnExit();
      Path file = folder.resolve("f.csv");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public boolean take(byte[] input) throws IOException {
    Input in = new Input(input);
    Charset charset = Charset.forName(CHARSETS.get(in.choose(3)));
    int chosen = in.choose(2 * DELIMITERS.size());
    SourceFormat format =
        new SourceFormat(
            charset,
            DELIMITERS.get(chosen % DELIMITERS.size()),
            true,
            true,
            OptionalInt.empty(),
            MOST_REJECTS * (chosen / DELIMITERS.size()));
    Binding binding;
    try {
      binding = binding(format, in);
    } catch (IllegalArgumentException e) {
      // No binding document could say this.
      return false;
    }
    int plantedAt = in.two();
    Files.write(file, planted(in.rest(), plantedAt));
    try {
      RecordSource source = RecordSource.of(List.of(file), contract, binding);
      CleanRecords records = source.open(new byte[16]);
      List<RecordBatch> first = records.load();
      long counted = records.rowsCounted();
      same(first, records.load());
      if (counted != records.rowsCounted() || counted > records.rowsSeen()) {
        throw new AssertionError("two passes count other rows");
      }
      if (records.rejected().stream().anyMatch(r -> r.rows().size() > format.rejects())) {
        throw new AssertionError("more rows set aside than declared");
      }
      return true;
    } catch (SourceProblem e) {
      for (String text : List.of(e.remoteText(), e.localDetail(), String.valueOf(e.getMessage()))) {
        if (text.contains(CANARY.substring(0, 3))) {
          throw new AssertionError("a text about a file holds a text of it", e);
        }
      }
      return false;
    }
  }

  private static Binding binding(SourceFormat format, Input in) {
    String missing = new String(in.some(), UTF_8);
    String code = new String(in.some(), UTF_8);
    double factor = in.choose(2) == 0 ? 1 : Double.longBitsToDouble((long) in.two() << 48);
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put(code, "Aa");
    codes.put("M", "München");
    return new Binding(
        "c",
        "1.0.0",
        format,
        List.of(
            BoundColumn.same("id"),
            new BoundColumn("age", Optional.of("age"), List.of(missing), Map.of(), factor, 0),
            new BoundColumn("city", Optional.of("city"), List.of(missing), codes, 1, 0)),
        Digest.of(new byte[0]));
  }

  /** The bytes with the canary in them; all three charsets write it in one way. */
  private static byte[] planted(byte[] bytes, int at) {
    byte[] canary = CANARY.getBytes(UTF_8);
    int place = at % (bytes.length + 1);
    byte[] planted = Arrays.copyOf(bytes, bytes.length + canary.length);
    System.arraycopy(canary, 0, planted, place, canary.length);
    System.arraycopy(bytes, place, planted, place + canary.length, bytes.length - place);
    return planted;
  }

  private static void same(List<RecordBatch> first, List<RecordBatch> second) {
    if (!values(first).equals(values(second))) {
      throw new AssertionError("two passes over one file differ");
    }
  }

  private static List<Object> values(List<RecordBatch> batches) {
    List<Object> values = new ArrayList<>();
    for (RecordBatch batch : batches) {
      for (int row = 0; row < batch.rows(); row++) {
        values.add(batch.unit(row));
        for (int column = 0; column < batch.schema().columns().size(); column++) {
          values.add(batch.verdict(column, row));
          values.add(batch.cell(column, row));
          values.add(batch.number(column, row));
        }
      }
    }
    return values;
  }

  @Override
  public SortedMap<String, byte[]> seeds() {
    SortedMap<String, byte[]> seeds = new TreeMap<>();
    seeds.put("plain", seed(0, 0, "id,age,city\np,63,Aa\np,64,München\nq,,X\n"));
    seeds.put("quoted", seed(0, 0, "extra,city,id,age\r\n\"a,\"\"b\"\"\r\nc\",Aa,1,63\n"));
    seeds.put("semicolons", seed(1, 1, "id;age;city\n1;1e2;M\n"));
    seeds.put("latin", seed(2, 2, "id|age|city\n1|-9|code\n"));
    seeds.put("refused-ragged", seed(0, 0, "id,age,city\n1,2\n"));
    seeds.put("set-aside", seed(0, 4, "id,age,city\np,63,Aa\np,64\n,,,\nq,,X\n"));
    seeds.put("refused-too-ragged", seed(0, 4, "id,age,city\np\np\np\nq,,X\n"));
    seeds.put("refused-column-missing", seed(0, 3, "id\tage\n1\t2\n"));
    return seeds;
  }

  /** Settings with the missing code -9 and the code "code"; the canary stands at the very end. */
  private static byte[] seed(int charset, int delimiter, String text) {
    byte[] body = text.getBytes(UTF_8);
    String settings = "" + charset + delimiter + "\u0002-9\u0004code0";
    byte[] head = settings.getBytes(UTF_8);
    byte[] seed = Arrays.copyOf(head, head.length + 2 + body.length);
    // Before the last line end, so that the canary is in the last field and not a row of its own.
    seed[head.length + 1] = (byte) (body.length - 1);
    System.arraycopy(body, 0, seed, head.length + 2, body.length);
    return seed;
  }

  @Override
  public List<String> words() {
    return List.of(
        "id",
        "age",
        "city",
        "id,age,city\n",
        "Aa",
        "München",
        "\"",
        "\"\"",
        "\r\n",
        "\r",
        "\uFEFF",
        "\u0000",
        "1e308",
        "-9",
        "0x10",
        "\u2028");
  }

  /** One megabyte of room for characters, and batches of whole columns. */
  @Override
  public Allowance allowance() {
    return new Allowance(8 << 20, 1000);
  }
}
