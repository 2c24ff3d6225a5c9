package org.althing.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The nightly part of fuzzing: minutes of Jazzer for every decoder, each in a process of its own,
 * beginning where the kept inputs end.
 *
 * <p>{@code -Dfuzz.seconds=N} sets the time of one decoder, {@code -Dfuzz.decoders=log-notes,...}
 * chooses some, and {@code -Dfuzz.keep=true} reduces what was found to the inputs worth keeping and
 * writes them into the sources.
 */
@Tag("nightly")
class FuzzingTest {
  private static final int SECONDS = Integer.getInteger("fuzz.seconds", 180);
  private static final String CHOSEN = System.getProperty("fuzz.decoders", "");
  private static final Path WORK = Path.of("target", "fuzz");
  private static final Path KEPT = Path.of("src", "test", "resources", "org", "althing", "fuzz");
  private static final List<JazzerRun> RUNS = Collections.synchronizedList(new ArrayList<>());

  static Stream<Decoder> decoders() {
    return Stream.of(Decoder.values())
        .filter(d -> CHOSEN.isEmpty() || List.of(CHOSEN.split(",")).contains(d.word()));
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void noInputFoundInMinutesBreaksAPromise(Decoder decoder) throws Exception {
    Path folder = Files.createDirectories(WORK.resolve(decoder.word()));
    FuzzTarget target = decoder.target();
    SortedMap<String, byte[]> known = new TreeMap<>(target.seeds());
    write(Files.createDirectories(folder.resolve("seeds")), known);
    known.putAll(Corpus.kept(decoder));
    // Inputs of an earlier night stay in the folder: it is a corpus until the next clean.
    write(Files.createDirectories(folder.resolve("corpus")), known);
    JazzerRun run = JazzerRun.fuzz(decoder, target, folder, SECONDS);
    RUNS.add(run);
    assertThat(run.exit())
        .as("%s; the whole output is in %s", run.finding(), run.output())
        .isZero();
    assertThat(run.executions()).isPositive();
    if (Boolean.getBoolean("fuzz.keep")) {
      keep(decoder, target, folder);
    }
  }

  private static void keep(Decoder decoder, FuzzTarget target, Path folder) throws Exception {
    SortedMap<String, byte[]> fewest = JazzerRun.reduce(decoder, target, folder);
    target
        .seeds()
        .values()
        .forEach(seed -> fewest.values().removeIf(i -> java.util.Arrays.equals(i, seed)));
    Files.write(Files.createDirectories(KEPT).resolve(decoder.word() + ".zip"), Corpus.zip(fewest));
  }

  private static void write(Path folder, SortedMap<String, byte[]> inputs) throws IOException {
    for (var input : inputs.entrySet()) {
      Files.write(folder.resolve(input.getKey()), input.getValue());
    }
  }

  @AfterAll
  static void printWhatWasRun() {
    StringBuilder table = new StringBuilder();
    table.append("| decoder | seconds | executions | executions/s | edges | corpus |\n");
    table.append("|---|---:|---:|---:|---:|---:|\n");
    for (JazzerRun run : RUNS) {
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %d | %,d | %,d | %,d | %,d |%n",
              run.decoder().word(),
              run.seconds(),
              run.executions(),
              run.executions() / Math.max(1, run.seconds()),
              run.edges(),
              run.inputs()));
    }
    System.out.print(table);
  }
}
