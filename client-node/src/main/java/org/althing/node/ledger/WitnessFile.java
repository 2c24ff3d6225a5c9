package org.althing.node.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.althing.audit.Checkpoint;
import org.althing.audit.NoteKey;
import org.althing.audit.Witness;
import org.althing.encoding.MalformedEncoding;

/**
 * The largest checkpoint this node has cosigned, durable before the cosignature leaves: written
 * beside, synced, renamed over, and the folder synced.
 */
public final class WitnessFile {
  private final Path file;
  private final NoteKey log;

  public WitnessFile(Path file, NoteKey log) {
    this.file = file;
    this.log = log;
  }

  /**
   * What was kept, or a witness that has seen nothing. A file that cannot be read stops the node.
   */
  public Witness read() throws IOException {
    if (!Files.exists(file)) {
      return Witness.of(log);
    }
    try {
      return new Witness(log, Checkpoint.parse(Files.readString(file)));
    } catch (MalformedEncoding | IllegalArgumentException e) {
      throw new IOException(
          "the witness file " + file + " is damaged or of another log: restore it from a backup",
          e);
    }
  }

  public void keep(Witness witness) {
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    try {
      byte[] text = witness.seen().toText().getBytes(StandardCharsets.UTF_8);
      try (FileChannel out =
          FileChannel.open(
              beside,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(text);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel folder =
          FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
        folder.force(true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the witness file " + file + " could not be written", e);
    }
  }
}
