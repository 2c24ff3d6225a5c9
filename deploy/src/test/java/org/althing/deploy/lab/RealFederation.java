package org.althing.deploy.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.althing.cli.CommandFailure;
import org.althing.federation.NodeId;
import org.althing.node.ledger.SqliteLedger;
import org.althing.privacy.BudgetLedger;
import org.althing.privacy.LedgerEntry;

/**
 * The shipped coordinator and nodes as real processes that a test can kill, freeze and restart. The
 * distribution is the one that system property {@code althing.distribution} names.
 */
public final class RealFederation implements AutoCloseable {
  public static final String COORDINATOR = "coordinator";

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String LEAD = "study-lead";

  private final Path root;
  private final Distribution distribution;
  private final LabFolders folders;
  private final CoordinatorClient lead;
  private final Map<String, LabProcess> processes = new HashMap<>();
  private int starts;

  private RealFederation(Path root) throws IOException {
    this.root = root;
    this.distribution = Distribution.at(Path.of(System.getProperty("althing.distribution")));
    LabInput input = LabInput.read(root.resolve("federation.yaml"), List.of());
    this.folders = LabFolders.write(root.resolve("lab"), input, Set.of(LEAD), new SecureRandom());
    this.lead = new CoordinatorClient(folders.ports().http(), folders.lead(LEAD));
    Files.createDirectories(root.resolve("logs"));
    // Short waits for the absent, so that a test of an absence does not last a minute.
    Path config = folders.coordinatorFolder().resolve("coordinator.yaml");
    Files.writeString(
        config,
        Files.readString(config)
            + "patience: { phase_seconds: 60, rejoin_seconds: 15, quorum_seconds: 60, witness_seconds: 15 }\n");
  }

  /**
   * Writes documents, keys and configuration of one organisation for each given file; starts
   * nothing.
   *
   * @param data a delimited text per organisation, with the column names of the demonstration's
   *     contract
   */
  public static RealFederation write(Path root, Map<String, String> data) throws IOException {
    StringBuilder organisations = new StringBuilder();
    for (String node : data.keySet().stream().sorted().toList()) {
      Files.writeString(root.resolve(node + ".csv"), data.get(node));
      Files.writeString(root.resolve(node + "-policy.yaml"), policy(node));
      organisations.append(
          "  - { id: %1$s, data: [%1$s.csv], binding: binding.yaml, policy: %1$s-policy.yaml, population: patients, people: 5000 }%n"
              .formatted(node));
    }
    Files.writeString(root.resolve("contract.yaml"), resource("/demo/contract.yaml"));
    Files.writeString(root.resolve("binding.yaml"), resource("/demo/bindings/harbour.yaml"));
    Files.writeString(
        root.resolve("federation.yaml"),
        "althing: federation/v1\nname: Under test\ncontract: contract.yaml\norganisations:\n"
            + organisations);
    return new RealFederation(root);
  }

  private static String policy(String node) {
    return """
        althing: policy/v1
        org: %s
        valid: { from: 2020-01-01, until: 2099-12-31 }
        leads: [study-lead]
        purposes: [heart-research]
        analyses: [quality, statistics, naive-bayes, logistic, candidates]
        columns:
          allow: [age, sex, smoking, systolic, cholesterol, bmi, glucose, max_heart_rate, chest_pain, family_history, heart_disease]
          never: [patient_id]
        secure_aggregation: required
        limits: { nodes: 4, people: 1000, releases: 12, colluders: 1, survivors: 3 }
        budgets:
          patients: { rho: 1000, per_study_rho: 100, delta: 1.0e-5 }
        """
        .formatted(node);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = RealFederation.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  // Processes.

  public void startCoordinator() throws IOException {
    Path folder = folders.coordinatorFolder();
    start(
        COORDINATOR,
        distribution.coordinator(
            List.of("--config", folder.resolve("coordinator.yaml").toString())),
        folder);
  }

  public void startNode(String node) throws IOException {
    startCopy(node, nodeFolder(node));
  }

  /** Starts another process of a node whose whole folder was copied, under a name of its own. */
  public void startCopy(String name, Path folder) throws IOException {
    start(
        name,
        distribution.node(List.of("run", "--config", folder.resolve("node.yaml").toString())),
        folder);
  }

  public void startAll() throws Exception {
    startCoordinator();
    for (NodeId node : folders.nodes()) {
      startNode(node.value());
    }
    awaitAllAttend();
  }

  private void start(String name, List<String> command, Path folder) throws IOException {
    Path log = root.resolve("logs").resolve("%02d-%s.log".formatted(++starts, name));
    // They live for seconds: compiling them well would cost more than it saves.
    List<String> quick = new ArrayList<>(command);
    quick.add(1, "-XX:TieredStopAtLevel=1");
    processes.put(name, LabProcess.start(name, quick, folder, log));
  }

  /** Runs one of the steward's commands, beside whatever runs; answers what it prints. */
  public String node(int exitCode, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(distribution.node(List.of(arguments)));
    command.add(1, "-XX:TieredStopAtLevel=1");
    Path errors = root.resolve("logs").resolve("%02d-command.log".formatted(++starts));
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor())
        .as("exit code of %s, which printed %s%s", arguments[0], printed, Files.readString(errors))
        .isEqualTo(exitCode);
    return printed;
  }

  public boolean runs(String name) {
    return processes.containsKey(name) && processes.get(name).isAlive();
  }

  /** Ends a process as a power cut would. */
  public void kill(String name) throws Exception {
    ProcessHandle handle = processes.get(name).handle();
    handle.destroyForcibly();
    handle.onExit().get(10, TimeUnit.SECONDS);
  }

  /** Ends a process as its operator would, so that its ledger can be opened. */
  public void end(String name) {
    processes.get(name).askToEnd();
    processes.get(name).awaitEnd();
  }

  /** Stops a process without ending it; to be thawed before its connection is given up. */
  public void freeze(String name) throws Exception {
    signal("-STOP", name);
  }

  public void thaw(String name) throws Exception {
    signal("-CONT", name);
  }

  private void signal(String signal, String name) throws Exception {
    long pid = processes.get(name).handle().pid();
    Process kill = new ProcessBuilder("kill", signal, Long.toString(pid)).start();
    assertThat(kill.waitFor()).as("kill %s %s", signal, name).isZero();
  }

  // What they say.

  public String log(String name) {
    try {
      return Files.readString(processes.get(name).log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public boolean logged(String name, String pattern) {
    return Pattern.compile(pattern).matcher(log(name)).find();
  }

  public void awaitLogged(String name, String pattern) throws Exception {
    await(name + " logs " + pattern, () -> logged(name, pattern));
  }

  public void awaitCoordinator() throws Exception {
    await("the coordinator answers", lead::answers);
  }

  public void awaitAllAttend() throws Exception {
    awaitCoordinator();
    await("all nodes attend", () -> lead.attending().size() == folders.nodes().size());
  }

  /** Looks until it is so; nobody tells another process's observer. */
  private void await(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "not within "
                + PATIENCE.toSeconds()
                + " s: "
                + what
                + System.lineSeparator()
                + tails());
      }
      Thread.sleep(4);
    }
  }

  private String tails() {
    StringBuilder text = new StringBuilder();
    processes
        .values()
        .forEach(
            p ->
                text.append("-- ").append(p.log()).append('\n').append(p.lastWords()).append('\n'));
    return text.toString();
  }

  // Studies.

  /** Submits a study; answers its id. */
  public String submit(String study) throws Exception {
    return lead.submit(
        study.getBytes(StandardCharsets.UTF_8), Files.readAllBytes(root.resolve("contract.yaml")));
  }

  /** Waits until the study is closed and unpacks its folder. */
  public Path output(String study) throws Exception {
    await("study " + study + " is closed", () -> lead.answers() && lead.closed(study));
    Path folder = root.resolve("out").resolve(study);
    Archive.unpack(lead.bundle(study), folder);
    return folder;
  }

  /** The texts of a study's events of one kind. */
  public List<String> events(String study, String kind) throws Exception {
    return lead.events(study, 0).stream()
        .filter(event -> event.kind().equals(kind))
        .map(CoordinatorClient.Event::text)
        .toList();
  }

  /** Copies the whole log as a node may; answers the folder. */
  public Path copyLog(String node) throws Exception {
    Path folder = root.resolve("log-of-" + node);
    LabLog.copy(as(node), folder);
    return folder;
  }

  /** What a node is told that asks for what only leads may see. */
  public String refusedStudies(String node) throws Exception {
    try {
      as(node).attending();
      return "nothing: it was answered";
    } catch (CommandFailure e) {
      return e.getMessage();
    }
  }

  /** What the lead is answered; with a body, it posts it. */
  public HttpResponse<String> ask(String path, Optional<String> body) throws Exception {
    return ask(folders.lead(LEAD), path, body);
  }

  /** The same of somebody with a node's certificate. */
  public HttpResponse<String> askAs(String node, String path) throws Exception {
    return ask(folders.node(new NodeId(node)), path, Optional.empty());
  }

  private HttpResponse<String> ask(
      ThrowAwayAuthority.Credentials caller, String path, Optional<String> body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
            URI.create("https://127.0.0.1:%d%s".formatted(folders.ports().http(), path)));
    body.ifPresent(
        json ->
            request
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(CoordinatorClient.sslContext(caller))
        .build()
        .send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Who the coordinator says attends. */
  public List<String> attending() throws Exception {
    return lead.attending();
  }

  /** What dials with a node's certificate. */
  public SSLContext dials(String node) throws IOException {
    return CoordinatorClient.sslContext(folders.node(new NodeId(node)));
  }

  private CoordinatorClient as(String node) throws IOException {
    return new CoordinatorClient(folders.ports().http(), folders.node(new NodeId(node)));
  }

  public void awaitEvent(String study, String kind, int count) throws Exception {
    await(
        study + " has " + count + " " + kind,
        () -> lead.answers() && events(study, kind).size() >= count);
  }

  // Files.

  public Path roster() {
    return folders.coordinatorFolder().resolve("roster.yaml");
  }

  public Path data(String node) {
    return root.resolve(node + ".csv");
  }

  public Path nodeFolder(String node) {
    return folders.nodeFolder(new NodeId(node));
  }

  public Path coordinatorFolder() {
    return folders.coordinatorFolder();
  }

  public int port() {
    return folders.ports().grpc();
  }

  public int httpPort() {
    return folders.ports().http();
  }

  /** The most memory that a process ever had in use, in mebibytes; Linux alone tells. */
  public int mostMebibytes(String name) throws IOException {
    Path status = Path.of("/proc", Long.toString(processes.get(name).handle().pid()), "status");
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToInt(line -> Integer.parseInt(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  /** CPU time of a process since it started. */
  public double cpuSeconds(String name) {
    return processes.get(name).handle().info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
  }

  /** Everything an ended node's ledger holds. */
  public List<LedgerEntry> ledger(String node) throws IOException {
    Path file = nodeFolder(node).resolve("state").resolve("ledger.sqlite");
    try (SqliteLedger store = SqliteLedger.open(file)) {
      return BudgetLedger.open(store).history();
    }
  }

  /** Everything that is not an organisation's own: logs, the coordinator's files, the results. */
  public List<Path> filesOutsideTheNodes() throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path start :
        List.of(root.resolve("logs"), folders.coordinatorFolder(), root.resolve("out"))) {
      try (Stream<Path> walk = Files.walk(start)) {
        walk.filter(Files::isRegularFile).forEach(found::add);
      }
    }
    return found;
  }

  @Override
  public void close() {
    for (LabProcess process : processes.values()) {
      // A frozen process does not hear a polite word.
      process.handle().destroyForcibly();
      process.handle().onExit().join();
    }
  }
}
