package org.althing.node.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.althing.encoding.MalformedEncoding;
import org.althing.node.files.WholeFile;
import org.althing.session.Contradiction;
import org.althing.session.LedgerMemory;

/**
 * What this node remembers of the members' ledgers, durable before it says so; and beside it, in
 * the folder {@value #PROOFS}, the proofs against those whose ledgers contradict themselves.
 */
public final class LedgerMemoryFile {
  private static final String PROOFS = "contradictions";
  private final Path file;

  /** The memory of the node that keeps its state in {@code folder}. */
  public LedgerMemoryFile(Path folder) {
    this.file = folder.resolve("ledgers");
  }

  /** What was kept, or nothing. A file that cannot be read stops the node. */
  public LedgerMemory read() throws IOException {
    if (!Files.exists(file)) {
      return LedgerMemory.nothing();
    }
    try {
      return LedgerMemory.ofBytes(Files.readAllBytes(file));
    } catch (MalformedEncoding e) {
      throw new IOException(
          "what this node remembers of other ledgers, %s, is damaged: restore it from a backup"
              .formatted(file),
          e);
    }
  }

  public void keep(LedgerMemory memory) {
    write(file, memory.toBytes());
  }

  /** Keeps a proof, once, and tells where. */
  public Path keep(Contradiction proof) {
    Path folder = file.resolveSibling(PROOFS);
    Path kept = folder.resolve(proof.node() + "-" + proof.digest().brief() + ".proof");
    try {
      WholeFile.folder(folder);
    } catch (IOException e) {
      throw failure(folder, e);
    }
    if (!Files.exists(kept)) {
      write(kept, proof.toBytes());
    }
    return kept;
  }

  private static void write(Path to, byte[] content) {
    try {
      WholeFile.write(to, content);
    } catch (IOException e) {
      throw failure(to, e);
    }
  }

  private static UncheckedIOException failure(Path file, IOException e) {
    return new UncheckedIOException(file + " could not be written", e);
  }
}
