package org.althing.release;

import org.althing.encoding.CanonicalWriter;
import org.althing.privacy.NoisePlan;
import org.althing.privacy.Partition;

/**
 * A release as planned: exactly what will leave, with its noise and its cost. Part of the plan that
 * every node recompiles.
 */
public record ReleaseSpec(String name, Partition partition, NoisePlan noise) {
  public void writeTo(CanonicalWriter out) {
    out.putString(name).putString(partition.name());
    noise.writeTo(out);
  }
}
