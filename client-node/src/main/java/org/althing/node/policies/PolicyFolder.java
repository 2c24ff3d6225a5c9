package org.althing.node.policies;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.althing.approval.PolicyConsent;
import org.althing.document.Document;
import org.althing.document.DocumentError;
import org.althing.document.PolicyDocument;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.node.files.FolderListing;
import org.althing.node.files.WholeFile;
import org.althing.policy.Policy;
import org.althing.policy.Succession;

/**
 * The texts of all policies that were ever in force here, the newest last, and what people agreed
 * to. Every file is written once and whole.
 */
public final class PolicyFolder {
  private static final String POLICY = ".yaml";
  private static final String CONSENT = ".consent";
  private static final int MOST_CONSENTS = 500;

  private final Path versions;
  private final Path consents;

  /** One policy that was or is in force; versions are counted from 1. */
  public record Version(int number, Policy policy) {}

  /** What became of the policy file. */
  public sealed interface Taken {
    /** It is in force. */
    record InForce(Version version) implements Taken {}

    /** It is not: others have to agree first. */
    record Refused(Version inForce, Succession succession) implements Taken {}
  }

  /**
   * @param state the node's folder of that name
   */
  public PolicyFolder(Path state) {
    this.versions = state.resolve("policies");
    this.consents = state.resolve("policy-consents");
  }

  /** Every version that was ever in force, oldest first. */
  public List<Version> versions() throws IOException {
    List<Version> found = new ArrayList<>();
    for (Path file : FolderListing.of(versions, POLICY)) {
      Version version = new Version(found.size() + 1, read(file));
      if (!file.equals(file(version))) {
        throw new IOException(
            file + " is not version " + version.number() + ": restore the node's state");
      }
      found.add(version);
    }
    return found;
  }

  private Path file(Version version) {
    return versions.resolve(
        String.format(
            Locale.ROOT, "%06d-%s%s", version.number(), version.policy().digest().brief(), POLICY));
  }

  private static Policy read(Path file) throws IOException {
    try {
      return PolicyDocument.read(file.toString(), bytes(file));
    } catch (DocumentError e) {
      throw new IOException("a policy that was in force cannot be read: " + e.getMessage(), e);
    }
  }

  private static byte[] bytes(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(Document.MOST_BYTES + 1);
    }
  }

  /**
   * Puts the policy of a file in force, if it may be; it is, and stays, when the call returns.
   *
   * @throws DocumentError if the file is no policy
   */
  public Taken take(Path file) throws IOException, DocumentError {
    byte[] text = bytes(file);
    Policy next = PolicyDocument.read(String.valueOf(file.getFileName()), text);
    List<Version> before = versions();
    Optional<Version> inForce = last(before);
    if (inForce.map(v -> v.policy().digest().equals(next.digest())).orElse(false)) {
      return new Taken.InForce(inForce.get());
    }
    if (inForce.isPresent()) {
      Succession succession = Succession.of(inForce.get().policy(), next, consents());
      if (!succession.stands()) {
        return new Taken.Refused(inForce.get(), succession);
      }
    }
    Version taken = new Version(before.size() + 1, next);
    WholeFile.folder(versions);
    WholeFile.write(file(taken), text);
    return new Taken.InForce(taken);
  }

  /** The policy in force, if the node ever had one. */
  public Optional<Version> inForce() throws IOException {
    return last(versions());
  }

  private static Optional<Version> last(List<Version> all) {
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  public void add(PolicyConsent consent) throws IOException {
    WholeFile.folder(consents);
    if (FolderListing.of(consents, CONSENT).size() >= MOST_CONSENTS) {
      throw new IOException(
          "%s holds %d agreements: move older ones away first".formatted(consents, MOST_CONSENTS));
    }
    WholeFile.write(
        consents.resolve(
            String.format(
                Locale.ROOT,
                "%013d-%s-%s%s",
                consent.givenMillis(),
                consent.person(),
                Digest.of(consent.toBytes()).brief(),
                CONSENT)),
        consent.toBytes());
  }

  /** Everything that was ever agreed to, unverified; what cannot be read counts for nothing. */
  public List<PolicyConsent> consents() throws IOException {
    List<PolicyConsent> found = new ArrayList<>();
    for (Path file : FolderListing.of(consents, CONSENT)) {
      consent(file).ifPresent(found::add);
    }
    return found;
  }

  private static Optional<PolicyConsent> consent(Path file) throws IOException {
    try {
      return Files.size(file) > PolicyConsent.MOST_BYTES
          ? Optional.empty()
          : Optional.of(PolicyConsent.ofBytes(Files.readAllBytes(file)));
    } catch (MalformedEncoding e) {
      return Optional.empty();
    }
  }
}
