package org.althing.approval;

import org.althing.encoding.Bytes;
import org.althing.encoding.CanonicalReader;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.SigningKey;
import org.althing.federation.VerifyingKey;

/**
 * What a person says went wrong, signed. The log has only a commitment to it.
 *
 * @param text 1 to {@value #MOST_CHARACTERS} characters of one line
 */
public record IncidentReport(String person, String text, Bytes signature) {
  public static final int MOST_CHARACTERS = 4000;
  private static final String LABEL = "incident-report/v1";

  public IncidentReport {
    if (text.isBlank()
        || text.length() > MOST_CHARACTERS
        || text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "an incident's words are one line of 1 to %d characters".formatted(MOST_CHARACTERS));
    }
  }

  public static IncidentReport by(SigningKey key, String person, String text) {
    IncidentReport unsigned = new IncidentReport(person, text, Bytes.EMPTY);
    return new IncidentReport(person, text, Bytes.of(key.sign(unsigned.signed().toBytes())));
  }

  private CanonicalWriter signed() {
    return new CanonicalWriter(LABEL).putString(person).putString(text);
  }

  public boolean verifies(VerifyingKey key) {
    return key.verifies(signed().toBytes(), signature.toArray());
  }

  public byte[] toBytes() {
    return signed().putBytes(signature.toArray()).toBytes();
  }

  public static IncidentReport ofBytes(byte[] bytes) throws MalformedEncoding {
    CanonicalReader in = new CanonicalReader(bytes, LABEL);
    try {
      IncidentReport report =
          new IncidentReport(in.getString(), in.getString(), Bytes.of(in.getBytes()));
      in.end();
      return report;
    } catch (IllegalArgumentException e) {
      throw in.malformed(e);
    }
  }
}
