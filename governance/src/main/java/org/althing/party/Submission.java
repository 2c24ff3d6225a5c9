package org.althing.party;

import java.util.List;
import java.util.Optional;
import org.althing.contract.Contract;
import org.althing.document.ContractDocument;
import org.althing.document.DocumentError;
import org.althing.document.StudyDocument;
import org.althing.encoding.Bytes;
import org.althing.encoding.MalformedEncoding;
import org.althing.encoding.OneLine;
import org.althing.federation.Roster;
import org.althing.study.Plan;
import org.althing.study.Planning;
import org.althing.study.Study;
import org.althing.study.StudyEvent;
import org.althing.study.StudyPlanner;
import org.althing.study.StudyRecord;

/** What becomes of documents that a lead submits. */
public sealed interface Submission {
  /**
   * They are a study that can be planned.
   *
   * @param submitted what the log says of it
   */
  record Accepted(
      Study study, Contract contract, Planning.Planned planned, StudyEvent.StudySubmitted submitted)
      implements Submission {
    public Plan plan() {
      return planned.plan();
    }
  }

  /** They are not, with every reason. */
  record Rejected(List<String> reasons) implements Submission {
    public Rejected {
      reasons = reasons.stream().map(OneLine::of).toList();
    }
  }

  /**
   * Reads and plans; as slow as the documents are large, and free of any state.
   *
   * @param lead as the submitter's certificate names it
   */
  static Submission of(String lead, byte[] study, byte[] contract, Roster federation) {
    try {
      Study parsed = StudyDocument.read("study.yaml", study);
      if (!parsed.lead().equals(lead)) {
        return new Rejected(
            List.of(
                "the study names the lead \"%s\", the certificate says \"%s\""
                    .formatted(parsed.lead(), lead)));
      }
      Contract agreed = ContractDocument.parse("contract.yaml", contract);
      Planning planning = StudyPlanner.compile(parsed, agreed, federation);
      return planning instanceof Planning.Planned planned
          ? new Accepted(
              parsed,
              agreed,
              planned,
              new StudyEvent.StudySubmitted(
                  lead,
                  Bytes.of(study),
                  Bytes.of(contract),
                  Bytes.of(planned.plan().roster().toBytes()),
                  planned.plan().digest()))
          : new Rejected(((Planning.Unplannable) planning).reasons());
    } catch (DocumentError e) {
      return new Rejected(List.of(String.valueOf(e.getMessage())));
    }
  }

  /** A study that is in the log already. */
  static Accepted ofRecord(StudyRecord record) {
    return again(record)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "study "
                        + record.study().brief()
                        + " was planned by another version of this program"));
  }

  /** As {@link #ofRecord}; nothing where another version of this program planned it. */
  static Optional<Accepted> again(StudyRecord record) {
    StudyEvent.StudySubmitted submitted = record.submission();
    try {
      Roster roster = Roster.ofBytes(submitted.roster().toArray());
      Submission again =
          of(submitted.lead(), submitted.study().toArray(), submitted.contract().toArray(), roster);
      return again instanceof Accepted accepted && accepted.plan().digest().equals(record.study())
          ? Optional.of(accepted)
          : Optional.empty();
    } catch (MalformedEncoding e) {
      throw new IllegalStateException("the roster in the log is not readable", e);
    }
  }
}
