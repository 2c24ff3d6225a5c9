package org.althing.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.althing.document.Document;
import org.althing.document.DocumentError;
import org.althing.document.StudyDocument;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.Roster;
import org.althing.party.Submission;
import org.althing.report.ModelFile;
import org.althing.report.PaperStudy;
import org.althing.study.Examples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Inputs as large as they may be, and built to cost most: what a fuzzer of short inputs cannot
 * reach. A bound on the thread's own processor time stands for "does not hang" on any machine.
 */
class HostileSizesTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long MOST_SECONDS = 30;
  private static final Roster ROSTER = Examples.roster(4);

  private interface Work {
    void run() throws Exception;
  }

  private record Cost(long bytes, long nanos) {}

  private static Cost cost(Work work) throws Exception {
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long nanos = THREADS.getCurrentThreadCpuTime();
    work.run();
    return new Cost(
        THREADS.getCurrentThreadAllocatedBytes() - bytes,
        THREADS.getCurrentThreadCpuTime() - nanos);
  }

  private static void assertCheap(String what, long mostBytes, Work work) throws Exception {
    Cost cost = cost(work);
    assertThat(cost.bytes()).as("bytes allocated for %s", what).isLessThan(mostBytes);
    assertThat(cost.nanos())
        .as("processor time of %s", what)
        .isLessThan(TimeUnit.SECONDS.toNanos(MOST_SECONDS));
  }

  /** A whole document of one thing over and over. */
  private static byte[] full(String head, String unit, String tail) {
    StringBuilder text = new StringBuilder(head);
    while (text.length() + unit.length() + tail.length() <= Document.MOST_BYTES) {
      text.append(unit);
    }
    return text.append(tail).toString().getBytes(UTF_8);
  }

  /** A numbered thing, so that no two are alike. */
  private static byte[] numbered(String head, String unit, String tail, int most) {
    StringBuilder text = new StringBuilder(head);
    for (int i = 0; i < most; i++) {
      String next = unit.replace("#", Integer.toString(i));
      if (text.length() + next.length() + tail.length() > Document.MOST_BYTES) {
        break;
      }
      text.append(next);
    }
    return text.append(tail).toString().getBytes(UTF_8);
  }

  static Stream<byte[]> documents() {
    String bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n";
    return Stream.of(
        full("", "[", ""),
        full("", "{", ""),
        full("", "{a: ", ""),
        full("", "- ", ""),
        full("", "? ", ""),
        full("", ": ", ""),
        full("a: ", "&a ", ""),
        full("a: ", "!!str ", ""),
        full("%", "TAG ! tag:x,2000:\n%", ""),
        full("a: \"", "\\U0001F600", "\"\n"),
        full("a: '", "''", "'\n"),
        full("a: |\n", "  x\n", ""),
        full("a: >\n", "\n", "x"),
        full("a:\n", "          \n", ""),
        full("", "#\n", ""),
        full("", "---\n", ""),
        full("a: ", "9", "\n"),
        full("althing: study/v1\nid: ", "a", "\n"),
        full("", "k", ": 1\n"),
        full("", "\uFEFF", ""),
        full(bomb, "b: [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n", ""),
        full("a: [", "x,", "x]\n"),
        numbered("", "k#: 1\n", "", 100_000),
        numbered("althing: study/v1\n", "k#: 1\n", "", 100_000));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void noDocumentCostsMoreThanItsSize(byte[] utf8) throws Exception {
    String start = new String(utf8, 0, 24, UTF_8).replaceAll("\\p{Cntrl}", ".");
    assertCheap(
        start,
        4000L * utf8.length,
        () -> {
          try {
            StudyDocument.read("s.yaml", utf8);
            throw new AssertionError("this is no study");
          } catch (DocumentError e) {
            Documents.placed(e, utf8);
          }
        });
  }

  static Stream<byte[]> contracts() {
    String head =
        """
        apiVersion: v3.1.0
        kind: DataContract
        id: heart
        version: 1.0.0
        status: active
        schema:
        - name: visits
          logicalType: object
          customProperties:
          - {property: althing.unit-of-privacy, value: {name: patient, rows: 1}}
          properties:
          - {name: disease, logicalType: integer, customProperties: [{property: althing.categories, value: [0, 1]}]}
          - {name: sex, logicalType: string, customProperties: [{property: althing.categories, value: [f, m]}]}
          - {name: chol, logicalType: number, logicalTypeOptions: {minimum: 50, maximum: 700}, customProperties: [{property: althing.bins, value: [200]}]}
        """;
    String age =
        "  - {name: age, logicalType: integer, logicalTypeOptions: {minimum: -1, maximum: 999999}, customProperties: [{property: althing.bins, value: [";
    String rules =
        "  - name: age\n    logicalType: integer\n    logicalTypeOptions: {minimum: 0, maximum: 9}\n    quality:\n";
    return Stream.of(
        numbered(
            head + age + "9]}]}\n",
            "  - {name: c#, logicalType: integer, logicalTypeOptions: {minimum: 0, maximum: 9}}\n",
            "",
            980),
        numbered(
            head
                + "  - {name: age, logicalType: string, customProperties: [{property: althing.categories, value: [",
            "v#,",
            "x]}]}\n",
            4000),
        numbered(head + age, "#,", "999998]}]}\n", 4000),
        numbered(
            head + rules, "    - {id: q#, metric: nullValues, mustBeLessThan: 1}\n", "", 10_000));
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void noContractMakesAPlanThatCostsMuch(byte[] contract) throws Exception {
    byte[] quality = PaperStudy.QUALITY.getBytes(UTF_8);
    byte[] bayes = PaperStudy.NAIVE_BAYES.getBytes(UTF_8);
    // All can be audited: what is measured is a plan, not a refusal.
    assertThat(Submission.of("lead-one", quality, contract, ROSTER))
        .isInstanceOf(Submission.Accepted.class);
    for (byte[] study : List.of(quality, bayes)) {
      assertCheap("a plan", 500L << 20, () -> Submission.of("lead-one", study, contract, ROSTER));
    }
  }

  /** A member's key is checked to be a point of the curve: dear, so the count comes first. */
  @Test
  void aRosterOfTooManyIsRefusedBeforeItsKeysAreRead() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CanonicalWriter head = new CanonicalWriter("roster/v1");
    ROSTER.quorum().writeTo(head);
    bytes.writeBytes(head.toBytes());
    int members = 100_000;
    bytes.writeBytes(ByteBuffer.allocate(4).putInt(members).array());
    for (int i = 0; i < members; i++) {
      byte[] id = "org-%d".formatted(i).getBytes(UTF_8);
      bytes.writeBytes(ByteBuffer.allocate(4).putInt(id.length).array());
      bytes.writeBytes(id);
      bytes.writeBytes(ByteBuffer.allocate(4).putInt(32).array());
      bytes.writeBytes(Examples.key(0).verifyingKey().bytes());
    }
    assertCheap(
        "a roster of too many",
        4L * bytes.size(),
        () -> refused(() -> Roster.ofBytes(bytes.toByteArray())));
  }

  static Stream<String> trees() {
    List<String> trees = new ArrayList<>();
    int units = 1 << 20;
    trees.add("[".repeat(units));
    trees.add("{\"a\":".repeat(units / 4));
    trees.add("{\"a\":[" + "[],".repeat(units / 3) + "[]]}");
    trees.add("{\"a\":[" + "{},".repeat(units / 3) + "{}]}");
    trees.add("{\"a\":[" + "1,".repeat(units / 2) + "1]}");
    trees.add("{\"a\":" + "9".repeat(units) + "}");
    trees.add("{\"a\":\"" + "x".repeat(units) + "\"}");
    trees.add("{\"a\":1e" + "9".repeat(60) + "}");
    return trees.stream();
  }

  @ParameterizedTest
  @MethodSource("trees")
  void noModelFileCostsMoreThanItsSize(String json) throws Exception {
    byte[] utf8 = json.getBytes(UTF_8);
    assertCheap(
        json.substring(0, 12),
        (8L << 20) + 200L * utf8.length,
        () -> refused(() -> ModelFile.ofBytes(utf8)));
  }

  private static void refused(Work work) throws Exception {
    try {
      work.run();
      throw new AssertionError("this was to be refused");
    } catch (MalformedEncoding e) {
      Promise.showable(e);
    }
  }
}
