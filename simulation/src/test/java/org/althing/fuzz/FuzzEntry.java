package org.althing.fuzz;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where Jazzer's own driver enters: it calls these two methods by their names, the first with a
 * decoder and a folder of its seeds.
 */
public final class FuzzEntry {
  private static @Nullable FuzzTarget target;

  private FuzzEntry() {}

  public static void fuzzerInitialize(String[] arguments) throws Exception {
    target = Decoder.valueOf(arguments[0]).target();
    // Loads and instruments the classes now: libFuzzer would count that as the time of one input.
    for (byte[] seed : Corpus.files(Path.of(arguments[1])).values()) {
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
