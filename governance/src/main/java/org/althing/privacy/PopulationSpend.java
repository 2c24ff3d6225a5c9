package org.althing.privacy;

import org.althing.encoding.CanonicalReader;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;

/**
 * What one population's releases have cost in all.
 *
 * @param population {@link #digestOf} its name, so that the name need not leave the node; whoever
 *     guesses the name can check it
 */
public record PopulationSpend(Digest population, Rho spent) {
  public static Digest digestOf(String name) {
    return new CanonicalWriter("population/v1").putString(name).digest();
  }

  void writeTo(CanonicalWriter out) {
    out.putDigest(population).putLong(spent.pico());
  }

  static PopulationSpend readFrom(CanonicalReader in) throws MalformedEncoding {
    return new PopulationSpend(in.getDigest(), new Rho(in.getLong()));
  }
}
