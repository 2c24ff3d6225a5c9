package org.althing.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.althing.audit.NoteKey;
import org.althing.cleaning.Recipe;
import org.althing.contract.Binding;
import org.althing.contract.Contract;
import org.althing.document.BindingDocument;
import org.althing.document.Document;
import org.althing.document.DocumentError;
import org.althing.document.Mapping;
import org.althing.document.PolicyDocument;
import org.althing.document.RosterDocument;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.federation.Roster;
import org.althing.federation.VerifyingKey;
import org.althing.node.link.CoordinatorLink;
import org.althing.node.source.RecordSource;
import org.althing.node.source.SourceProblem;
import org.althing.policy.AdmissionDesk;
import org.althing.policy.Policy;

/**
 * What a node is told by its configuration file ({@code althing: node/v1}); paths are relative to
 * that file.
 *
 * @param identity file with the seed of the identity key
 * @param log the coordinator's log: its name and key
 * @param policy the owner's policy; without one the node refuses everything
 */
record NodeSettings(
    NodeId id,
    CoordinatorLink.Target coordinator,
    Path identity,
    Roster roster,
    NoteKey log,
    Path state,
    Optional<Path> policy,
    List<Dataset> datasets) {
  private static final int MOST_PORT = 65535;

  /**
   * A source that the node may answer from.
   *
   * @param contract id of the contract it is bound to
   * @param population whose budget its studies use
   */
  record Dataset(String contract, List<Path> files, Path binding, String population) {
    private static final String LABEL = "source/v1";

    Dataset {
      files = List.copyOf(files);
    }

    /**
     * The source as it is declared: its contract, its population, where its rows come from and how
     * they are read. Says nothing of what the rows hold, so reading it is cheap and tells nothing.
     */
    AdmissionDesk.Source source() throws IOException {
      Digest version =
          new CanonicalWriter(LABEL)
              .putString(contract)
              .putString(population)
              .putList(files, (out, file) -> out.putString(file.normalize().toString()))
              .putBytes(Files.readAllBytes(binding))
              .digest();
      return new AdmissionDesk.Source(population, version);
    }

    /** Its files as {@code agreed} and a study's recipe have them read. */
    RecordSource records(Contract agreed, Recipe recipe)
        throws IOException, DocumentError, SourceProblem {
      Binding read =
          BindingDocument.parse(
              binding.getFileName().toString(), Files.readAllBytes(binding), agreed);
      return RecordSource.of(files, agreed, read, recipe);
    }
  }

  /** The source that answers the studies of a contract: the first that is bound to it. */
  Optional<Dataset> boundTo(String contract) {
    return datasets.stream().filter(dataset -> dataset.contract().equals(contract)).findFirst();
  }

  static NodeSettings read(Path file) throws DocumentError, IOException {
    Path base = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
    Mapping root = Document.parse(file.getFileName().toString(), Files.readAllBytes(file));
    Document.kind(root, "node");
    NodeId id;
    try {
      id = new NodeId(root.text("id"));
    } catch (IllegalArgumentException e) {
      throw root.error("id", String.valueOf(e.getMessage()));
    }
    String address = root.text("coordinator");
    int colon = address.lastIndexOf(':');
    if (colon < 1
        || !address.substring(colon + 1).matches("[0-9]{1,5}")
        || Integer.parseInt(address.substring(colon + 1)) > MOST_PORT) {
      throw root.error("coordinator", "expected HOST:PORT, a port being at most " + MOST_PORT);
    }
    Mapping tls = root.mapping("tls");
    CoordinatorLink.Target target =
        new CoordinatorLink.Target(
            address.substring(0, colon),
            Integer.parseInt(address.substring(colon + 1)),
            path(base, tls, "cert"),
            path(base, tls, "key"),
            path(base, tls, "ca"));
    tls.end();
    Path identity = path(base, root, "identity");
    Path rosterFile = path(base, root, "roster");
    Roster roster =
        RosterDocument.read(rosterFile.getFileName().toString(), Files.readAllBytes(rosterFile));
    NoteKey log = log(root);
    Path state = resolved(base, root, "state", root.text("state"));
    Optional<Path> policy =
        root.has("policy") ? Optional.of(path(base, root, "policy")) : Optional.empty();
    List<Dataset> datasets = new ArrayList<>();
    for (Mapping each : root.optionalMappings("datasets")) {
      datasets.add(dataset(base, each));
    }
    root.end();
    return new NodeSettings(id, target, identity, roster, log, state, policy, datasets);
  }

  Path ledgerFile() {
    return state.resolve("ledger.sqlite");
  }

  /** The owner's policy as its file holds it now. */
  Optional<Policy> readPolicy() throws IOException, DocumentError {
    if (policy.isEmpty()) {
      return Optional.empty();
    }
    Path file = policy.get();
    return Optional.of(
        PolicyDocument.read(file.getFileName().toString(), Files.readAllBytes(file)));
  }

  /** What answers the studies of each contract, by the contract's id; the first that is bound. */
  Map<String, AdmissionDesk.Source> sources() throws IOException {
    Map<String, AdmissionDesk.Source> sources = new HashMap<>();
    for (Dataset dataset : datasets) {
      sources.putIfAbsent(dataset.contract(), dataset.source());
    }
    return sources;
  }

  private static NoteKey log(Mapping root) throws DocumentError {
    Mapping log = root.mapping("log");
    String key = log.text("key");
    if (!key.matches("[0-9a-f]{64}")) {
      throw log.error("key", "expected an Ed25519 public key as 64 hexadecimal digits");
    }
    try {
      NoteKey noteKey =
          new NoteKey(
              log.text("origin"),
              NoteKey.Type.ED25519,
              VerifyingKey.ofBytes(HexFormat.of().parseHex(key)));
      log.end();
      return noteKey;
    } catch (IllegalArgumentException e) {
      throw log.error("key", String.valueOf(e.getMessage()));
    }
  }

  private static Dataset dataset(Path base, Mapping each) throws DocumentError {
    String contract = each.text("contract");
    List<Path> files = new ArrayList<>();
    for (String file : each.texts("files")) {
      Path path = resolved(base, each, "files", file);
      if (!Files.isReadable(path)) {
        throw each.error("files", "there is no readable file " + path);
      }
      files.add(path);
    }
    Dataset dataset =
        new Dataset(contract, files, path(base, each, "binding"), each.text("population"));
    each.end();
    return dataset;
  }

  private static Path resolved(Path base, Mapping from, String key, String name)
      throws DocumentError {
    try {
      return base.resolve(name);
    } catch (InvalidPathException e) {
      throw from.error(key, "no file can have this name");
    }
  }

  private static Path path(Path base, Mapping from, String key) throws DocumentError {
    Path path = resolved(base, from, key, from.text(key));
    if (!Files.isReadable(path)) {
      throw from.error(key, "there is no readable file " + path);
    }
    return path;
  }
}
