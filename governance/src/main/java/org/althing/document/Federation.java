package org.althing.document;

import java.util.ArrayList;
import java.util.List;
import org.althing.encoding.CanonicalWriter;
import org.althing.federation.NodeId;
import org.althing.federation.Roster;
import org.althing.federation.SigningKey;
import org.althing.study.QuorumChoice;

/**
 * A federation described in one file, as a laboratory needs it: which organisations there are and
 * where their files lie. In a real federation no single file says all this.
 *
 * @param contractFile path relative to the federation file, as are all others here
 * @param quorum numbers chosen for the roster of all organisations
 */
public record Federation(
    String name, String contractFile, List<Organisation> organisations, QuorumChoice quorum) {
  /** Fewer would tell each other's numbers. */
  public static final int LEAST_ORGANISATIONS = 3;

  /**
   * One organisation.
   *
   * @param dataFiles at least one
   * @param population whose budget its studies use
   * @param people a public, rough number of people in its data
   */
  public record Organisation(
      NodeId id,
      List<String> dataFiles,
      String bindingFile,
      String policyFile,
      String population,
      long people) {
    public Organisation {
      dataFiles = List.copyOf(dataFiles);
      if (dataFiles.isEmpty()) {
        throw new IllegalArgumentException("organisation " + id + " names no data file");
      }
    }
  }

  public Federation {
    organisations = List.copyOf(organisations);
    if (organisations.size() < LEAST_ORGANISATIONS) {
      throw new IllegalArgumentException(
          "a federation has at least %d organisations, got %d"
              .formatted(LEAST_ORGANISATIONS, organisations.size()));
    }
    if (organisations.stream().map(Organisation::id).distinct().count() != organisations.size()) {
      throw new IllegalArgumentException("two organisations share an id");
    }
    quorum.over(organisations.size());
  }

  /** The public number of people over all organisations. */
  public long people() {
    return organisations.stream().mapToLong(Organisation::people).sum();
  }

  /**
   * The roster with stand-in keys: costs and noise depend on who takes part, not on keys. Nobody
   * could sign with them: they are no secret.
   */
  public Roster rosterForPlanning() {
    List<Roster.Member> members = new ArrayList<>();
    for (Organisation organisation : organisations) {
      byte[] seed =
          new CanonicalWriter("planning-only/v1")
              .putString(organisation.id().value())
              .digest()
              .bytes();
      members.add(new Roster.Member(organisation.id(), SigningKey.ofSeed(seed).verifyingKey()));
    }
    return new Roster(members, quorum.over(members.size()));
  }
}
