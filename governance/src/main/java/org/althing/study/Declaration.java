package org.althing.study;

import java.util.List;
import java.util.Optional;
import org.althing.encoding.CanonicalReader;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.privacy.Rho;

/**
 * What an organisation tells the whole federation of itself, whatever the study: that its policy
 * became other than stricter, what it erased, that something went wrong. Whatever is about a person
 * is in it only as a commitment, whose salt the node keeps until it erases it.
 *
 * @param number the node's own count, from 1; later declarations have larger ones
 * @param timeMillis the node's clock, in milliseconds since 1970; for people
 */
public record Declaration(NodeId node, long number, long timeMillis, Matter matter)
    implements Statement {
  /** Under which the declarations of all nodes are chained in the log, beside its studies. */
  public static final Digest CHAIN = new CanonicalWriter("declarations/v1").digest();

  /** Longer ones are refused. */
  public static final int MOST_BYTES = 1 << 15;

  private static final String LABEL = "declaration/v1";
  private static final int MOST_ITEMS = 500;
  private static final int MOST_CHARACTERS = 1000;

  public Declaration {
    if (number < 1 || timeMillis < 0) {
      throw new IllegalArgumentException("declarations count from 1, at a time after 1970");
    }
  }

  /** What is declared. */
  public sealed interface Matter {
    byte[] toBytes();
  }

  /**
   * A policy that is not only stricter took the place of the one in force.
   *
   * @param people how many of the policy in force agreed
   * @param renewals the budgets that grew
   * @param reasons what those who agreed said, for everybody to read
   * @param consents commitments to what each of them signed
   */
  public record PolicyChanged(
      Digest before,
      Digest after,
      int people,
      List<Renewal> renewals,
      List<String> reasons,
      List<Digest> consents)
      implements Matter {
    private static final String LABEL = "policy-changed/v1";

    public PolicyChanged {
      renewals = List.copyOf(renewals);
      reasons = List.copyOf(reasons);
      consents = List.copyOf(consents);
      reasons.forEach(Declaration::requireText);
      if (people < 0 || people != consents.size()) {
        throw new IllegalArgumentException("everybody who agreed has one commitment");
      }
    }

    @Override
    public byte[] toBytes() {
      return new CanonicalWriter(LABEL)
          .putDigest(before)
          .putDigest(after)
          .putInt(people)
          .putList(renewals, (w, each) -> each.writeTo(w))
          .putList(reasons, CanonicalWriter::putString)
          .putList(consents, CanonicalWriter::putDigest)
          .toBytes();
    }
  }

  /**
   * One budget that grew, or is new.
   *
   * @param population as ledgers name it, by the digest of its name
   */
  public record Renewal(Digest population, Rho before, Rho after) {
    private void writeTo(CanonicalWriter out) {
      out.putDigest(population).putLong(before.pico()).putLong(after.pico());
    }
  }

  /**
   * What the policy's retention had erased.
   *
   * @param lots by kind
   * @param salts the commitments of the log that nobody can open any more
   */
  public record Erased(Digest policy, List<Lot> lots, List<Digest> salts) implements Matter {
    private static final String LABEL = "erased/v1";

    public Erased {
      lots = List.copyOf(lots);
      salts = List.copyOf(salts);
      if (lots.isEmpty()) {
        throw new IllegalArgumentException("whoever erased nothing has nothing to declare");
      }
    }

    @Override
    public byte[] toBytes() {
      return new CanonicalWriter(LABEL)
          .putDigest(policy)
          .putList(lots, (w, each) -> each.writeTo(w))
          .putList(salts, CanonicalWriter::putDigest)
          .toBytes();
    }
  }

  /**
   * What was erased of one kind.
   *
   * @param beforeMillis all of them are older than this
   * @param list digest of the list of what was erased, each by name and digest; the node keeps it
   */
  public record Lot(String kind, long beforeMillis, int count, Digest list) {
    public Lot {
      requireText(kind);
      if (count < 1 || beforeMillis < 0) {
        throw new IllegalArgumentException("a lot is of something, before a time after 1970");
      }
    }

    private void writeTo(CanonicalWriter out) {
      out.putString(kind).putLong(beforeMillis).putInt(count).putDigest(list);
    }
  }

  /**
   * Something went wrong.
   *
   * @param category what kind of thing, for everybody to read
   * @param occurredMillis when, as far as is known
   * @param study whose plan it concerns, if one
   * @param text commitment to the words, and to who wrote them
   */
  public record Incident(
      Category category, long occurredMillis, Optional<Digest> study, Digest text)
      implements Matter {
    private static final String LABEL = "incident/v1";

    public Incident {
      if (occurredMillis < 0) {
        throw new IllegalArgumentException("an incident is of a time after 1970");
      }
    }

    @Override
    public byte[] toBytes() {
      return new CanonicalWriter(LABEL)
          .putString(category.name())
          .putLong(occurredMillis)
          .putList(study.stream().toList(), CanonicalWriter::putDigest)
          .putDigest(text)
          .toBytes();
    }
  }

  /** What an incident did to data, in the terms of GDPR Art. 4(12), or to this software. */
  public enum Category {
    /** Data may be known to who should not know them. */
    CONFIDENTIALITY,
    /** Data or keys may have been changed. */
    INTEGRITY,
    /** Data or a service were lost or out of reach. */
    AVAILABILITY,
    /** Anything else. */
    OTHER
  }

  @Override
  public byte[] toBytes() {
    return new CanonicalWriter(LABEL)
        .putString(node.value())
        .putLong(number)
        .putLong(timeMillis)
        .putBytes(matter.toBytes())
        .toBytes();
  }

  public static Declaration ofBytes(byte[] bytes) throws MalformedEncoding {
    if (bytes.length > MOST_BYTES) {
      throw new MalformedEncoding("a declaration has at most " + MOST_BYTES + " bytes");
    }
    CanonicalReader in = new CanonicalReader(bytes, LABEL);
    try {
      NodeId node = new NodeId(in.getString());
      long number = in.getLong();
      long timeMillis = in.getLong();
      Declaration declaration = new Declaration(node, number, timeMillis, matterOf(in.getBytes()));
      in.end();
      return declaration;
    } catch (IllegalArgumentException e) {
      throw in.malformed(e);
    }
  }

  /** Reads {@link Matter#toBytes} back. */
  public static Matter matterOf(byte[] bytes) throws MalformedEncoding {
    String label = CanonicalReader.labelOf(bytes);
    CanonicalReader in = new CanonicalReader(bytes, label);
    try {
      Matter matter = matter(label, in);
      in.end();
      return matter;
    } catch (IllegalArgumentException e) {
      throw in.malformed(e);
    }
  }

  private static Matter matter(String label, CanonicalReader in) throws MalformedEncoding {
    return switch (label) {
      case PolicyChanged.LABEL ->
          new PolicyChanged(
              in.getDigest(),
              in.getDigest(),
              in.getInt(),
              in.getList(
                  r -> new Renewal(r.getDigest(), new Rho(r.getLong()), new Rho(r.getLong())),
                  MOST_ITEMS),
              in.getList(CanonicalReader::getString, MOST_ITEMS),
              in.getList(CanonicalReader::getDigest, MOST_ITEMS));
      case Erased.LABEL ->
          new Erased(
              in.getDigest(),
              in.getList(
                  r -> new Lot(r.getString(), r.getLong(), r.getInt(), r.getDigest()), MOST_ITEMS),
              in.getList(CanonicalReader::getDigest, MOST_ITEMS));
      case Incident.LABEL -> incident(in);
      default -> throw in.malformed("nothing that is declared has such a label");
    };
  }

  private static Incident incident(CanonicalReader in) throws MalformedEncoding {
    Category category = in.getName(Category.values());
    long occurredMillis = in.getLong();
    List<Digest> study = in.getList(CanonicalReader::getDigest, 1);
    return new Incident(category, occurredMillis, study.stream().findFirst(), in.getDigest());
  }

  private static void requireText(String text) {
    if (text.isBlank() || text.length() > MOST_CHARACTERS || text.matches("(?s).*\\p{Cntrl}.*")) {
      throw new IllegalArgumentException(
          "a text of a declaration is one line of 1 to %d characters".formatted(MOST_CHARACTERS));
    }
  }
}
