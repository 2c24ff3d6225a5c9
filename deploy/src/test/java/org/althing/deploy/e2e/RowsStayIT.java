package org.althing.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.althing.cli.ReportCommand;
import org.althing.deploy.lab.ClearTap;
import org.althing.deploy.lab.RealFederation;
import org.althing.encoding.Digest;
import org.althing.privacy.LedgerEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * One node's every row carries marks that nobody else may ever see: in the key, in a text, in
 * numbers. Everything it sends is recorded in clear.
 */
class RowsStayIT {
  private static final String MARK = "kestrel";
  private static final String NUMBER = "187.6543217";
  private static final String HUGE_NUMBER = "73418203.77";

  @TempDir private Path folder;
  private RealFederation federation;
  private ClearTap tap;

  @BeforeEach
  void start() throws Exception {
    federation =
        RealFederation.write(
            folder,
            Map.of(
                "east", Patients.of("east", 1010),
                "north", marked(1230),
                "south", Patients.of("south", 1470),
                "west", Patients.of("west", 1680)));
    tap = ClearTap.between(federation, "north");
    federation.startAll();
  }

  @AfterEach
  void end() throws Exception {
    federation.close();
    tap.close();
  }

  @Test
  void nothingOfARowLeavesItsNodeWhetherTheStudySucceedsOrFails() throws Exception {
    Output first = Output.of(federation, federation.submit(Questions.logistic("good")));
    assertThat(first.record().completed()).isTrue();
    assertThat(first.survivors(0)).contains("north");

    String good = marked(1230);
    stopsWith("ragged", good + "kestrel-9,41,male\n", "ALT-SRC-008");
    stopsWith("columnless", good.replaceFirst("cholesterol", "kestrel"), "ALT-SRC-011");
    stopsWith("empty", "", "ALT-SRC-002");
    stopsWith("rowless", good.substring(0, good.indexOf('\n') + 1), "ALT-SRC-003");
    stopsWith("unpaired", good + "\"kestrel", "ALT-SRC-006");

    Files.writeString(federation.data("north"), good);
    Output last = Output.of(federation, federation.submit(Questions.quality("again")));
    last.assertRows(1010 + 1230 + 1470 + 1680);
    assertOtherNoise(last, Output.of(federation, federation.submit(Questions.quality("twice"))));
    federation.end("north");
    first.assertLedgerCovers(federation, "north");
    last.assertLedgerCovers(federation, "north");
    assertNothingIsStillReserved();

    byte[] sent = tap.seen();
    assertThat(contains(sent, HexFormat.of().parseHex(last.record().study().hex())))
        .as("the tap sees what is sent, such as the study's name")
        .isTrue();
    assertUnmarked("what north sent", sent);
    List<Path> outside = new ArrayList<>(federation.filesOutsideTheNodes());
    try (Stream<Path> log = Files.walk(federation.copyLog("west"))) {
      log.filter(Files::isRegularFile).forEach(outside::add);
    }
    outside.addAll(reports("first", first, "model"));
    outside.addAll(reports("last", last, "quality"));
    for (Path file : outside) {
      assertUnmarked(file.toString(), Files.readAllBytes(file));
    }
  }

  /** A sum over the same rows once more under the same noise would be the same sum. */
  private static void assertOtherNoise(Output one, Output two) {
    assertThat(two.survivors(0)).isEqualTo(one.survivors(0));
    assertThat(two.record().releases().get(0).total())
        .isNotEqualTo(one.record().releases().get(0).total());
  }

  /** Everything that officers and catalogues are given of a study; the bundle is not compressed. */
  private List<Path> reports(String name, Output of, String own) {
    List<Path> written = new ArrayList<>();
    for (String[] each :
        new String[][] {
          {"bundle"},
          {"record", "--format", "json"},
          {"privacy", "--format", "json"},
          {own, "--format", "json", "--lang", "zh"},
          {"lineage", "--format", "openlineage"},
          {"lineage", "--format", "prov"}
        }) {
      Path file = folder.resolve("%s-%02d".formatted(name, written.size()));
      List<String> arguments = new ArrayList<>(List.of(each));
      arguments.addAll(List.of(of.folder().toString(), "-o", file.toString()));
      CommandLine command = new CommandLine(new ReportCommand());
      command.setCaseInsensitiveEnumValuesAllowed(true);
      assertThat(command.execute(arguments.toArray(String[]::new))).as(each[0]).isZero();
      written.add(file);
    }
    return written;
  }

  /** A study over bad data ends with a reason that says what is wrong, and nobody has paid. */
  private void stopsWith(String id, String data, String code) throws Exception {
    Files.writeString(federation.data("north"), data);
    Output output = Output.of(federation, federation.submit(Questions.quality(id)));
    assertThat(output.record().stopped()).as(id).isPresent();
    assertThat(output.record().stopped().get().reason())
        .startsWith("north cannot take part: " + code)
        .doesNotContain(MARK);
    assertThat(federation.events(output.record().study().hex(), "Charged")).isEmpty();
    assertThat(federation.log("north")).contains(code);
  }

  private void assertNothingIsStillReserved() throws Exception {
    List<LedgerEntry> ledger = federation.ledger("north");
    List<Digest> reserved =
        ledger.stream()
            .filter(LedgerEntry.StudyReserved.class::isInstance)
            .map(entry -> ((LedgerEntry.StudyReserved) entry).study())
            .toList();
    List<Digest> closed =
        ledger.stream()
            .filter(LedgerEntry.StudyClosed.class::isInstance)
            .map(entry -> ((LedgerEntry.StudyClosed) entry).study())
            .toList();
    assertThat(reserved).hasSize(8).isSubsetOf(closed);
  }

  private static void assertUnmarked(String where, byte[] bytes) {
    for (Map.Entry<String, byte[]> mark : marks().entrySet()) {
      assertThat(contains(bytes, mark.getValue())).as("%s in %s", mark.getKey(), where).isFalse();
    }
  }

  private static Map<String, byte[]> marks() {
    Map<String, byte[]> marks = new LinkedHashMap<>();
    for (String text : List.of(MARK, NUMBER, HUGE_NUMBER)) {
      marks.put(text, text.getBytes(StandardCharsets.UTF_8));
      marks.put(text + " in UTF-16", text.getBytes(StandardCharsets.UTF_16BE));
    }
    for (double number : List.of(Double.valueOf(NUMBER), Double.valueOf(HUGE_NUMBER))) {
      for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
        marks.put(
            number + " " + order, ByteBuffer.allocate(8).order(order).putDouble(number).array());
      }
    }
    return marks;
  }

  private static boolean contains(byte[] bytes, byte[] wanted) {
    // ISO-8859-1 maps each byte to one character and back.
    return new String(bytes, StandardCharsets.ISO_8859_1)
        .contains(new String(wanted, StandardCharsets.ISO_8859_1));
  }

  /** Every key and a column that nobody asks for are marked, and many values of asked columns. */
  private static String marked(int rows) {
    String[] lines = Patients.of(MARK, rows).split("\n");
    StringBuilder text = new StringBuilder(lines[0]).append(",note\n");
    for (int i = 1; i < lines.length; i++) {
      String[] fields = lines[i].split(",");
      fields[2] = i % 7 == 0 ? MARK : fields[2];
      fields[5] = i % 5 == 0 ? HUGE_NUMBER : NUMBER;
      fields[6] = i % 3 == 0 ? MARK : fields[6];
      text.append(String.join(",", fields)).append(',').append(MARK).append(i).append('\n');
    }
    return text.toString();
  }
}
