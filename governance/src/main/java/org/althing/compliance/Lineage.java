package org.althing.compliance;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.UUID;
import org.althing.contract.Contract;
import org.althing.contract.ContractColumn;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.privacy.Rho;
import org.althing.report.ModelFile;
import org.althing.report.ResultFile;
import org.althing.report.StudyFolder;
import org.althing.report.StudyReport;
import org.althing.study.StudyEvent;
import org.althing.table.Domain;

/**
 * Which data of whom became what in a study, from its log alone: what every form of lineage is
 * written from.
 */
final class Lineage {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private final StudyFacts facts;
  private final List<Output> outputs;

  Lineage(VerifiedStudy study) {
    this.facts = new StudyFacts(study, Particulars.NONE);
    this.outputs = outputs(facts);
  }

  /**
   * A file that follows from the log.
   *
   * @param name in the study's folder
   * @param release whose sum it is; empty of what is rendered at the end
   * @param entries of the log that name its content
   */
  record Output(String name, Digest digest, Optional<Integer> release, List<Integer> entries) {
    String inWords() {
      return switch (name) {
        case ResultFile.NAME -> "What follows from the releases";
        case StudyReport.NAME -> "The study's report for people";
        case ModelFile.NAME -> "The fitted model";
        default -> "Noisy sums over the organisations in it";
      };
    }
  }

  private static List<Output> outputs(StudyFacts facts) {
    SortedMap<String, Bytes> files = StudyFolder.derived(facts.findings());
    files.remove(StudyFolder.STUDY);
    files.remove(StudyFolder.CONTRACT);
    int issue = facts.findings().record().entries().size();
    List<Output> outputs = new ArrayList<>();
    for (Trail.Logged<StudyEvent.Released> each : facts.trail().all(StudyEvent.Released.class)) {
      int release = each.what().release();
      String name = StudyFolder.sumName(release, facts.plan().releases().get(release).name());
      Bytes sum = Optional.ofNullable(files.remove(name)).orElseThrow();
      outputs.add(
          new Output(
              name, Digest.of(sum.toArray()), Optional.of(release), List.of(each.entry(), issue)));
    }
    files.forEach(
        (name, bytes) ->
            outputs.add(
                new Output(name, Digest.of(bytes.toArray()), Optional.empty(), List.of(issue))));
    return outputs;
  }

  StudyFacts facts() {
    return facts;
  }

  List<Output> outputs() {
    return outputs;
  }

  /** The log's name, under which studies are told apart. */
  String origin() {
    return facts.verified().receipt().checkpoint().origin();
  }

  Contract contract() {
    return facts.findings().contract();
  }

  /** A UUID of version 8 (RFC 9562): bits of the plan's digest, which the log's entries hold. */
  UUID run() {
    ByteBuffer digest = ByteBuffer.wrap(facts.plan().digest().bytes());
    long high = (digest.getLong() & ~0xF000L) | 0x8000L;
    long low = (digest.getLong() & ~(3L << 62)) | (1L << 63);
    return new UUID(high, low);
  }

  /** The members whose records were read: each signed that it paid, before its vector left. */
  List<NodeId> readFrom() {
    return facts.members().stream()
        .filter(node -> !facts.trail().chargesOf(node).isEmpty())
        .toList();
  }

  /** The members that are in at least one released sum. */
  List<NodeId> inSums() {
    Set<NodeId> in = new TreeSet<>(Comparator.comparing(NodeId::value));
    facts
        .trail()
        .all(StudyEvent.Released.class)
        .forEach(each -> in.addAll(each.what().survivors()));
    return List.copyOf(in);
  }

  /** The dearest any member paid. */
  Rho paid() {
    return facts.dearest();
  }

  /** The contract's columns that a node reads for the study, in the contract's order. */
  List<ContractColumn> columns() {
    List<String> read = facts.study().columnsRead(contract());
    Optional<String> key = contract().unit().keyColumn();
    return contract().columns().stream()
        .filter(c -> read.contains(c.column().name()) || key.equals(Optional.of(c.column().name())))
        .toList();
  }

  /** The kind of a column's values, without their range. */
  static String type(ContractColumn column) {
    Domain domain = column.column().domain();
    if (domain instanceof Domain.Categories) {
      return "category";
    }
    if (domain instanceof Domain.Numbers numbers) {
      return numbers.whole() ? "integer" : "number";
    }
    return domain instanceof Domain.Dates ? "date" : "text";
  }

  /** How the study ended. */
  enum End {
    COMPLETE,
    /** A member said no. */
    ABORT,
    FAIL
  }

  End end() {
    if (facts.findings().record().completed()) {
      return End.COMPLETE;
    }
    boolean refused = !facts.trail().all(StudyEvent.NodeRefused.class).isEmpty();
    return refused ? End.ABORT : End.FAIL;
  }

  int endEntry() {
    return facts.trail().end().sequence();
  }

  /** In UTC with milliseconds. */
  String timeOf(int entry) {
    return TIME.format(Instant.ofEpochMilli(facts.trail().timeOf(entry)));
  }

  /** Where one of the study's entries lies in the log. */
  long placeOf(int entry) {
    return facts.verified().receipt().places().get(entry);
  }

  static List<Integer> numbers(Source source) {
    return ((Source.Log) source).entries();
  }

  String contractInWords() {
    return facts.contract().text().english();
  }
}
