package org.althing.node.outbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.althing.audit.InclusionReceipt;
import org.althing.audit.NoteKey;
import org.althing.encoding.MalformedEncoding;
import org.althing.node.files.FolderListing;
import org.althing.node.files.WholeFile;

/**
 * The receipts that the coordinator gave for what this node said, one file each, by the entry's
 * place in the log: {@code receipts} of the node's state. Each can be checked by anybody who knows
 * the log's key.
 */
public final class ReceiptFolder {
  private static final String RECEIPT = ".tlog-proof";

  private final Path folder;

  /**
   * @param state the node's folder of that name
   */
  public ReceiptFolder(Path state) {
    this.folder = state.resolve("receipts");
  }

  /** Keeps a receipt; the first one of a place stays. */
  public void keep(InclusionReceipt receipt) throws IOException {
    Path file =
        WholeFile.folder(folder)
            .resolve(String.format(Locale.ROOT, "%012d%s", receipt.proof().index(), RECEIPT));
    if (!Files.exists(file)) {
      WholeFile.write(file, receipt.toText().getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * Every receipt that holds under the log's key, by place.
   *
   * @param faults is told of files that are none, or do not hold
   */
  public List<InclusionReceipt> receipts(NoteKey log, Consumer<String> faults) throws IOException {
    List<InclusionReceipt> found = new ArrayList<>();
    for (Path file : FolderListing.of(folder, RECEIPT)) {
      try {
        if (Files.size(file) > InclusionReceipt.MOST_BYTES) {
          faults.accept(file + " is too long for a receipt");
          continue;
        }
        InclusionReceipt receipt = InclusionReceipt.parse(Files.readAllBytes(file));
        if (receipt.holds(log)) {
          found.add(receipt);
        } else {
          faults.accept(file + " does not hold under the log's key");
        }
      } catch (MalformedEncoding e) {
        faults.accept(file + " is no receipt: " + e.getMessage());
      }
    }
    return found;
  }
}
