package org.althing.fuzz;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where Jazzer's own driver enters: it calls these two methods by their names, the first with a
 * decoder and a folder of its seeds, as one argument: the processes that Jazzer starts to reduce a
 * corpus lose what follows a blank.
 */
public final class FuzzEntry {
  private static @Nullable FuzzTarget target;

  private FuzzEntry() {}

  public static void fuzzerInitialize(String[] arguments) throws Exception {
    String[] decoderAndSeeds = arguments[0].split("=", 2);
    target = Decoder.valueOf(decoderAndSeeds[0]).target();
    // Loads and instruments the classes now: libFuzzer would count that as the time of one input.
    for (byte[] seed : Corpus.files(Path.of(decoderAndSeeds[1])).values()) {
      target.take(seed);
    }
  }

  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    if (target == null) {
      throw new IllegalStateException("Jazzer calls fuzzerInitialize first");
    }
    Bounded.take(target, input);
  }
}
