package org.althing.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.althing.audit.ForkEvidence;
import org.althing.document.DocumentError;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.federation.SigningKey;
import org.althing.node.keys.IdentityFile;
import org.althing.node.ledger.LedgerMemoryFile;
import org.althing.node.ledger.SqliteLedger;
import org.althing.node.ledger.WitnessFile;
import org.althing.node.link.CoordinatorLink;
import org.althing.node.outbox.Outbox;
import org.althing.node.outbox.ReceiptFolder;
import org.althing.node.policies.PolicyFolder;
import org.althing.node.requests.RequestFolder;
import org.althing.node.requests.StatementWatch;
import org.althing.node.source.CleanRecords;
import org.althing.node.source.KeptRecords;
import org.althing.node.source.RejectedRows;
import org.althing.node.source.SourceProblem;
import org.althing.party.NodeOrder;
import org.althing.party.NodeParty;
import org.althing.party.PendingStudy;
import org.althing.policy.Policy;
import org.althing.policy.Succession;
import org.althing.privacy.AesCtrWords;
import org.althing.privacy.BudgetLedger;
import org.althing.privacy.LocalSum;
import org.althing.privacy.NoiseVector;
import org.althing.privacy.NoisedSum;
import org.althing.release.PartitionedSum;
import org.althing.secagg.Input;
import org.althing.session.NodeStudy;
import org.althing.session.ToCoordinator;
import org.althing.study.Declaration;
import org.althing.study.Signed;
import org.althing.wire.MalformedMessage;
import org.althing.wire.SessionCodec;

/**
 * A running node: one thread that gives {@link NodeParty} what happens and carries out its orders,
 * and one that reads data and sums. It holds no rule.
 */
public final class NodeProcess implements AutoCloseable {
  private static final int SEED_BYTES = 32;

  /** How often the folder of statements is looked into; nobody waits for a computer here. */
  private static final long LOOK_MILLIS = 500;

  private final NodeSettings settings;
  private final BudgetLedger ledger;
  private final SqliteLedger ledgerFile;
  private final WitnessFile witnessFile;
  private final LedgerMemoryFile memoryFile;
  private final Outbox outbox;
  private final ReceiptFolder receipts;
  private final Declarations declarations;
  private final NodeParty party;
  private final StewardLog log;
  private final SecureRandom random = new SecureRandom();
  private final ExecutorService loop =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "node"));
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "node-sums"));
  private final ScheduledExecutorService timers =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "node-people"));
  private final CoordinatorLink link;
  private final RequestFolder requests;
  private final boolean asksPeople;

  private final StatementWatch watch;

  /** The names of the declarations that were handed on; of the thread of the timers. */
  private List<String> declared = List.of();

  /** The sources of admitted studies, by plan. */
  private final Map<Digest, OpenSource> sources = new ConcurrentHashMap<>();

  /** What the worker was given and is still wanted. */
  private final Set<Long> wanted = ConcurrentHashMap.newKeySet();

  private record OpenSource(KeptRecords records, int holdoutPercent) {}

  private NodeProcess(NodeSettings settings, Clock clock) throws IOException, DocumentError {
    this.settings = settings;
    this.log = new StewardLog(System.out, clock);
    SigningKey key = IdentityFile.read(settings.identity());
    Files.createDirectories(
        settings.state(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    this.witnessFile = new WitnessFile(settings.state().resolve("witness"), settings.log());
    this.memoryFile = new LedgerMemoryFile(settings.state());
    this.outbox = Outbox.open(settings.state(), clock);
    this.receipts = new ReceiptFolder(settings.state());
    this.declarations = new Declarations(settings);
    this.ledgerFile = ledger(settings.ledgerFile(), witnessFile);
    this.ledger = BudgetLedger.open(ledgerFile);
    Optional<Policy> policy = inForce();
    declarations.ofPolicies();
    this.party = party(settings, policy, key, clock);
    this.requests = new RequestFolder(settings.state());
    this.watch =
        new StatementWatch(
            requests, (plan, known) -> post(() -> perform(party.stated(plan, known))), log::line);
    this.asksPeople = policy.filter(p -> p.approvals().asksAnybody()).isPresent();
    this.link = new CoordinatorLink(settings.coordinator(), new Ears());
  }

  /** The owner's policy, unless it must not take the place of the one in force. */
  private Optional<Policy> inForce() throws IOException, DocumentError {
    if (settings.policy().isEmpty()) {
      return Optional.empty();
    }
    PolicyFolder.Taken taken = new PolicyFolder(settings.state()).take(settings.policy().get());
    if (taken instanceof PolicyFolder.Taken.Refused refused) {
      throw new IOException(
          "ALT-POLICY-001 %s is not in force: it is not only stricter than version %d, and %d of the %d people who must agree have; see: althing node policy agree%n%s"
              .formatted(
                  settings.policy().get(),
                  refused.inForce().number(),
                  refused.succession().agreed().size(),
                  Succession.PEOPLE,
                  PolicyCommand.table(refused.succession().open()).toString().stripTrailing()));
    }
    PolicyFolder.Version version = ((PolicyFolder.Taken.InForce) taken).version();
    log.line(
        "policy %s is in force, version %d"
            .formatted(version.policy().digest().brief(), version.number()));
    return Optional.of(version.policy());
  }

  private static SqliteLedger ledger(Path file, WitnessFile witness) throws IOException {
    if (Files.exists(file)) {
      return SqliteLedger.open(file);
    }
    Optional<String> objection = NodeParty.objectionToNewLedger(witness.read());
    if (objection.isPresent()) {
      throw new IOException("there is no ledger " + file + ": " + objection.get());
    }
    return SqliteLedger.create(file);
  }

  private NodeParty party(NodeSettings of, Optional<Policy> policy, SigningKey key, Clock clock)
      throws IOException {
    NodeParty.Setting setting;
    try {
      setting =
          new NodeParty.Setting(
              new NodeStudy.Identity(of.id(), key, this::seed, clock::instant),
              of.roster(),
              policy,
              of.sources());
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage() + " (" + of.identity() + ")", e);
    }
    return new NodeParty(setting, ledger, witnessFile.read(), memoryFile.read());
  }

  /**
   * Starts the node that a configuration file tells of ({@code althing: node/v1}); returns at once.
   * Several in one Java process share nothing but its memory.
   */
  public static NodeProcess start(Path config) throws IOException, DocumentError {
    NodeSettings settings = NodeSettings.read(config);
    NodeProcess node = new NodeProcess(settings, Clock.systemUTC());
    node.log.line(
        "node %s: ledger of %d entries, head %s; log witnessed to %d entries"
            .formatted(
                settings.id(),
                node.ledger.sequence(),
                node.ledger.head().brief(),
                node.party.witness().seen().size()));
    node.askPeople();
    node.link.start();
    return node;
  }

  /** Takes up what was asked before, and begins to watch for answers. */
  private void askPeople() throws IOException {
    List<PendingStudy> filed = requests.pending(log::line);
    filed.forEach(each -> watch.watch(each.matter().plan()));
    post(() -> perform(party.start(filed)));
    if (asksPeople) {
      Future<?> ignored =
          timers.scheduleWithFixedDelay(watch::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
    Future<?> ignored =
        timers.scheduleWithFixedDelay(
            this::lookForDeclarations, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Tells the federation what the commands of this node's people wrote down. */
  private void lookForDeclarations() {
    try {
      List<String> names = declarations.folder().names();
      if (!names.equals(declared)) {
        declared = names;
        List<Signed<Declaration>> filed = declarations.undelivered(log::line);
        post(() -> perform(party.declare(filed)));
      }
    } catch (IOException | RuntimeException e) {
      // Told once: what cannot be read now is looked at again when there is more.
      log.line("declarations cannot be read: " + e);
    }
  }

  /** What the link hears, handed to the node's thread. */
  private final class Ears implements CoordinatorLink.Listener {
    @Override
    public void connected() {
      post(() -> perform(party.connected()));
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
            perform(party.disconnected());
          });
    }
  }

  private void hear(byte[] bytes) {
    try {
      perform(party.received(SessionCodec.readToNode(bytes)));
    } catch (MalformedMessage e) {
      log.line("refused a malformed message: " + e.getMessage());
    }
  }

  // Orders.

  private void perform(List<NodeOrder> orders) {
    orders.forEach(this::perform);
  }

  private void perform(NodeOrder order) {
    if (order instanceof NodeOrder.Say say) {
      byte[] message = SessionCodec.write(say.message());
      outbox.record(message, signedIn(say.message()));
      link.send(message);
    } else if (order instanceof NodeOrder.Keep keep) {
      witnessFile.keep(keep.witness());
    } else if (order instanceof NodeOrder.Remember remember) {
      memoryFile.keep(remember.memory());
    } else if (order instanceof NodeOrder.Accuse accuse) {
      log.line(
          "the ledger of %s was put back or runs twice; the proof is %s"
              .formatted(accuse.proof().node(), memoryFile.keep(accuse.proof())));
    } else if (order instanceof NodeOrder.AccuseLog accuse) {
      accuse(accuse.evidence());
    } else if (order instanceof NodeOrder.Receive receive) {
      onFile(() -> receipts.keep(receive.receipt()));
    } else if (order instanceof NodeOrder.Report report) {
      log.line(report.line());
    } else if (order instanceof NodeOrder.Open open) {
      give(open.ticket(), () -> open(open));
    } else if (order instanceof NodeOrder.Compute compute) {
      give(compute.ticket(), () -> compute(compute));
    } else if (order instanceof NodeOrder.Draw draw) {
      give(draw.ticket(), () -> draw(draw));
    } else if (order instanceof NodeOrder.Forget forget) {
      wanted.remove(forget.ticket());
    } else if (order instanceof NodeOrder.Done done) {
      sources.remove(done.plan().digest());
    } else if (order instanceof NodeOrder.File file) {
      onFile(() -> requests.file(file.pending()));
      watch.watch(file.pending().matter().plan());
    } else if (order instanceof NodeOrder.Discard discard) {
      watch.forget(discard.plan());
      onFile(() -> requests.discard(discard.plan()));
    } else if (order instanceof NodeOrder.Remind remind) {
      Future<?> ignored =
          timers.schedule(
              () -> post(() -> perform(party.reminded(remind.plan()))),
              remind.delay().toMillis(),
              TimeUnit.MILLISECONDS);
    } else if (order instanceof NodeOrder.Leave leave) {
      link.leave(leave.why());
    }
  }

  private void accuse(ForkEvidence evidence) {
    log.line(
        "ALT-LOG-004 the log signed %s; %s"
            .formatted(
                evidence.why().orElse("a checkpoint that it did not show to continue this node's"),
                witnessFile
                    .keep(evidence)
                    .map(
                        file ->
                            "both under its signature: althing verify %s --log-key KEYFILE"
                                .formatted(file))
                    .orElse("not kept, there are enough of its forks on file")));
  }

  /** What the node signed in a message that may be too long to be kept. */
  private static Optional<Bytes> signedIn(ToCoordinator message) {
    return message instanceof ToCoordinator.Round round && round.message() instanceof Input input
        ? Optional.of(input.attachment())
        : Optional.empty();
  }

  /** A change of the files that people are asked by. */
  private interface FileChange {
    void make() throws IOException;
  }

  private static void onFile(FileChange change) {
    try {
      change.make();
    } catch (IOException e) {
      throw new UncheckedIOException("what is kept for people could not be written", e);
    }
  }

  private void give(long ticket, Runnable task) {
    wanted.add(ticket);
    worker.execute(
        () -> {
          if (wanted.remove(ticket)) {
            task.run();
          }
        });
  }

  /** Runs in the worker. */
  private void open(NodeOrder.Open order) {
    try {
      CleanRecords records =
          settings
              .boundTo(order.contract().id())
              .orElseThrow()
              .records(order.contract(), order.study().cleaning())
              .open(order.plan().salt().bytes());
      post(
          () -> {
            for (RejectedRows rejected : records.rejected()) {
              log.line(
                  "study %s: %s; 'node data check' says where"
                      .formatted(order.study().id(), rejected.count()));
            }
            sources.put(
                order.plan().digest(),
                new OpenSource(new KeptRecords(records), order.study().holdoutPercent()));
            perform(party.opened(order.ticket()));
          });
    } catch (SourceProblem problem) {
      unopened(order, problem.localDetail(), problem.remoteText());
    } catch (DocumentError | IOException e) {
      unopened(
          order,
          String.valueOf(e.getMessage()),
          "ALT-DATA-001 the binding here does not fit the contract");
    } catch (RuntimeException e) {
      unopened(order, "this is a defect: " + e, "a source could not be opened here");
    }
  }

  private void unopened(NodeOrder.Open order, String localDetail, String remoteText) {
    post(
        () -> {
          log.line("study %s cannot be answered: %s".formatted(order.study().id(), localDetail));
          perform(party.unopened(order.ticket(), remoteText));
        });
  }

  /** Runs in the worker. */
  private void compute(NodeOrder.Compute order) {
    try {
      OpenSource source =
          Optional.ofNullable(sources.get(order.plan().digest()))
              .orElseThrow(() -> new IllegalStateException("no source is open for this study"));
      PartitionedSum sum =
          new PartitionedSum(
              order.query(), order.noise(), order.partition(), source.holdoutPercent());
      source.records().scan(sum::add);
      LocalSum whole = sum.finish();
      post(() -> perform(party.computed(order.ticket(), whole)));
    } catch (SourceProblem problem) {
      failed(
          order.ticket(),
          "the data cannot be read: " + problem.localDetail(),
          problem.remoteText());
    } catch (RuntimeException e) {
      failed(order.ticket(), "a sum failed, this is a defect: " + e, "a sum failed here");
    }
  }

  /** Runs in the worker; how long it takes depends on the plan and the words drawn, not on rows. */
  private void draw(NodeOrder.Draw order) {
    byte[] seed = seed();
    try (AesCtrWords words = new AesCtrWords(seed)) {
      NoisedSum noised = order.sum().plus(NoiseVector.draw(order.sum().plan(), words));
      post(() -> perform(party.drawn(order.ticket(), noised)));
    } catch (RuntimeException e) {
      failed(order.ticket(), "noise failed, this is a defect: " + e, "a sum failed here");
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  private void failed(long ticket, String localDetail, String remoteText) {
    post(
        () -> {
          log.line(localDetail);
          perform(party.failed(ticket, remoteText));
        });
  }

  private byte[] seed() {
    byte[] seed = new byte[SEED_BYTES];
    random.nextBytes(seed);
    return seed;
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
    timers.shutdownNow();
    worker.shutdownNow();
    loop.execute(party::disconnected);
    loop.shutdown();
    ledgerFile.close();
  }
}
