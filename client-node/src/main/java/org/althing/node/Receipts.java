package org.althing.node;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.althing.audit.InclusionReceipt;
import org.althing.encoding.Bytes;
import org.althing.encoding.MalformedEncoding;
import org.althing.node.outbox.ReceiptFolder;
import org.althing.node.outbox.SentMessage;
import org.althing.secagg.Confirm;
import org.althing.secagg.Input;
import org.althing.session.ConfirmationRecord;
import org.althing.session.ToCoordinator;
import org.althing.study.Declaration;
import org.althing.study.DeclarationRecord;
import org.althing.study.LogEntry;
import org.althing.study.StudyEvent;

/**
 * What the log has of a node's words, by the coordinator's own receipts: each word by its bytes,
 * which are the same in the message that left and in the entry.
 */
final class Receipts {
  /** The text where a message should be in the log and nothing shows that it is. */
  static final String NONE = "NO RECEIPT";

  private final Map<Bytes, String> places = new HashMap<>();
  private long lastDeclaration;

  private Receipts() {}

  /** Those of a node that hold under its log's key. */
  static Receipts of(NodeSettings settings, Consumer<String> faults) throws IOException {
    Receipts found = new Receipts();
    for (InclusionReceipt receipt :
        new ReceiptFolder(settings.state()).receipts(settings.log(), faults)) {
      try {
        found.add(receipt);
      } catch (MalformedEncoding e) {
        faults.accept(
            "the receipt of place %d holds no entry: %s"
                .formatted(receipt.proof().index(), e.getMessage()));
      }
    }
    return found;
  }

  private void add(InclusionReceipt receipt) throws MalformedEncoding {
    LogEntry entry = LogEntry.ofBytes(receipt.entry().toArray());
    String place =
        "entry %d%s, place %d of the log"
            .formatted(
                entry.sequence(),
                DeclarationRecord.holds(entry) ? " of the declarations" : "",
                receipt.proof().index());
    StudyEvent event = entry.event();
    if (event instanceof StudyEvent.NodeAdmitted admitted) {
      places.put(admitted.admission(), place);
    } else if (event instanceof StudyEvent.NodeRefused refused) {
      places.put(Bytes.of(refused.refusal().toBytes()), place);
    } else if (event instanceof StudyEvent.Charged charged) {
      places.put(charged.statement(), place);
    } else if (event instanceof StudyEvent.NodeDeclared declared) {
      places.put(declared.declaration(), place);
      Declaration said = DeclarationRecord.of(entry).statement();
      lastDeclaration = Math.max(lastDeclaration, said.number());
    } else if (event instanceof StudyEvent.Released released) {
      released.confirmations().forEach(each -> places.put(each, place));
    } else if (event instanceof StudyEvent.Witnessed witnessed) {
      witnessed.note().lines().forEach(line -> places.put(text(line), place));
    }
  }

  private static Bytes text(String line) {
    return Bytes.of(line.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** The largest number of a declaration of this node that the log is known to have. */
  long lastDeclaration() {
    return lastDeclaration;
  }

  /** Whether the log has these signed words. */
  boolean have(Bytes words) {
    return places.containsKey(words);
  }

  /**
   * Where in the log a message is; {@link #NONE} where it should be and is not shown to be.
   *
   * @param read the message, unless its content is not kept
   */
  String of(SentMessage sent, Optional<ToCoordinator> read) {
    if (read.isEmpty()) {
      return sent.statement().map(this::placed).orElse(sent.content().isEmpty() ? NONE : "-");
    }
    ToCoordinator message = read.get();
    if (message instanceof ToCoordinator.Admitted admitted) {
      return placed(admitted.admission());
    }
    if (message instanceof ToCoordinator.Refused refused) {
      return placed(refused.refusal());
    }
    if (message instanceof ToCoordinator.Declare declare) {
      return placed(declare.declaration());
    }
    if (message instanceof ToCoordinator.Charged charged) {
      return placed(charged.charge());
    }
    if (message instanceof ToCoordinator.Round round) {
      if (round.message() instanceof Input input) {
        return placed(input.attachment());
      }
      return round.message() instanceof Confirm confirm
          ? unless(
              Bytes.of(ConfirmationRecord.write(confirm.header())), "of no sum that was released")
          : "passed on, not logged";
    }
    if (message instanceof ToCoordinator.Cosigned cosigned) {
      return unless(text(cosigned.line().strip()), "kept beside the log");
    }
    return "passed on, not logged";
  }

  private String placed(Bytes words) {
    return unless(words, NONE);
  }

  private String unless(Bytes words, String otherwise) {
    return Optional.ofNullable(places.get(words)).orElse(otherwise);
  }
}
