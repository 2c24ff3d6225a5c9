package org.althing.node.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.althing.audit.Checkpoint;
import org.althing.audit.ForkEvidence;
import org.althing.audit.NoteKey;
import org.althing.audit.SignedNote;
import org.althing.audit.Witness;
import org.althing.encoding.MalformedEncoding;
import org.althing.node.files.FolderListing;
import org.althing.node.files.WholeFile;

/**
 * The largest checkpoint this node has cosigned, as the log signed it, durable before the
 * cosignature leaves; and beside it, in the folder {@value #FORKS}, what the log signed and this
 * node refused.
 */
public final class WitnessFile {
  /** A coordinator that signs one fork after another fills no disk. */
  static final int MOST_FORKS = 100;

  private static final String FORKS = "forks";
  private static final String FORK = ".fork";

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
      byte[] kept = Files.readAllBytes(file);
      String text = new String(kept, StandardCharsets.UTF_8);
      // Before nodes kept the log's signature, the file was the checkpoint's text alone.
      return text.contains("\n\n")
          ? Witness.having(log, SignedNote.parse(kept))
          : new Witness(log, Checkpoint.parse(text), Optional.empty());
    } catch (MalformedEncoding | IllegalArgumentException e) {
      throw new IOException(
          "the witness file " + file + " is damaged or of another log: restore it from a backup",
          e);
    }
  }

  public void keep(Witness witness) {
    try {
      WholeFile.write(
          file,
          witness
              .note()
              .map(SignedNote::toBytes)
              .orElseGet(() -> witness.seen().toText().getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException("the witness file " + file + " could not be written", e);
    }
  }

  /** Keeps what was refused, once, and tells where; nowhere if there are too many already. */
  public Optional<Path> keep(ForkEvidence evidence) {
    Path folder = file.resolveSibling(FORKS);
    try {
      Path kept = WholeFile.folder(folder).resolve(evidence.digest().brief() + FORK);
      if (!Files.exists(kept)) {
        if (FolderListing.of(folder, FORK).size() >= MOST_FORKS) {
          return Optional.empty();
        }
        WholeFile.write(kept, evidence.toText().getBytes(StandardCharsets.UTF_8));
      }
      return Optional.of(kept);
    } catch (IOException e) {
      throw new UncheckedIOException("what the log signed could not be kept in " + folder, e);
    }
  }
}
