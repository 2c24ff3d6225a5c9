package org.althing.party;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.althing.encoding.Digest;
import org.althing.release.Release;
import org.althing.report.WatchedStudy;
import org.althing.study.StudyEvent;
import org.althing.study.StudyLog;
import org.althing.study.StudyRecord;

/**
 * What the releases of studies say so far, for whoever watches: read off the log, each study
 * planned again once. Safe for concurrent use.
 */
public final class StudyWatch {
  /** Plans that are kept; those that were asked for longest ago go first. */
  private static final int MOST = 32;

  private final StudyLog log;
  private final Map<Digest, Optional<Submission.Accepted>> plans =
      new LinkedHashMap<>(2 * MOST, 0.75f, true);

  public StudyWatch(StudyLog log) {
    this.log = log;
  }

  /** What one release says of how well the training goes, if anything. */
  public Optional<String> said(StudyRecord record, StudyEvent.Released released) {
    return plan(record).flatMap(plan -> WatchedStudy.said(release(plan, released)));
  }

  /**
   * A study as it stands; nothing of one that another version of this program planned.
   *
   * @param outcome how it ended, or that it is running
   */
  public Optional<WatchedStudy> of(StudyRecord record, String outcome) {
    return plan(record).map(accepted -> of(accepted, record, outcome));
  }

  private WatchedStudy of(Submission.Accepted accepted, StudyRecord record, String outcome) {
    List<Release> releases = new ArrayList<>();
    record.releases().forEach(released -> releases.add(release(accepted, released)));
    return new WatchedStudy(
        record.study(),
        accepted.study().id(),
        accepted.study().title(),
        accepted.study().lead(),
        outcome,
        accepted.plan().releases().size(),
        releases);
  }

  private Release release(Submission.Accepted accepted, StudyEvent.Released released) {
    return new Release(
        accepted.plan().releases().get(released.release()),
        log.total(released.total()),
        released.survivors().size());
  }

  private synchronized Optional<Submission.Accepted> plan(StudyRecord record) {
    Optional<Submission.Accepted> accepted = plans.get(record.study());
    if (accepted == null) {
      accepted = Submission.again(record);
      plans.put(record.study(), accepted);
      if (plans.size() > MOST) {
        plans.remove(plans.keySet().iterator().next());
      }
    }
    return accepted;
  }
}
