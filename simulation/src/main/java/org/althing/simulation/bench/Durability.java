package org.althing.simulation.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.althing.encoding.Digest;
import org.althing.node.ledger.SqliteLedger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Making one entry of a ledger durable, on the disk of the working directory. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class Durability {
  private static final int ENTRY_BYTES = 300;
  private final byte[] entry = new byte[ENTRY_BYTES];
  private final Digest head = Digest.of(entry);
  private final Path folder;
  private final SqliteLedger ledger;
  private final FileChannel file;
  private long appended;

  public Durability() {
    try {
      folder = Files.createTempDirectory(Path.of(""), "althing-bench");
      ledger = SqliteLedger.create(folder.resolve("ledger.sqlite"));
      file =
          FileChannel.open(
              folder.resolve("plain"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @TearDown
  public void delete() throws IOException {
    ledger.close();
    file.close();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path each : files.toList()) {
        Files.delete(each);
      }
    }
    Files.delete(folder);
  }

  @Benchmark
  public void append() {
    ledger.append(++appended, entry, head);
  }

  /** The same bytes at the end of a file, synced. */
  @Benchmark
  public void sync() throws IOException {
    file.write(ByteBuffer.wrap(entry));
    file.force(true);
  }
}
