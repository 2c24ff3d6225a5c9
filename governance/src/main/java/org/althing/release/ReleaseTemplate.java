package org.althing.release;

import java.util.List;
import org.althing.privacy.BlockDemand;
import org.althing.privacy.Partition;

/** A release as its query asks for it, before scales and noise are fixed. */
public record ReleaseTemplate(String name, Partition partition, List<BlockDemand> blocks) {
  public ReleaseTemplate {
    blocks = List.copyOf(blocks);
  }
}
