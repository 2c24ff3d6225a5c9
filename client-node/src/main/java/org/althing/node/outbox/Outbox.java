package org.althing.node.outbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.althing.encoding.Bytes;
import org.althing.node.files.WholeFile;

/**
 * Every message of a node, written down before it is handed to the connection: one line each, one
 * file a month, in the folder {@code outbox} of the node's state.
 *
 * <p>Written by one process. It is not synced: the last lines may be lost with the power, not with
 * the process. A message that was handed over while the connection broke did not arrive.
 */
public final class Outbox {
  private static final String FILE_END = ".sent";
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path folder;
  private final Clock clock;
  private long last;

  private Outbox(Path folder, Clock clock, long last) {
    this.folder = folder;
    this.clock = clock;
    this.last = last;
  }

  /** The outbox of the node that keeps its state in {@code state}, to be written to. */
  public static Outbox open(Path state, Clock clock) throws IOException {
    Path folder = WholeFile.folder(folderOf(state));
    List<Path> months = months(folder);
    // Numbers ascend, so the newest month that holds a message holds the last one.
    long[] last = {0};
    for (int i = months.size() - 1; i >= 0 && last[0] == 0; i--) {
      readMonth(months.get(i), sent -> last[0] = sent.number(), line -> {});
    }
    return new Outbox(folder, clock, last[0]);
  }

  private static Path folderOf(Path state) {
    return state.resolve("outbox");
  }

  /**
   * Writes a message down; when this returns, the process may send it.
   *
   * @param statement what the node signed in it, kept where the message is too long to be
   */
  public void record(byte[] message, Optional<Bytes> statement) {
    Instant now = clock.instant();
    Path file = folder.resolve(YearMonth.from(now.atOffset(ZoneOffset.UTC)) + FILE_END);
    // A line that a killed process left unfinished ends here.
    String text = "\n" + SentMessage.of(last + 1, now, message, statement).toLine() + "\n";
    try (FileChannel out =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
            OWNER_ONLY)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the outbox " + file + " could not be written", e);
    }
    last++;
  }

  /**
   * Shows every message, oldest first; the node may be running.
   *
   * @param damaged takes what is said about a line that is none
   */
  public static void read(Path state, Consumer<SentMessage> to, Consumer<String> damaged)
      throws IOException {
    Path folder = folderOf(state);
    if (Files.isDirectory(folder)) {
      for (Path month : months(folder)) {
        readMonth(month, to, damaged);
      }
    }
  }

  /** The files, oldest first. */
  private static List<Path> months(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(FILE_END)).sorted().toList();
    }
  }

  private static void readMonth(Path month, Consumer<SentMessage> to, Consumer<String> damaged)
      throws IOException {
    try (BufferedReader in = Files.newBufferedReader(month, StandardCharsets.ISO_8859_1)) {
      long number = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        number++;
        Optional<SentMessage> sent = line.isEmpty() ? Optional.empty() : SentMessage.ofLine(line);
        sent.ifPresent(to);
        if (sent.isEmpty() && !line.isEmpty()) {
          damaged.accept("%s, line %d is not whole".formatted(month.getFileName(), number));
        }
      }
    }
  }
}
