package org.althing.simulation.bench;

import static org.althing.simulation.bench.Comparison.Unit.MICROS;
import static org.althing.simulation.bench.Comparison.Unit.MILLIS;
import static org.althing.simulation.bench.Comparison.Unit.NANOS;

import java.util.List;
import org.althing.simulation.bench.Comparison.Part;
import org.althing.simulation.bench.Microbenchmarks.Timed;
import org.althing.simulation.bench.Row.Aim;
import org.openjdk.jmh.runner.RunnerException;

/** Single parts, each timed by JMH in processes of its own. */
record Components(String section, List<Comparison> comparisons, Microbenchmarks benchmarks)
    implements Measurement {
  private static final Timed AES_WORD = Timed.of(Primitives.class, "aesWord");
  private static final Timed SHA_WORD = Timed.of(Primitives.class, "shaWord");

  @Override
  public void measure(Setting setting, List<Row> table) throws RunnerException {
    for (Comparison comparison : comparisons) {
      if (setting.wants(section, comparison.name())) {
        table.add(comparison.measured(section, benchmarks));
      }
    }
  }

  static List<Measurement> all(Microbenchmarks benchmarks) {
    return List.of(
        new Components("primitives", primitives(), benchmarks),
        new Components("masks and noise", masksAndNoise(), benchmarks),
        new Components("certification", certification(), benchmarks),
        new Components("gradient", gradient(), benchmarks),
        new Components("ledger and log", ledgerAndLog(), benchmarks),
        new Components("codec", codec(), benchmarks));
  }

  private static List<Comparison> primitives() {
    return List.of(
        Comparison.of("AES-256-CTR, 8 bytes", NANOS, AES_WORD),
        Comparison.of("add 8 bytes in the first cache", NANOS, primitive("addTileWord")),
        Comparison.of("add 8 bytes, long vectors", NANOS, primitive("addVectorWord")),
        Comparison.of("copy 8 bytes, long vectors", NANOS, primitive("copyVectorWord")),
        Comparison.of("SHA-256, 8 bytes", NANOS, SHA_WORD),
        Comparison.of("X25519 agreement", MICROS, primitive("agree")),
        Comparison.of("Ed25519 signature of 1 KiB", MICROS, primitive("sign")),
        Comparison.of("Ed25519 verification of 1 KiB", MICROS, primitive("verify")),
        Comparison.of("ML-KEM-768 encapsulation", MICROS, primitive("encapsulate")),
        Comparison.of("ML-KEM-768 decapsulation", MICROS, primitive("decapsulate")),
        Comparison.of("sharing of 64 bytes, N=100", MICROS, Timed.of(Sharing.class, "share", 100)));
  }

  private static Timed primitive(String method) {
    return Timed.of(Primitives.class, method);
  }

  private static List<Comparison> masksAndNoise() {
    Timed sample = Timed.of(Noise.class, "sample", 20);
    double words = Noise.wordsPerValue(20);
    return List.of(
        Comparison.of("one mask, per value of 64 bits", NANOS, Timed.of(Masks.class, "sweep"))
            .against("AES-256-CTR of its bytes", new Part(1, AES_WORD))
            .aiming(Aim.ratio(1.5)),
        Comparison.of("noise of sigma 2^20, per value", NANOS, sample)
            .against("its %.1f words of AES-256-CTR".formatted(words), new Part(words, AES_WORD))
            .aiming(Aim.figure(60)));
  }

  private static List<Comparison> certification() {
    Timed oneHot = Timed.of(Certification.class, "oneHot");
    Timed dense = Timed.of(Certification.class, "dense");
    return List.of(
        Comparison.of("one-hot record of 30 fields", NANOS, oneHot)
            .against(
                "the same additions unchecked",
                new Part(1, Timed.of(Certification.class, "oneHotUnchecked"))),
        Comparison.of("dense record of 100 numbers", NANOS, dense)
            .against(
                "the same additions unchecked",
                new Part(1, Timed.of(Certification.class, "denseUnchecked"))));
  }

  private static List<Comparison> gradient() {
    Timed cells = Timed.of(GradientPass.class, "ofCells");
    Timed numbers = Timed.of(GradientPass.class, "ofNumbers");
    return List.of(
        Comparison.of("record of 100 columns of cells", NANOS, cells)
            .against(
                "reading its fields once", new Part(1, Timed.of(GradientPass.class, "readCells"))),
        Comparison.of("record of 100 numbers", NANOS, numbers)
            .against(
                "reading its fields once",
                new Part(1, Timed.of(GradientPass.class, "readNumbers"))));
  }

  private static List<Comparison> ledgerAndLog() {
    return List.of(
        Comparison.of("ledger entry, durable", MICROS, Timed.waiting(Durability.class, "append"))
            .against(
                "its bytes at a file's end, synced",
                new Part(1, Timed.waiting(Durability.class, "sync"))),
        Comparison.of("log entry into the Merkle tree", NANOS, Timed.of(Log.class, "append"))
            .against("its two hashes", new Part(1, Timed.of(Log.class, "appendHashes"))),
        Comparison.of("inclusion proof of 10^5 entries", NANOS, Timed.of(Log.class, "prove"))
            .against("17 hashes", new Part(17, Timed.of(Log.class, "pairHash"))));
  }

  private static List<Comparison> codec() {
    Part copy = new Part(1, Timed.of(Codec.class, "copyInput"));
    Part hash = new Part(Primitives.VECTOR_WORDS, SHA_WORD);
    return List.of(
        Comparison.of("INPUT, d=10^6: write frames", MILLIS, Timed.of(Codec.class, "writeInput"))
            .against("one copy of its bytes", copy),
        Comparison.of("INPUT, d=10^6: read frames", MILLIS, Timed.of(Codec.class, "readInput"))
            .against("one copy of its bytes, and SHA-256", copy, hash),
        Comparison.of("vector, d=10^6: read and hash", MILLIS, Timed.of(Codec.class, "readVector"))
            .against("SHA-256 of its bytes", hash),
        Comparison.of("READY, N=100: write frames", MICROS, Timed.of(Codec.class, "writeReady")),
        Comparison.of("READY, N=100: read frames", MICROS, Timed.of(Codec.class, "readReady")));
  }
}
