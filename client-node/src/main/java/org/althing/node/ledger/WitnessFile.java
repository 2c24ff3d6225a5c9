package org.althing.node.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.althing.audit.Checkpoint;
import org.althing.audit.NoteKey;
import org.althing.audit.Witness;
import org.althing.encoding.MalformedEncoding;
import org.althing.node.files.WholeFile;

/** The largest checkpoint this node has cosigned, durable before the cosignature leaves. */
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
    try {
      WholeFile.write(file, witness.seen().toText().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("the witness file " + file + " could not be written", e);
    }
  }
}
