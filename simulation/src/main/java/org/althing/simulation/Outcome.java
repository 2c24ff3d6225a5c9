package org.althing.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.althing.study.StudyEvent;
import org.althing.study.StudyLog;
import org.althing.study.StudyRecord;

/**
 * What a play came to.
 *
 * @param steps events that happened
 * @param ends how each study ended, in the coordinator's words
 * @param unseen what no rule could be held to yet, by the rule's name
 * @param frozen nodes that noticed that their disk had been put back
 */
record Outcome(long steps, List<String> ends, Map<String, Integer> unseen, int frozen) {
  Outcome {
    ends = List.copyOf(ends);
    unseen = new TreeMap<>(unseen);
  }

  static Outcome of(World world) {
    List<String> ends = new ArrayList<>();
    StudyLog log = world.coordinator().log().orElseThrow();
    for (StudyRecord record : log.records()) {
      ends.add(
          record.completed()
              ? "completed"
              : record.stopped().map(StudyEvent.StudyStopped::reason).orElse("unfinished"));
    }
    return new Outcome(
        world.agenda().steps(), ends, world.invariants().unseen(), world.invariants().frozen());
  }

  boolean completed() {
    return !ends.isEmpty() && ends.stream().allMatch("completed"::equals);
  }
}
