package org.althing.approval;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.althing.encoding.CanonicalReader;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.MalformedEncoding;

/**
 * One person's statement on one matter, to be signed with that person's own key.
 *
 * @param role what the person speaks as; one person speaks as one
 * @param reason 0 to {@value #MOST_REASON} characters of one line; whoever denies or asks gives
 *     one. A denial's goes to the coordinator and into the log
 * @param givenMillis when it was given, in milliseconds since 1970; a person's later statement
 *     replaces the earlier
 * @param expires the last day (UTC) on which it counts
 */
public record Approval(
    Matter matter,
    String person,
    String role,
    Verdict verdict,
    String reason,
    long givenMillis,
    LocalDate expires) {
  public static final int MOST_REASON = 500;
  private static final String LABEL = "approval/v1";

  /** Days since 1970 of the last day of the year 9999. */
  private static final long LAST_DAY = 2_932_896;

  public Approval {
    requireReason(reason);
    if (reason.isBlank() && verdict != Verdict.APPROVE) {
      throw new IllegalArgumentException("whoever denies or asks says why: give a reason");
    }
    if (expires.toEpochDay() < 0 || expires.toEpochDay() > LAST_DAY || givenMillis < 0) {
      throw new IllegalArgumentException("a statement is given and expires from 1970 to 9999");
    }
  }

  static void requireReason(String reason) {
    if (reason.length() > MOST_REASON || reason.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "a reason has at most " + MOST_REASON + " characters and is one line");
    }
  }

  /** The day (UTC) on which it was given. */
  public LocalDate givenOn() {
    return LocalDate.ofInstant(Instant.ofEpochMilli(givenMillis), ZoneOffset.UTC);
  }

  /** The canonical bytes that are signed. */
  public byte[] toBytes() {
    return matter
        .writeTo(new CanonicalWriter(LABEL))
        .putString(person)
        .putString(role)
        .putString(verdict.name())
        .putString(reason)
        .putLong(givenMillis)
        .putLong(expires.toEpochDay())
        .toBytes();
  }

  public static Approval ofBytes(byte[] bytes) throws MalformedEncoding {
    CanonicalReader in = new CanonicalReader(bytes, LABEL);
    try {
      Approval approval =
          new Approval(
              Matter.readFrom(in),
              in.getString(),
              in.getString(),
              in.getName(Verdict.values()),
              in.getString(),
              in.getLong(),
              day(in));
      in.end();
      return approval;
    } catch (IllegalArgumentException e) {
      throw in.malformed(e);
    }
  }

  private static LocalDate day(CanonicalReader in) throws MalformedEncoding {
    long day = in.getLong();
    if (day < 0 || day > LAST_DAY) {
      throw in.malformed("a day from 1970 to 9999 is expected");
    }
    return LocalDate.ofEpochDay(day);
  }
}
