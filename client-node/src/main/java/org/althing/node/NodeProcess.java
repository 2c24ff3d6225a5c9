package org.althing.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.althing.audit.Cosignature;
import org.althing.audit.Witness;
import org.althing.contract.Binding;
import org.althing.contract.Contract;
import org.althing.document.BindingDocument;
import org.althing.document.ContractDocument;
import org.althing.document.DocumentError;
import org.althing.document.PolicyDocument;
import org.althing.document.StudyDocument;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.Roster;
import org.althing.federation.SigningKey;
import org.althing.node.keys.IdentityFile;
import org.althing.node.ledger.SqliteLedger;
import org.althing.node.ledger.WitnessFile;
import org.althing.node.link.CoordinatorLink;
import org.althing.node.source.CleanRecords;
import org.althing.node.source.RecordSource;
import org.althing.node.source.SourceProblem;
import org.althing.policy.AdmissionDesk;
import org.althing.policy.Budget;
import org.althing.policy.Policy;
import org.althing.privacy.AesCtrWords;
import org.althing.privacy.BudgetLedger;
import org.althing.privacy.NoiseVector;
import org.althing.privacy.NoisedSum;
import org.althing.privacy.Rho;
import org.althing.release.PartitionedSum;
import org.althing.session.NodeAction;
import org.althing.session.NodeStudy;
import org.althing.session.ToCoordinator;
import org.althing.session.ToNode;
import org.althing.study.Plan;
import org.althing.study.Study;
import org.althing.wire.MalformedMessage;
import org.althing.wire.SessionCodec;

/**
 * A running node: one thread that holds the studies and the ledger, one that reads data and sums.
 * It carries out what {@link AdmissionDesk} and {@link NodeStudy} decide.
 */
final class NodeProcess implements AutoCloseable {
  private static final int SEED_BYTES = 32;

  private final NodeSettings settings;
  private final SigningKey key;
  private final BudgetLedger ledger;
  private final SqliteLedger ledgerFile;
  private final WitnessFile witnessFile;
  private final AdmissionDesk desk;
  private final StewardLog log;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final ExecutorService loop =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "node"));
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "node-sums"));
  private final CoordinatorLink link;
  private final Map<Digest, Running> studies = new HashMap<>();
  private Witness witness;

  /** An admitted study with the source it reads. */
  private record Running(NodeStudy machine, Study study, CleanRecords source) {}

  private NodeProcess(NodeSettings settings, Clock clock) throws IOException, DocumentError {
    this.settings = settings;
    this.clock = clock;
    this.log = new StewardLog(System.out, clock);
    this.key = IdentityFile.read(settings.identity());
    Files.createDirectories(
        settings.state(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    if (!settings.roster().keyOf(settings.id()).equals(Optional.of(key.verifyingKey()))) {
      throw new IOException(
          "the roster does not list " + settings.id() + " with the key of " + settings.identity());
    }
    Path witnessPath = settings.state().resolve("witness");
    this.ledgerFile = ledger(settings.state().resolve("ledger.sqlite"), witnessPath);
    this.ledger = BudgetLedger.open(ledgerFile);
    Optional<Policy> policy = policy(settings);
    budget(policy);
    this.witnessFile = new WitnessFile(witnessPath, settings.log());
    this.witness = witnessFile.read();
    this.desk = new AdmissionDesk(settings.id(), key, settings.roster(), policy, ledger);
    this.link = new CoordinatorLink(settings.coordinator(), new Ears());
  }

  /**
   * A node that has witnessed anything had a ledger: without it nobody knows what was spent, so
   * nothing may be.
   */
  private static SqliteLedger ledger(Path file, Path witness) throws IOException {
    if (Files.exists(file)) {
      return SqliteLedger.open(file);
    }
    if (Files.exists(witness)) {
      throw new IOException(
          "the ledger "
              + file
              + " is gone though this node took part in studies: restore it from a backup");
    }
    return SqliteLedger.create(file);
  }

  /** The policy's budgets; a population that it does not name has none, whatever it once had. */
  private void budget(Optional<Policy> policy) {
    Map<String, Budget> budgets = policy.map(Policy::budgets).orElse(Map.of());
    budgets.forEach((population, budget) -> ledger.setBudget(population, budget.total()));
    ledger.balances().keySet().stream()
        .filter(population -> !budgets.containsKey(population))
        .forEach(population -> ledger.setBudget(population, Rho.ZERO));
  }

  private static Optional<Policy> policy(NodeSettings settings) throws IOException, DocumentError {
    if (settings.policy().isEmpty()) {
      return Optional.empty();
    }
    Path file = settings.policy().get();
    return Optional.of(
        PolicyDocument.read(file.getFileName().toString(), Files.readAllBytes(file)));
  }

  static NodeProcess start(NodeSettings settings) throws IOException, DocumentError {
    NodeProcess node = new NodeProcess(settings, Clock.systemUTC());
    node.log.line(
        "node %s: ledger of %d entries, head %s; log witnessed to %d entries"
            .formatted(
                settings.id(),
                node.ledger.sequence(),
                node.ledger.head().brief(),
                node.witness.seen().size()));
    node.link.start();
    return node;
  }

  /** What the link hears, handed to the node's thread. */
  private final class Ears implements CoordinatorLink.Listener {
    @Override
    public void connected() {
      post(NodeProcess.this::greet);
    }

    @Override
    public void received(byte[] message) {
      post(() -> hear(message));
    }

    @Override
    public void disconnected(String why) {
      post(
          () -> {
            log.line("not connected: " + why);
            studies.values().forEach(s -> s.machine().disconnected());
          });
    }
  }

  private void greet() {
    say(
        new ToCoordinator.Hello(
            ToCoordinator.PROTOCOL, witness.seen().size(), List.copyOf(studies.keySet())));
  }

  private void hear(byte[] bytes) {
    ToNode message;
    try {
      message = SessionCodec.readToNode(bytes);
    } catch (MalformedMessage e) {
      log.line("refused a malformed message: " + e.getMessage());
      return;
    }
    if (message instanceof ToNode.Offer offer) {
      consider(offer);
      return;
    }
    Running running = studies.get(message.plan());
    if (running != null) {
      perform(running, running.machine().on(message, witness));
    } else if (message instanceof ToNode.Ended ended) {
      close(ended);
    }
  }

  // Admission.

  private void consider(ToNode.Offer offer) {
    Study study;
    Contract contract;
    Roster roster;
    try {
      study = StudyDocument.read("study.yaml", offer.study().toArray());
      contract = ContractDocument.parse("contract.yaml", offer.contract().toArray());
      roster = Roster.ofBytes(offer.roster().toArray());
    } catch (DocumentError | MalformedEncoding e) {
      complain(offer.plan(), "the offered documents cannot be read: " + e.getMessage());
      return;
    }
    Optional<NodeSettings.Dataset> dataset =
        settings.datasets().stream().filter(d -> d.contract().equals(contract.id())).findFirst();
    AdmissionDesk.Answer answer =
        desk.decide(
            new AdmissionDesk.Offered(offer.plan(), study, contract, roster.digest()),
            dataset.map(NodeSettings.Dataset::population),
            LocalDate.now(clock));
    if (answer instanceof AdmissionDesk.Answer.Refused refused) {
      log.line(
          "study %s refused: %s".formatted(study.id(), refused.refusal().statement().reasons()));
      say(new ToCoordinator.Refused(offer.plan(), Bytes.of(refused.refusal().toBytes())));
      return;
    }
    AdmissionDesk.Answer.Admitted admitted = (AdmissionDesk.Answer.Admitted) answer;
    Plan plan = admitted.plan();
    try {
      // The source is opened before the answer: a plan that cannot be carried out is not admitted.
      NodeSettings.Dataset bound = dataset.orElseThrow();
      Binding binding =
          BindingDocument.parse(
              bound.binding().getFileName().toString(),
              Files.readAllBytes(bound.binding()),
              contract);
      CleanRecords source =
          RecordSource.of(bound.files(), contract, binding).open(plan.salt().bytes());
      Running running =
          new Running(
              new NodeStudy(
                  new NodeStudy.Identity(settings.id(), key, this::seed, clock::instant),
                  plan,
                  admitted.programme(),
                  ledger),
              study,
              source);
      Running former = studies.put(plan.digest(), running);
      if (former != null) {
        former.machine().disconnected();
      }
      log.line(
          "study %s admitted, plan %s: rho %s reserved"
              .formatted(
                  study.id(), plan.digest().brief(), admitted.admission().statement().reserved()));
      say(new ToCoordinator.Admitted(plan.digest(), Bytes.of(admitted.admission().toBytes())));
    } catch (SourceProblem problem) {
      ledger.close(plan.digest());
      log.line("study %s cannot be answered: %s".formatted(study.id(), problem.localDetail()));
      complain(offer.plan(), problem.remoteText());
    } catch (DocumentError | IOException e) {
      ledger.close(plan.digest());
      log.line("study %s cannot be answered: %s".formatted(study.id(), e.getMessage()));
      complain(offer.plan(), "ALT-DATA-001 the binding here does not fit the contract");
    }
  }

  /**
   * A study this node has no part in any more is over: its checkpoint is witnessed all the same.
   */
  private void close(ToNode.Ended ended) {
    ledger.close(ended.plan());
    if (witness.judge(ended.checkpoint(), ended.consistency())
        instanceof Witness.Accepted accepted) {
      witnessFile.keep(accepted.next());
      witness = accepted.next();
      Cosignature cosignature =
          Cosignature.sign(
              ended.checkpoint().text(),
              settings.id().value(),
              key,
              clock.instant().getEpochSecond());
      say(
          new ToCoordinator.Cosigned(
              ended.plan(), witness.seen().size(), cosignature.line().toText()));
    }
  }

  // What the machine wants done.

  private void perform(Running running, List<NodeAction> actions) {
    for (NodeAction action : actions) {
      if (action instanceof NodeAction.Say say) {
        say(say.message());
      } else if (action instanceof NodeAction.Keep keep) {
        witnessFile.keep(keep.witness());
        witness = keep.witness();
      } else if (action instanceof NodeAction.Report report) {
        log.line("study %s: %s".formatted(running.study().id(), report.line()));
      } else if (action instanceof NodeAction.Compute compute) {
        worker.execute(() -> compute(running, compute));
      } else if (action instanceof NodeAction.Done) {
        studies.remove(running.machine().plan().digest());
      }
    }
  }

  /**
   * Runs in the worker: noise first, then the data, so that how long the noise took says nothing of
   * what was read.
   */
  private void compute(Running running, NodeAction.Compute task) {
    try {
      byte[] seed = seed();
      NoiseVector noise;
      try (AesCtrWords words = new AesCtrWords(seed)) {
        noise = NoiseVector.draw(task.noise(), words);
      } finally {
        Arrays.fill(seed, (byte) 0);
      }
      PartitionedSum sum =
          new PartitionedSum(
              task.query(), task.noise(), task.partition(), running.study().holdoutPercent());
      running.source().scan(sum::add);
      NoisedSum noised = sum.finish().plus(noise);
      post(
          () ->
              perform(running, running.machine().computed(task.release(), task.attempt(), noised)));
    } catch (SourceProblem problem) {
      post(
          () -> {
            log.line("the data cannot be read: " + problem.localDetail());
            perform(
                running,
                running.machine().failed(task.release(), task.attempt(), problem.remoteText()));
          });
    } catch (RuntimeException e) {
      post(
          () -> {
            log.line("a sum failed, this is a defect: " + e);
            perform(
                running,
                running.machine().failed(task.release(), task.attempt(), "a sum failed here"));
          });
    }
  }

  private byte[] seed() {
    byte[] seed = new byte[SEED_BYTES];
    random.nextBytes(seed);
    return seed;
  }

  private void say(ToCoordinator message) {
    link.send(SessionCodec.write(message));
  }

  private void complain(Digest plan, String text) {
    String most =
        text.substring(0, Math.min(text.length(), ToCoordinator.Complaint.MOST_CHARACTERS));
    say(new ToCoordinator.Complaint(plan, most));
  }

  private void post(Runnable task) {
    loop.execute(
        () -> {
          try {
            task.run();
          } catch (RuntimeException | Error e) {
            log.line("the node stops: it cannot go on safely: " + e);
            Runtime.getRuntime().halt(70);
          }
        });
  }

  @Override
  public void close() {
    link.close();
    worker.shutdownNow();
    loop.shutdown();
    new ArrayList<>(studies.values()).forEach(s -> s.machine().disconnected());
    ledgerFile.close();
  }
}
