package org.althing.node.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.althing.cleaning.TextRows;
import org.althing.contract.SourceFormat;
import org.althing.encoding.Digest;
import org.althing.node.source.SourceProblem.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class ReadAheadTest {
  private static final List<String> NAMES = List.of("a", "b");
  private static final int BATCHES = 3;

  @TempDir private Path folder;

  /** What a source does with the batches of one reading. */
  private interface Reader {
    void read(RowBatches rows) throws SourceProblem;
  }

  /** A source that remembers which thread read it. */
  private static final class Source implements RowSource {
    private final Reader reader;
    private Thread thread = new Thread();

    Source(Reader reader) {
      this.reader = reader;
    }

    @Override
    public Reading scan(List<String> names, RowBatches rows) throws SourceProblem {
      thread = Thread.currentThread();
      reader.read(rows);
      rows.handOver();
      return new Reading(Digest.of(new byte[] {7}));
    }

    @Override
    public String name() {
      return "rows";
    }

    /** Whether another thread than this one read, and has ended. */
    boolean wasReadElsewhereAndIsLeft() {
      return thread != Thread.currentThread() && thread.getState() == Thread.State.TERMINATED;
    }
  }

  /** What came of a scan: each batch's rows, and how it ended. */
  private record Outcome(List<List<List<String>>> batches, Object end) {}

  private interface Scan {
    RowSource.Reading over(RowSource source, List<String> names, Consumer<TextRows> batches)
        throws SourceProblem;
  }

  private static Outcome outcome(Scan scan, RowSource source) {
    List<List<List<String>>> batches = new ArrayList<>();
    try {
      return new Outcome(batches, scan.over(source, NAMES, batch -> batches.add(Rows.of(batch))));
    } catch (SourceProblem e) {
      return new Outcome(batches, e.localDetail());
    }
  }

  private static SourceProblem ragged() {
    return new SourceProblem(Kind.RAGGED, "rows", "one more field");
  }

  private static void endless(RowBatches rows) {
    while (true) {
      rows.add(new String[] {"1", "2"});
    }
  }

  static LongStream seeds() {
    return LongStream.range(0, 30);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void batchesAndTheirEndAreThoseOfADirectScan(long seed) {
    Source source =
        new Source(
            rows -> {
              Random random = new Random(seed);
              // At and about the ends of batches, of many rows and of long ones.
              int count =
                  random.nextInt(5) * RowBatches.MOST_ROWS + Math.max(0, random.nextInt(5) - 2);
              String longer = "é".repeat(random.nextInt(3) * 400);
              for (int row = 0; row < count; row++) {
                String text = random.nextInt(3) == 0 ? "" : longer + random.nextInt(100);
                rows.add(new String[] {String.valueOf(row), text});
              }
              if (random.nextInt(3) == 0) {
                throw ragged();
              }
            });
    Outcome direct = outcome(RowSource::scan, source);
    assertThat(outcome(ReadAhead::scan, source)).isEqualTo(direct);
    assertThat(source.wasReadElsewhereAndIsLeft()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aFilesProblemComesAfterTheRowsBeforeItWithItsLine(long seed) throws IOException {
    Random random = new Random(seed);
    int bad = random.nextInt(3 * RowBatches.MOST_ROWS);
    StringBuilder text = new StringBuilder("a,b\n");
    for (int row = 0; row < 3 * RowBatches.MOST_ROWS; row++) {
      text.append(row).append(row == bad ? ",x,y\n" : ",x\n");
    }
    Path file = Files.writeString(folder.resolve("f.csv"), text);
    RowSource source = new CsvFile(file, SourceFormat.COMMA_UTF8);
    Outcome direct = outcome(RowSource::scan, source);
    assertThat(direct.end()).asString().contains("f.csv:" + (bad + 2));
    assertThat(outcome(ReadAhead::scan, source)).isEqualTo(direct);
  }

  @Test
  void whatElseTheReaderFailsWithArrivesAsItIs() {
    for (Throwable failure : List.of(new IllegalStateException("x"), new OutOfMemoryError("x"))) {
      Source source =
          new Source(
              rows -> {
                if (failure instanceof Error error) {
                  throw error;
                }
                throw (RuntimeException) failure;
              });
      assertThat(catchThrowable(() -> ReadAhead.scan(source, NAMES, batch -> {})))
          .isSameAs(failure);
      assertThat(source.wasReadElsewhereAndIsLeft()).isTrue();
    }
  }

  @Test
  void aConsumerThatFailsStopsTheReader() {
    Source source = new Source(ReadAheadTest::endless);
    AtomicInteger batches = new AtomicInteger();
    IllegalStateException failure = new IllegalStateException("no more");
    Throwable thrown =
        catchThrowable(
            () ->
                ReadAhead.scan(
                    source,
                    NAMES,
                    batch -> {
                      if (batches.incrementAndGet() == 5) {
                        throw failure;
                      }
                    }));
    assertThat(thrown).isSameAs(failure);
    assertThat(source.wasReadElsewhereAndIsLeft()).isTrue();
  }

  @Test
  void aConsumersFailureIsToldBeforeAProblemFurtherOn() {
    CountDownLatch failed = new CountDownLatch(1);
    Source source =
        new Source(
            rows -> {
              rows.add(new String[] {"1", "2"});
              rows.handOver();
              failed.countDown();
              throw ragged();
            });
    IllegalStateException failure = new IllegalStateException("no more");
    Throwable thrown =
        catchThrowable(
            () ->
                ReadAhead.scan(
                    source,
                    NAMES,
                    batch -> {
                      await(failed);
                      throw failure;
                    }));
    assertThat(thrown).isSameAs(failure);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whoeverIsInterruptedStopsTheReaderAndStaysInterrupted() {
    Source source = new Source(ReadAheadTest::endless);
    AtomicInteger batches = new AtomicInteger();
    Throwable thrown =
        catchThrowable(
            () ->
                ReadAhead.scan(
                    source,
                    NAMES,
                    batch -> {
                      if (batches.incrementAndGet() == 3) {
                        Thread.currentThread().interrupt();
                      }
                    }));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(thrown)
        .isInstanceOfSatisfying(
            SourceProblem.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREADABLE));
    assertThat(batches).hasValue(3);
    assertThat(source.wasReadElsewhereAndIsLeft()).isTrue();
  }

  @Test
  void aFewBatchesAreUsedAgainHoweverMuchFasterTheReaderIs() {
    AtomicInteger read = new AtomicInteger();
    Source source =
        new Source(
            rows -> {
              for (int batch = 0; batch < 50; batch++) {
                rows.add(new String[] {"1", "2"});
                read.incrementAndGet();
                rows.handOver();
              }
            });
    Set<TextRows> different = Collections.newSetFromMap(new IdentityHashMap<>());
    AtomicInteger worked = new AtomicInteger();
    Outcome ended =
        outcome(
            (rows, names, batches) ->
                ReadAhead.scan(
                    rows,
                    names,
                    batch -> {
                      different.add(batch);
                      if (worked.get() % 10 == 0) {
                        pause();
                      }
                      assertThat(read.get() - worked.getAndIncrement()).isBetween(1, BATCHES);
                      batches.accept(batch);
                    }),
            source);
    assertThat(ended.batches()).hasSize(50);
    assertThat(different).hasSizeLessThanOrEqualTo(BATCHES);
  }

  /** Long enough for a reader to come as far as it can. */
  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
