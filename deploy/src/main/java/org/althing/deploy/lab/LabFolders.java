package org.althing.deploy.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.althing.cli.CommandFailure;
import org.althing.cli.ExitCode;
import org.althing.document.Federation;
import org.althing.document.Federation.Organisation;
import org.althing.document.RosterDocument;
import org.althing.federation.NodeId;
import org.althing.federation.Roster;
import org.althing.federation.SigningKey;

/**
 * What a laboratory writes before it starts: per organisation its keys, certificate and
 * configuration, the same for the coordinator, the roster, and a certificate for each lead. Every
 * folder is 0700, every file 0600.
 */
final class LabFolders {
  /** The public name of a laboratory's log. */
  static final String ORIGIN = "althing.lab/log";

  private static final String INVENTORY = "lab.tsv";
  private static final String LOOPBACK = "127.0.0.1";

  private final Path root;
  private final Ports ports;
  private final List<NodeId> nodes;

  /** Where the coordinator listens, both on loopback. */
  record Ports(int grpc, int http) {}

  private LabFolders(Path root, Ports ports, List<NodeId> nodes) {
    // Each process runs in a folder of its own, where a relative path would lead elsewhere.
    this.root = root.toAbsolutePath().normalize();
    this.ports = ports;
    this.nodes = List.copyOf(nodes);
  }

  /**
   * Writes everything under {@code root}, which must not hold a laboratory yet.
   *
   * @param leads names to certify as study leads
   */
  static LabFolders write(Path root, LabInput input, Set<String> leads, SecureRandom random)
      throws IOException {
    Federation federation = input.federation();
    PrivateFiles.folder(root);
    List<Integer> free = LoopbackPorts.free(2);
    Ports ports = new Ports(free.get(0), free.get(1));
    ThrowAwayAuthority authority = ThrowAwayAuthority.create(random, Clock.systemUTC());

    SigningKey logKey =
        newKey(PrivateFiles.folder(root.resolve("coordinator")), "log.seed", random);
    List<Roster.Member> members = new ArrayList<>();
    for (Organisation organisation : federation.organisations()) {
      Path folder = PrivateFiles.folder(root.resolve("nodes").resolve(organisation.id().value()));
      SigningKey identity = newKey(folder, "identity.seed", random);
      members.add(new Roster.Member(organisation.id(), identity.verifyingKey()));
    }
    Roster roster = new Roster(members, federation.quorum().over(members.size()));

    writeCoordinator(root.resolve("coordinator"), roster, ports, authority);
    for (Organisation organisation : federation.organisations()) {
      Path folder = root.resolve("nodes").resolve(organisation.id().value());
      PrivateFiles.write(folder.resolve("roster.yaml"), RosterDocument.write(roster));
      authority.issue(ThrowAwayAuthority.Subject.node(organisation.id().value()), folder);
      PrivateFiles.write(
          folder.resolve("node.yaml"),
          nodeDocument(organisation, input, ports, logKey.verifyingKey().hex()));
      PrivateFiles.folder(folder.resolve("state"));
    }
    for (String lead : leads) {
      authority.issue(
          ThrowAwayAuthority.Subject.lead(lead), PrivateFiles.folder(leadFolder(root, lead)));
    }
    PrivateFiles.write(
        root.resolve("contract.yaml"),
        new String(input.contractText().toArray(), StandardCharsets.UTF_8));
    LabFolders folders = new LabFolders(root, ports, roster.ids());
    folders.writeInventory();
    return folders;
  }

  /** A laboratory that was written before. */
  static LabFolders open(Path root) throws IOException {
    Path inventory = root.resolve(INVENTORY);
    if (!Files.isRegularFile(inventory)) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "there is no laboratory in "
              + root
              + "; start one with: althing lab up FEDERATION.yaml --state "
              + root);
    }
    List<String> lines = Files.readAllLines(inventory);
    String[] found = lines.get(0).split("\t", -1);
    Ports ports = new Ports(Integer.parseInt(found[0]), Integer.parseInt(found[1]));
    return new LabFolders(root, ports, lines.stream().skip(1).map(NodeId::new).toList());
  }

  /** Whether a laboratory was ever written here. */
  static boolean existIn(Path root) {
    return Files.isRegularFile(root.resolve(INVENTORY));
  }

  private void writeInventory() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(ports.grpc() + "\t" + ports.http());
    nodes.forEach(node -> lines.add(node.value()));
    PrivateFiles.write(root.resolve(INVENTORY), String.join("\n", lines) + "\n");
  }

  Path root() {
    return root;
  }

  Ports ports() {
    return ports;
  }

  List<NodeId> nodes() {
    return nodes;
  }

  /** A lead's certificate and key. */
  ThrowAwayAuthority.Credentials lead(String name) {
    Path folder = leadFolder(root, name);
    if (!Files.isDirectory(folder)) {
      throw new CommandFailure(
          ExitCode.IDENTITY,
          "the laboratory in "
              + root
              + " has no certificate for lead '"
              + name
              + "'; name every lead when it is first started: --lead "
              + name);
    }
    return ThrowAwayAuthority.Credentials.in(folder);
  }

  /** A node's certificate and key. */
  ThrowAwayAuthority.Credentials node(NodeId node) {
    return ThrowAwayAuthority.Credentials.in(nodeFolder(node));
  }

  private static Path leadFolder(Path root, String name) {
    return root.resolve("leads").resolve(name);
  }

  /** The contract that the nodes' data are bound to. */
  Path contract() {
    return root.resolve("contract.yaml");
  }

  Path coordinatorFolder() {
    return root.resolve("coordinator");
  }

  /** Where a node's files lie. */
  Path nodeFolder(NodeId node) {
    return root.resolve("nodes").resolve(node.value());
  }

  private static SigningKey newKey(Path folder, String file, SecureRandom random)
      throws IOException {
    byte[] seed = new byte[SigningKey.SEED_BYTES];
    random.nextBytes(seed);
    PrivateFiles.write(folder.resolve(file), HexFormat.of().formatHex(seed) + "\n");
    return SigningKey.ofSeed(seed);
  }

  private static void writeCoordinator(
      Path folder, Roster roster, Ports ports, ThrowAwayAuthority authority) throws IOException {
    PrivateFiles.write(folder.resolve("roster.yaml"), RosterDocument.write(roster));
    authority.issue(ThrowAwayAuthority.Subject.coordinator(), folder);
    PrivateFiles.folder(folder.resolve("state"));
    PrivateFiles.write(
        folder.resolve("coordinator.yaml"),
        String.join(
            "\n",
            "althing: coordinator/v1",
            "listen:",
            "  grpc: " + quoted(LOOPBACK + ":" + ports.grpc()),
            "  http: " + quoted(LOOPBACK + ":" + ports.http()),
            "tls: { cert: tls.crt, key: tls.key, ca: ca.crt }",
            "roster: roster.yaml",
            "log_key: log.seed",
            "state: state",
            "origin: " + quoted(ORIGIN),
            ""));
  }

  private static String nodeDocument(
      Organisation organisation, LabInput input, Ports ports, String logKey) {
    List<String> files = new ArrayList<>();
    for (String file : organisation.dataFiles()) {
      files.add("      - " + quoted(absolute(input.base(), file)));
    }
    return String.join(
        "\n",
        "althing: node/v1",
        "id: " + quoted(organisation.id().value()),
        "coordinator: " + quoted(LOOPBACK + ":" + ports.grpc()),
        "tls: { cert: tls.crt, key: tls.key, ca: ca.crt }",
        "identity: identity.seed",
        "roster: roster.yaml",
        "log:",
        "  origin: " + quoted(ORIGIN),
        "  key: " + quoted(logKey),
        "state: state",
        "policy: " + quoted(absolute(input.base(), organisation.policyFile())),
        "datasets:",
        "  - contract: " + quoted(input.contract().id()),
        "    files:",
        String.join("\n", files),
        "    binding: " + quoted(absolute(input.base(), organisation.bindingFile())),
        "    population: " + quoted(organisation.population()),
        "");
  }

  private static String absolute(Path base, String file) {
    return base.resolve(file).toAbsolutePath().normalize().toString();
  }

  /** A YAML text in double quotes. */
  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
