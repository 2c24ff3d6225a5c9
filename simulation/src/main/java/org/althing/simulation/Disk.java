package org.althing.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.althing.approval.SignedApproval;
import org.althing.audit.ForkEvidence;
import org.althing.audit.NoteKey;
import org.althing.audit.Witness;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.party.PendingStudy;
import org.althing.privacy.LedgerStore;
import org.althing.session.LedgerMemory;
import org.althing.study.LogStore;

/**
 * What one party has made durable, as a journal of writes: what a process finds when it starts.
 *
 * <p>Each write is looked up in the script first, and may end the process before or after it is
 * kept, or fail though it was kept.
 */
final class Disk {
  /** One durable write. */
  private sealed interface Item {}

  private record LedgerRow(long sequence, Bytes entry, Digest head) implements Item {}

  private record Seen(Witness witness) implements Item {}

  private record Refused(ForkEvidence evidence) implements Item {}

  private record Remembered(LedgerMemory memory) implements Item {}

  private record Filed(PendingStudy request) implements Item {}

  private record Discarded(Digest plan) implements Item {}

  private record Stated(Digest plan, SignedApproval statement) implements Item {}

  private record LogRow(long number, Bytes entry) implements Item {}

  private static final class Total implements Item {
    private final Digest digest;
    private final long[] steps;

    private Total(Digest digest, long[] steps) {
      this.digest = digest;
      this.steps = steps.clone();
    }
  }

  private record Note(Digest study, Bytes content) implements Item {}

  /** The process ended in the middle of what it did. */
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Duration down;

    Killed(Duration down) {
      super("killed at a write", null, false, false);
      this.down = down;
    }

    Duration down() {
      return down;
    }
  }

  /** A message of the node's, and how many writes were kept when it was written down. */
  private record Line(int after, Bytes message) {}

  /** What the script says of writes. */
  interface Weather {
    /** What becomes of write number {@code nth} of this party. */
    Optional<? extends Fault.OfWrite> at(int nth);

    /** What becomes of line number {@code nth} of its outbox. */
    Optional<? extends Fault.OfWrite> atLine(int nth);

    /** Whether nothing can be written now. */
    boolean full();
  }

  private final Weather weather;
  private final List<Item> journal = new ArrayList<>();
  private final List<Line> outbox = new ArrayList<>();
  private int writes;
  private int lines;
  private Duration downAfterFailure = Duration.ofSeconds(1);

  Disk(Weather weather) {
    this.weather = weather;
  }

  /** A copy of what is kept now, on another disk. */
  Disk copy(Weather elsewhere) {
    Disk copy = new Disk(elsewhere);
    copy.journal.addAll(journal);
    copy.outbox.addAll(outbox);
    return copy;
  }

  /** Forgets the last writes, as an older copy of the disk has. */
  void forget(int last) {
    int kept = Math.max(0, journal.size() - last);
    journal.subList(kept, journal.size()).clear();
    outbox.removeIf(line -> line.after() > kept);
  }

  /** The power is gone, and with it the last lines of what is not synced. */
  void losePower(int lastLines) {
    outbox.subList(Math.max(0, outbox.size() - lastLines), outbox.size()).clear();
  }

  /** How long the process stays away after a write that failed. */
  Duration downAfterFailure() {
    return downAfterFailure;
  }

  private void write(Item item) {
    write(weather.at(++writes), () -> journal.add(item));
  }

  private void write(Optional<? extends Fault.OfWrite> fault, Runnable keep) {
    if (weather.full()) {
      downAfterFailure = Duration.ofSeconds(20);
      throw new UncheckedIOException(new IOException("no space left"));
    }
    if (fault.isEmpty()) {
      keep.run();
      return;
    }
    downAfterFailure = fault.get().down();
    switch (fault.get().effect()) {
      case KILLED_BEFORE -> throw new Killed(downAfterFailure);
      case KILLED_AFTER -> {
        keep.run();
        throw new Killed(downAfterFailure);
      }
      case FAILED_KEPT -> {
        keep.run();
        throw new UncheckedIOException(new IOException("reported as failed"));
      }
      case FAILED_LOST -> throw new UncheckedIOException(new IOException("failed"));
    }
  }

  private <I extends Item> List<I> items(Class<I> kind) {
    return journal.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  // What a node keeps.

  LedgerStore ledger() {
    return new LedgerStore() {
      @Override
      public void replay(Replay to) {
        items(LedgerRow.class)
            .forEach(row -> to.entry(row.sequence(), row.entry().toArray(), row.head()));
      }

      @Override
      public void append(long sequence, byte[] entry, Digest head) {
        write(new LedgerRow(sequence, Bytes.of(entry), head));
      }

      @Override
      public void close() {}
    };
  }

  void keep(Witness witness) {
    write(new Seen(witness));
  }

  void keep(ForkEvidence evidence) {
    write(new Refused(evidence));
  }

  /** What the log signed and this node refused, oldest first. */
  List<ForkEvidence> forks() {
    return items(Refused.class).stream().map(Refused::evidence).toList();
  }

  void keep(LedgerMemory memory) {
    write(new Remembered(memory));
  }

  LedgerMemory memory() {
    List<Remembered> kept = items(Remembered.class);
    return kept.isEmpty() ? LedgerMemory.nothing() : kept.get(kept.size() - 1).memory();
  }

  /** Writes a message down before it goes to the connection; not synced. */
  void record(byte[] message) {
    write(weather.atLine(++lines), () -> outbox.add(new Line(journal.size(), Bytes.of(message))));
  }

  /** The messages of the outbox, oldest first. */
  List<Bytes> recorded() {
    return outbox.stream().map(Line::message).toList();
  }

  Optional<Bytes> lastRecorded() {
    return outbox.isEmpty()
        ? Optional.empty()
        : Optional.of(outbox.get(outbox.size() - 1).message());
  }

  void file(PendingStudy request) {
    write(new Filed(request));
  }

  void discard(Digest plan) {
    write(new Discarded(plan));
  }

  /** A person's own command keeps a statement; the node's process has no part in it. */
  void put(Digest plan, SignedApproval statement) {
    journal.add(new Stated(plan, statement));
  }

  /** The studies that people are asked about. */
  List<PendingStudy> requests() {
    Map<Digest, PendingStudy> filed = new LinkedHashMap<>();
    for (Item item : journal) {
      if (item instanceof Filed file) {
        filed.put(file.request().matter().plan(), file.request());
      } else if (item instanceof Discarded discarded) {
        filed.remove(discarded.plan());
      }
    }
    return List.copyOf(filed.values());
  }

  /** What people said of a plan, oldest first. */
  List<SignedApproval> statements(Digest plan) {
    return items(Stated.class).stream()
        .filter(each -> each.plan().equals(plan))
        .map(Stated::statement)
        .toList();
  }

  Witness witness(NoteKey log) {
    List<Seen> kept = items(Seen.class);
    return kept.isEmpty() ? Witness.of(log) : kept.get(kept.size() - 1).witness();
  }

  // What the coordinator keeps.

  LogStore log() {
    return new LogStore() {
      @Override
      public List<byte[]> entries(long first, int most) {
        return items(LogRow.class).stream()
            .skip(first)
            .limit(most)
            .map(row -> row.entry().toArray())
            .toList();
      }

      @Override
      public void append(long number, byte[] entry) {
        write(new LogRow(number, Bytes.of(entry)));
      }

      @Override
      public void putTotal(Digest digest, long[] total) {
        write(new Total(digest, total));
      }

      @Override
      public Optional<long[]> total(Digest digest) {
        return items(Total.class).stream()
            .filter(total -> total.digest.equals(digest))
            .findFirst()
            .map(total -> total.steps.clone());
      }

      @Override
      public void putNote(Digest study, byte[] note) {
        write(new Note(study, Bytes.of(note)));
      }

      @Override
      public Optional<byte[]> note(Digest study) {
        return items(Note.class).stream()
            .filter(note -> note.study().equals(study))
            .reduce((first, second) -> second)
            .map(note -> note.content().toArray());
      }

      @Override
      public void close() {}
    };
  }
}
