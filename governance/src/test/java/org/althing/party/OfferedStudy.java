package org.althing.party;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.althing.approval.ApprovalRule;
import org.althing.audit.Checkpoint;
import org.althing.audit.MerkleTree;
import org.althing.audit.NoteKey;
import org.althing.audit.SignedNote;
import org.althing.audit.Witness;
import org.althing.document.ContractDocument;
import org.althing.document.DocumentError;
import org.althing.document.StudyDocument;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.federation.Roster;
import org.althing.policy.Allowed;
import org.althing.policy.Budget;
import org.althing.policy.Limits;
import org.althing.policy.Policy;
import org.althing.policy.Retention;
import org.althing.policy.Validity;
import org.althing.privacy.Rho;
import org.althing.session.ToNode;
import org.althing.study.ChargeStatement;
import org.althing.study.Examples;
import org.althing.study.Planning;
import org.althing.study.Recollection;
import org.althing.study.Signed;
import org.althing.study.StudyPlanner;

/** A small study as the first of four nodes is offered it, by a coordinator whose log is empty. */
final class OfferedStudy {
  static final Roster ROSTER = Examples.roster(4);
  private static final String ORIGIN = "log.example/althing";
  private static final byte[] CONTRACT =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: heart
      version: 1.0.0
      status: active
      schema:
        - name: visits
          logicalType: object
          customProperties:
            - {property: althing.unit-of-privacy, value: {name: patient, key: patient_id, rows: 1}}
          properties:
            - {name: patient_id, logicalType: string, required: true}
            - name: disease
              logicalType: integer
              customProperties:
                - {property: althing.categories, value: [0, 1]}
      """
          .getBytes(UTF_8);
  private static final byte[] STUDY =
      """
      althing: study/v1
      id: small
      title: A small study
      purpose: heart-research
      lead: lead-one
      contract: heart
      analysis: { quality: { label: disease } }
      privacy: { epsilon: 1, delta: 1e-3 }
      deadline: 10h
      """
          .getBytes(UTF_8);

  private OfferedStudy() {}

  static Digest plan() {
    try {
      return ((Planning.Planned)
              StudyPlanner.compile(
                  StudyDocument.read("study.yaml", STUDY),
                  ContractDocument.parse("contract.yaml", CONTRACT),
                  ROSTER))
          .plan()
          .digest();
    } catch (DocumentError e) {
      throw new AssertionError(e);
    }
  }

  static ToNode.Offer offer() {
    return new ToNode.Offer(
        plan(), Bytes.of(STUDY), Bytes.of(CONTRACT), Bytes.of(ROSTER.toBytes()));
  }

  /** A witness that has seen nothing of the log yet. */
  static Witness witness() {
    return Witness.of(new NoteKey(ORIGIN, NoteKey.Type.ED25519, Examples.key(100).verifyingKey()));
  }

  static ToNode.Welcome welcome() {
    MerkleTree log = new MerkleTree();
    SignedNote empty =
        SignedNote.sign(Checkpoint.of(ORIGIN, log).toText(), ORIGIN, Examples.key(100));
    return new ToNode.Welcome(empty, log.consistency(0, 0));
  }

  /** What another node remembers of the first one's ledger. */
  static ToNode.Ended ended() {
    ToNode.Welcome log = welcome();
    return new ToNode.Ended(
        plan(), "stopped: a test", log.checkpoint(), log.consistency(), List.of());
  }

  static ToNode.Recalled recalled(int by, Digest nonce, Optional<Signed<ChargeStatement>> newest) {
    Recollection said = new Recollection(Examples.node(by), Examples.node(0), nonce, newest);
    return new ToNode.Recalled(Bytes.of(Signed.by(Examples.key(by), said).toBytes()));
  }

  /** The first node's, which allows the study. */
  static Policy policy(ApprovalRule approvals, Digest digest) {
    Rho budget = Rho.roundedDown(10);
    return new Policy(
        Examples.node(0),
        new Validity(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 12, 31)),
        Allowed.of(List.of("lead-one")),
        Allowed.of(List.of("heart-research")),
        Allowed.of(List.of("quality")),
        Allowed.of(List.of("*")),
        Set.of(),
        new Limits(3, 0, 100, 0, 2),
        Map.of("patients", new Budget(budget, budget, 1e-5)),
        approvals,
        Retention.NONE,
        digest);
  }
}
