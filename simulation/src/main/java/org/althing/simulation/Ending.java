package org.althing.simulation;

import org.althing.federation.NodeId;
import org.althing.study.StudyRecord;

/** How a study ends in which somebody lies; whatever the ending, every rule held. */
enum Ending {
  COMPLETED("completed"),
  /** No release counts the liar, or whom the coordinator lied to. */
  WITHOUT("completed without it"),
  STOPPED("stopped, with the reason");

  private final String text;

  Ending(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  /** How the first study of a world ended, seen from who lied or was lied to. */
  static Ending of(World world, NodeId about) {
    StudyRecord record = world.coordinator().log().orElseThrow().records().get(0);
    if (!record.completed()) {
      return STOPPED;
    }
    boolean counted =
        record.releases().stream().anyMatch(release -> release.survivors().contains(about));
    return counted ? COMPLETED : WITHOUT;
  }
}
