package org.althing.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.althing.audit.Checkpoint;
import org.althing.audit.ConsistencyProof;
import org.althing.audit.Cosignature;
import org.althing.audit.InclusionProof;
import org.althing.audit.MerkleTree;
import org.althing.audit.NoteKey;
import org.althing.audit.SignedNote;
import org.althing.contract.Contract;
import org.althing.document.ContractDocument;
import org.althing.document.DocumentError;
import org.althing.document.StudyDocument;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.federation.Roster;
import org.althing.federation.SigningKey;
import org.althing.privacy.ChargeReceipt;
import org.althing.privacy.ContributionSum;
import org.althing.privacy.LedgerPosition;
import org.althing.privacy.LedgerStates;
import org.althing.privacy.OpenedSums;
import org.althing.privacy.ReleaseId;
import org.althing.privacy.Rho;
import org.althing.release.Release;
import org.althing.release.ReleaseSpec;
import org.althing.release.SumQuery;
import org.althing.secagg.ConfirmHeader;
import org.althing.session.ConfirmationRecord;
import org.althing.study.Admission;
import org.althing.study.ChargeStatement;
import org.althing.study.Declaration;
import org.althing.study.DeclarationRecord;
import org.althing.study.Examples;
import org.althing.study.Ground;
import org.althing.study.LogEntry;
import org.althing.study.Planning.Planned;
import org.althing.study.Refusal;
import org.althing.study.Signed;
import org.althing.study.Study;
import org.althing.study.StudyEvent;
import org.althing.study.StudyPlanner;
import org.althing.study.StudyRecord;
import org.althing.table.Batches;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;

/**
 * Test fixture: a whole study of four organisations on paper, with true signatures, noise and log,
 * without masks, processes or files.
 */
public final class PaperStudy {
  public static final String ORIGIN = "coordinator.example/althing";
  private static final SigningKey LOG = Examples.key(50);
  private static final long START_MILLIS = 1_795_471_200_000L;

  public static final String CONTRACT =
      """
      apiVersion: v3.1.0
      kind: DataContract
      id: heart
      version: 1.0.0
      status: active
      name: Heart disease
      schema:
        - name: visits
          logicalType: object
          customProperties:
            - {property: althing.unit-of-privacy, value: {name: patient, rows: 1}}
          quality:
            - {id: enough, metric: rowCount, mustBeGreaterOrEqualTo: 200, severity: error}
          properties:
            - name: age
              logicalType: integer
              logicalTypeOptions: {minimum: 0, maximum: 120}
              customProperties:
                - {property: althing.bins, value: [40, 50, 60]}
            - name: sex
              logicalType: string
              quality:
                - {id: sex_codes, metric: invalidValues, arguments: {validValues: [female, male]}, mustBe: 0}
            - name: chol
              logicalType: number
              logicalTypeOptions: {minimum: 50, maximum: 700}
              quality:
                - id: chol_missing
                  metric: missingValues
                  arguments: {missingValues: [null, 0, -9]}
                  unit: percent
                  mustBeLessThan: 10
              customProperties:
                - {property: althing.unit, value: mg/dL}
                - {property: althing.bins, value: [200, 240, 280]}
            - name: disease
              logicalType: integer
              required: true
              customProperties:
                - {property: althing.categories, value: [0, 1]}
      """;

  private static final String HEAD =
      """
      althing: study/v1
      id: heart-%s
      title: Heart disease <in> "four" hospitals & more
      purpose: heart-research
      lead: lead-one
      contract: heart
      privacy: { epsilon: 3, delta: 1.0e-5 }
      analysis:
      """;

  public static final String QUALITY =
      HEAD.formatted("quality") + "  quality: { label: disease }\n";
  public static final String STATISTICS =
      HEAD.formatted("statistics")
          + """
              statistics:
                quantiles: [age, chol]
                correlations: [age, chol]
                tables: [[sex, disease], [age, disease]]
            """;
  public static final String NAIVE_BAYES =
      HEAD.formatted("nb")
          + "  naive-bayes: { label: { column: disease, positive: [\"1\"] }, features: [age, sex, chol] }\n";
  public static final String NORMAL =
      HEAD.formatted("normal")
          + "  naive-bayes: { label: { column: disease, positive: [\"1\"] }, features: [age, sex, chol], normal: [age, chol] }\n";
  public static final String LOGISTIC =
      HEAD.formatted("lr")
          + "  logistic: { label: { column: disease, positive: [\"1\"] }, features: [age, sex, chol] }\n";

  public static final String PAIRS =
      HEAD.formatted("pairs")
          + "  logistic: { label: { column: disease, positive: [\"1\"] }, features: [age, sex], interactions: [[sex, age]] }\n";

  public static final String PAIRED_BAYES =
      HEAD.formatted("paired")
          + "  naive-bayes: { label: { column: disease, positive: [\"1\"] }, features: [age, sex, chol], interactions: [[sex, age]] }\n";

  public static final String IN_GROUPS =
      HEAD.formatted("groups")
          + "  naive-bayes: { label: { column: disease, positive: [\"1\"] }, features: [age, chol], groups: sex }\n";

  public static final String BALANCED =
      HEAD.formatted("balanced")
          + "  logistic: { label: { column: disease, positive: [\"1\"] }, features: [age, sex, chol], positive_weight: balanced }\n";

  /** Of a number's four bins. */
  public static final String CLASSES =
      HEAD.formatted("classes")
          + "  logistic: { label: { column: age }, features: [disease, sex, chol] }\n";

  /** That says how many people there are, roughly. */
  public static final String FORETOLD =
      HEAD.formatted("foretold")
          + "  logistic: { label: { column: disease, positive: [\"1\"] }, features: [age, sex, chol] }\n"
          + "participants: { people: 300 }\nholdout_percent: 20\n";

  public static final String FOLDS =
      HEAD.formatted("folds")
          + "  naive-bayes: { label: { column: disease, positive: [\"1\"] }, features: [age, sex, chol] }\n"
          + "folds: 3\n";

  public static final String CLASSES_IN_GROUPS =
      HEAD.formatted("classes-in-groups")
          + "  naive-bayes: { label: { column: age }, features: [disease, chol], groups: sex }\n";

  public static final String SVM =
      HEAD.formatted("svm")
          + "  linear-svm: { label: { column: disease, positive: [\"1\"] }, features: [age, sex, chol] }\n";

  /** Three models, one of fewer columns. */
  public static final String CANDIDATES =
      HEAD.formatted("candidates")
          + """
              candidates:
                label: { column: disease, positive: ["1"] }
                choose_by: auc
                features: [age, sex, chol]
                models:
                  bayes: { naive-bayes: {} }
                  plain: { logistic: { rounds: 3 } }
                  of-sex: { linear-svm: { features: [sex], rounds: 2 } }
            """;

  /** Two models of four classes, each in one release. */
  public static final String CANDIDATES_OF_CLASSES =
      HEAD.formatted("candidates-of-classes")
          + """
              candidates:
                label: { column: age }
                choose_by: accuracy
                models:
                  two: { naive-bayes: { features: [disease, chol] } }
                  three: { naive-bayes: { features: [disease, chol, sex] } }
            """;

  public static final String CLUSTERS =
      HEAD.formatted("clusters") + "  k-means: { columns: [age, chol], clusters: 3 }\n";

  private final Roster roster = Examples.roster(4);
  private final Study study;
  private final Contract contract;
  private final Planned planned;
  private final StudyRecord record = new StudyRecord();
  private final MerkleTree tree = new MerkleTree();
  private final DeclarationRecord declared = new DeclarationRecord();
  private final SortedMap<Long, LogEntry> declaredAt = new TreeMap<>();
  private final List<Long> places = new ArrayList<>();
  private final List<long[]> totals = new ArrayList<>();

  private PaperStudy(String studyText) {
    byte[] text = utf8(studyText);
    try {
      study = StudyDocument.read("study.yaml", text);
      contract = ContractDocument.parse("contract.yaml", utf8(CONTRACT));
    } catch (DocumentError e) {
      throw new AssertionError(e.getMessage(), e);
    }
    planned = (Planned) StudyPlanner.compile(study, contract, roster);
    // Other studies share the log: this one's entries are not its first.
    tree.append(utf8("another study's entry"));
    append(
        new StudyEvent.StudySubmitted(
            study.lead(),
            Bytes.of(text),
            Bytes.of(utf8(CONTRACT)),
            Bytes.of(roster.toBytes()),
            planned.plan().digest()));
    for (int i = 0; i < 4; i++) {
      Admission admission =
          new Admission(
              Examples.node(i),
              planned.plan().digest(),
              planned.plan().roster().digest(),
              Digest.of(new byte[] {7}),
              planned.plan().reservation());
      append(
          new StudyEvent.NodeAdmitted(Bytes.of(Signed.by(Examples.key(i), admission).toBytes())));
    }
  }

  /** A study that ran to its end over {@code rowsPerNode} made-up rows at each of four nodes. */
  public static PaperStudy completed(String studyText, int rowsPerNode) {
    PaperStudy paper = new PaperStudy(studyText);
    List<RecordBatch> batches = new ArrayList<>();
    for (int node = 0; node < 4; node++) {
      batches.add(rows(paper.contract.schema(), node, rowsPerNode));
    }
    paper.run(batches);
    paper.append(new StudyEvent.StudyCompleted());
    return paper;
  }

  /** A study that a node refused. */
  public static PaperStudy stopped(String studyText) {
    PaperStudy paper = new PaperStudy(studyText);
    Refusal refusal =
        new Refusal(
            Examples.node(2),
            paper.planned.plan().digest(),
            List.of(Ground.DEARER_THAN_A_STUDY.of("budgets.patients.per_study", "0.3", "0.1")));
    paper.append(new StudyEvent.NodeRefused(Signed.by(Examples.key(2), refusal)));
    paper.append(
        new StudyEvent.StudyStopped(Ground.REFUSED.with(refusal.node(), refusal.reasons().get(0))));
    return paper;
  }

  /** Where a node's charges of the releases up to this one stand in its ledger. */
  private static List<LedgerPosition> charges(int node, int release) {
    return IntStream.rangeClosed(0, release)
        .mapToObj(r -> new LedgerPosition(r + 1L, Digest.of(new byte[] {(byte) node, (byte) r})))
        .toList();
  }

  private void run(List<RecordBatch> batches) {
    append(new StudyEvent.Witnessed(new String(cosigned(4).toBytes(), StandardCharsets.UTF_8)));
    append(new StudyEvent.EpochOpened(1, Digest.of(new byte[] {3}), roster.ids()));
    Rho[] spent = {Rho.ZERO, Rho.ZERO, Rho.ZERO, Rho.ZERO};
    List<Release> releases = new ArrayList<>();
    for (int r = 0; r < planned.plan().releases().size(); r++) {
      append(new StudyEvent.RoundOpened(r, 1, 1));
      ReleaseSpec spec = planned.plan().releases().get(r);
      SumQuery query = planned.programme().query(r, List.copyOf(releases));
      long[] total = new long[spec.noise().shape().length()];
      for (int node = 0; node < 4; node++) {
        long[] share = noised(query, spec, batches.get(node), 100L * r + node);
        for (int i = 0; i < total.length; i++) {
          total[i] += share[i];
        }
        Rho rho = spec.noise().rho();
        spent[node] = spent[node].plus(rho);
        ChargeReceipt receipt =
            new ChargeReceipt(
                new ReleaseId(planned.plan().digest(), r, 1),
                LedgerStates.lastOf(charges(node, r)),
                rho,
                rho,
                spent[node]);
        append(
            new StudyEvent.Charged(
                Bytes.of(
                    Signed.by(Examples.key(node), new ChargeStatement(Examples.node(node), receipt))
                        .toBytes())));
      }
      totals.add(total);
      releases.add(new Release(spec, total, 4));
      append(
          new StudyEvent.Released(
              r,
              1,
              roster.ids(),
              StudyRecord.digestOfTotal(total),
              Digest.of(new byte[] {9, (byte) r}),
              confirmations(r)));
      append(new StudyEvent.Witnessed(new String(cosigned(4).toBytes(), StandardCharsets.UTF_8)));
    }
  }

  private List<Bytes> confirmations(int release) {
    List<Bytes> confirmations = new ArrayList<>();
    for (int node = 0; node < 4; node++) {
      ConfirmHeader unsigned =
          new ConfirmHeader(
              Examples.node(node),
              ConfirmationRecord.contextOf(planned.plan(), record, release, 1).orElseThrow(),
              Digest.of(new byte[] {11}),
              Digest.of(new byte[] {12}),
              Digest.of(new byte[] {13}),
              Bytes.of(new byte[SigningKey.SIGNATURE_BYTES]));
      ConfirmHeader signed =
          new ConfirmHeader(
              unsigned.sender(),
              unsigned.ctx(),
              unsigned.cohort(),
              unsigned.survivors(),
              unsigned.sealedSeeds(),
              Bytes.of(Examples.key(node).sign(unsigned.signedBytes())));
      confirmations.add(Bytes.of(ConfirmationRecord.write(signed)));
    }
    return confirmations;
  }

  private long[] noised(SumQuery query, ReleaseSpec spec, RecordBatch batch, long seed) {
    ContributionSum sum = new ContributionSum(spec.noise());
    SumQuery.Contributions contributions = query.over(batch);
    for (int row = 0; row < batch.rows(); row++) {
      if (spec.partition().takes(batch.hundredth(row), study.holdoutPercent())) {
        contributions.add(row, sum);
      }
    }
    return OpenedSums.noised(sum, OpenedSums.words(seed));
  }

  private void append(StudyEvent event) {
    LogEntry entry =
        record.entries().isEmpty()
            ? new LogEntry(planned.plan().digest(), 0, LogEntry.NONE, START_MILLIS, event)
            : record.next(event, START_MILLIS + 700L * record.entries().size());
    record.append(entry);
    places.add(tree.append(entry.toBytes()));
  }

  /** Before the study's end is issued, a member tells the federation something of itself. */
  public PaperStudy declares(int node, Declaration.Matter matter) {
    return declares(node, matter, node);
  }

  /**
   * The same, in the name of {@code node} under another's key.
   *
   * @param key whose
   */
  public PaperStudy declares(int node, Declaration.Matter matter, int key) {
    Declaration said =
        new Declaration(Examples.node(node), declared.entries().size() + 1L, START_MILLIS, matter);
    LogEntry entry =
        declared.next(
            new StudyEvent.NodeDeclared(Bytes.of(Signed.by(Examples.key(key), said).toBytes())),
            START_MILLIS);
    declared.append(entry);
    declaredAt.put(tree.append(entry.toBytes()), entry);
    return this;
  }

  /** What was declared, as entries. */
  public List<LogEntry> declared() {
    return declared.entries();
  }

  /** One declaration of each kind, by three members. */
  public PaperStudy declaresAll() {
    return declares(
            0,
            new Declaration.PolicyChanged(
                Digest.of(new byte[] {21}),
                Digest.of(new byte[] {22}),
                2,
                List.of(
                    new Declaration.Renewal(
                        Digest.of(new byte[] {23}), new Rho(1_000_000L), new Rho(3_000_000L))),
                List.of("the ethics board renewed the approval", "agreed"),
                List.of(Digest.of(new byte[] {24}), Digest.of(new byte[] {25}))))
        .declares(
            1,
            new Declaration.Erased(
                Digest.of(new byte[] {26}),
                List.of(
                    new Declaration.Lot("outbox", START_MILLIS, 3, Digest.of(new byte[] {27})),
                    new Declaration.Lot("salts", START_MILLIS, 1, Digest.of(new byte[] {28}))),
                List.of(Digest.of(new byte[] {29}))))
        .declares(
            0,
            new Declaration.Incident(
                Declaration.Category.CONFIDENTIALITY,
                START_MILLIS,
                Optional.of(planned.plan().digest()),
                Digest.of(new byte[] {30})));
  }

  /** The newest checkpoint, signed by the log and cosigned by the first {@code nodes} members. */
  private SignedNote cosigned(int nodes) {
    String text = Checkpoint.of(ORIGIN, tree).toText();
    SignedNote note = SignedNote.sign(text, ORIGIN, LOG);
    for (int i = 0; i < nodes; i++) {
      note =
          note.with(
              Cosignature.sign(
                      text, Examples.node(i).value(), Examples.key(i), START_MILLIS / 1000 + i)
                  .line());
    }
    return note;
  }

  public Findings findings() {
    return Findings.of(study, contract, planned, record, totals);
  }

  /** The whole output folder; to be called once. */
  public SortedMap<String, Bytes> folder() {
    return folder(derived -> derived);
  }

  /** The folder that a coordinator makes that issues other files than the log gives. */
  public SortedMap<String, Bytes> folder(UnaryOperator<SortedMap<String, Bytes>> forgery) {
    SortedMap<String, Bytes> derived = forgery.apply(StudyFolder.derived(findings()));
    append(new StudyEvent.ReportIssued(StudyFolder.digests(derived)));
    tree.append(utf8("a later study's entry"));
    SortedMap<String, Bytes> files = new TreeMap<>(derived);
    StudyFolder.Proofs proofs =
        new StudyFolder.Proofs() {
          @Override
          public InclusionProof inclusion(long index, long size) {
            return tree.inclusion(index, size);
          }

          @Override
          public ConsistencyProof consistency(long from, long to) {
            return tree.consistency(from, to);
          }
        };
    files.putAll(
        StudyFolder.evidence(
            record,
            places,
            new NoteKey(ORIGIN, NoteKey.Type.ED25519, LOG.verifyingKey()),
            cosigned(3),
            proofs));
    files.putAll(StudyFolder.declared(declaredAt, tree.size(), proofs));
    return files;
  }

  /** Rows in which older people, men and high cholesterol go with disease; some values are bad. */
  public static RecordBatch rows(Schema schema, int node, int count) {
    Random random = new Random(1000 + node);
    List<List<String>> rows = new ArrayList<>();
    for (int r = 0; r < count; r++) {
      int age = 30 + random.nextInt(45);
      boolean male = random.nextInt(10) < 6;
      int chol = 170 + random.nextInt(140);
      double risk = (age - 50) / 12.0 + (male ? 0.8 : -0.8) + (chol - 240) / 60.0;
      boolean ill = random.nextDouble() < 1 / (1 + Math.exp(-risk));
      rows.add(
          List.of(
              random.nextInt(40) == 0 ? "" : Integer.toString(age),
              random.nextInt(50) == 0 ? "X" : male ? "male" : "female",
              random.nextInt(6) == 0 ? "-9" : Integer.toString(chol),
              ill ? "1" : "0"));
    }
    return Batches.of(schema, 1_000_000L * node, rows);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
