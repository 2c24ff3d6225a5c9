package org.althing.study;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;

/** The declarations of all nodes, in the order in which the log took them. */
public final class DeclarationRecord {
  private final EntryChain chain = new EntryChain();
  private final Map<NodeId, LogEntry> last = new HashMap<>();

  /** Whether an entry belongs here and not to a study. */
  public static boolean holds(LogEntry entry) {
    return entry.study().equals(Declaration.CHAIN);
  }

  /** What an entry of these declares, with its signature. */
  public static Signed<Declaration> of(LogEntry entry) throws MalformedEncoding {
    if (entry.event() instanceof StudyEvent.NodeDeclared declared) {
      return Signed.ofBytes(declared.declaration().toArray(), Declaration::ofBytes);
    }
    throw new MalformedEncoding("entry %d declares nothing".formatted(entry.sequence()));
  }

  /** Takes the next entry; one that does not follow the last is a defect of the log. */
  public void append(LogEntry entry) {
    Declaration declared;
    try {
      declared = of(entry).statement();
    } catch (MalformedEncoding e) {
      throw new IllegalStateException("a declaration of the log is not readable", e);
    }
    Optional<Declaration> before = lastOf(declared.node());
    if (before.isPresent() && before.get().number() >= declared.number()) {
      throw new IllegalStateException(
          "declaration %d of %s comes after its declaration %d"
              .formatted(declared.number(), declared.node(), before.get().number()));
    }
    chain.append(entry);
    last.put(declared.node(), entry);
  }

  /** The newest declaration of a node. */
  public Optional<Declaration> lastOf(NodeId node) {
    return lastEntryOf(node).map(DeclarationRecord::readable);
  }

  /** Its entry. */
  public Optional<LogEntry> lastEntryOf(NodeId node) {
    return Optional.ofNullable(last.get(node));
  }

  private static Declaration readable(LogEntry entry) {
    try {
      return of(entry).statement();
    } catch (MalformedEncoding e) {
      throw new IllegalStateException("what was taken can be read", e);
    }
  }

  /** The entry that holds this very declaration, if the log has it. */
  public Optional<LogEntry> entryOf(Digest statement) {
    return chain.entries().stream()
        .filter(entry -> Digest.of(readable(entry).toBytes()).equals(statement))
        .findFirst();
  }

  /** The entry that would record {@code declared} next. */
  public LogEntry next(StudyEvent.NodeDeclared declared, long timeMillis) {
    return chain.next(Declaration.CHAIN, declared, timeMillis);
  }

  public List<LogEntry> entries() {
    return chain.entries();
  }
}
