package org.althing.compliance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.report.Charges;
import org.althing.study.Admission;
import org.althing.study.ChargeStatement;
import org.althing.study.LogEntry;
import org.althing.study.Signed;
import org.althing.study.StudyEvent;
import org.althing.study.StudyRecord;

/** A study's entries with their numbers, so that whatever is said of them can name them. */
final class Trail {
  private final StudyRecord record;

  Trail(StudyRecord record) {
    this.record = record;
  }

  /** Something an entry says. */
  record Logged<T>(int entry, T what) {
    Source.Log source() {
      return Source.log(entry);
    }
  }

  /** The entry that holds study, contract and roster, from which the plan follows. */
  static Source.Log submission() {
    return Source.log(0);
  }

  /** Keys of the study's text, which the first entry holds. */
  static Source.Log study(String... keys) {
    return in("study", keys);
  }

  /** Keys of the contract's text, which the first entry holds. */
  static Source.Log contract(String... keys) {
    return in("contract", keys);
  }

  private static Source.Log in(String document, String... keys) {
    return submission()
        .at(Arrays.stream(keys).map(key -> document + "." + key).toArray(String[]::new));
  }

  /** The members, their keys and the quorum. */
  static Source.Log roster() {
    return submission().at("roster");
  }

  /**
   * The plan, whose digest the first entry names: it is compiled from the three documents there.
   */
  static Source.Log plan() {
    return submission().at("plan", "study", "contract", "roster");
  }

  <E extends StudyEvent> List<Logged<E>> all(Class<E> kind) {
    List<Logged<E>> logged = new ArrayList<>();
    for (LogEntry entry : record.entries()) {
      if (kind.isInstance(entry.event())) {
        logged.add(new Logged<>(entry.sequence(), kind.cast(entry.event())));
      }
    }
    return logged;
  }

  /** The entries of {@code kind} that {@code which} holds of; missing where there are none. */
  <E extends StudyEvent> Optional<Source.Log> of(Class<E> kind, Predicate<E> which) {
    List<Integer> entries =
        all(kind).stream().filter(each -> which.test(each.what())).map(Logged::entry).toList();
    return entries.isEmpty() ? Optional.empty() : Optional.of(new Source.Log(entries, List.of()));
  }

  List<Logged<Admission>> admissions() {
    return all(StudyEvent.NodeAdmitted.class).stream()
        .map(each -> new Logged<>(each.entry(), admission(each.what())))
        .toList();
  }

  Optional<Logged<Admission>> admissionOf(NodeId node) {
    return admissions().stream().filter(each -> each.what().node().equals(node)).findFirst();
  }

  private static Admission admission(StudyEvent.NodeAdmitted admitted) {
    try {
      return Signed.ofBytes(admitted.admission().toArray(), Admission::ofBytes).statement();
    } catch (MalformedEncoding e) {
      throw new IllegalArgumentException("an admission in the log is not readable", e);
    }
  }

  List<Logged<ChargeStatement>> chargesOf(NodeId node) {
    List<ChargeStatement> statements = Charges.of(record).all();
    List<Logged<StudyEvent.Charged>> entries = all(StudyEvent.Charged.class);
    List<Logged<ChargeStatement>> charges = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      if (statements.get(i).node().equals(node)) {
        charges.add(new Logged<>(entries.get(i).entry(), statements.get(i)));
      }
    }
    return charges;
  }

  /** What a node says it paid, entry by entry; whoever paid nothing is not asked for. */
  Source.Log sourceOf(List<Logged<ChargeStatement>> charges, String... fields) {
    return new Source.Log(charges.stream().map(Logged::entry).toList(), List.of(fields));
  }

  /** The entry that ended the study, the last before its report. */
  LogEntry end() {
    List<LogEntry> entries = record.entries();
    return entries.get(entries.size() - 1);
  }

  Source.Log ofEnd() {
    return Source.log(end().sequence());
  }

  /** The entry that issues the study's files. */
  Source.Log ofReport() {
    return Source.log(record.entries().size()).at("files");
  }

  /** When an entry was written, by the coordinator's clock. */
  long timeOf(int entry) {
    return record.entries().get(entry).timeMillis();
  }
}
