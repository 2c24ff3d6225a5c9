package org.althing.report;

import java.util.List;
import java.util.Optional;
import org.althing.encoding.Digest;
import org.althing.release.Release;

/**
 * A study as whoever watches sees it: how far it is, and what its releases so far say.
 *
 * @param plan its digest, by which it is asked for
 * @param lead who asked
 * @param outcome {@code running}, {@code completed}, or why it stopped
 * @param planned how many releases the plan has
 * @param releases those that are out
 */
public record WatchedStudy(
    Digest plan,
    String id,
    String title,
    String lead,
    String outcome,
    int planned,
    List<Release> releases) {
  public WatchedStudy {
    releases = List.copyOf(releases);
  }

  /** Such as {@code 3 of 8 releases}. */
  String position() {
    return "%d of %d releases".formatted(releases.size(), planned);
  }

  /** What the newest gradient says. */
  Optional<String> newest() {
    return releases.stream()
        .map(WatchedStudy::said)
        .flatMap(Optional::stream)
        .reduce((older, newer) -> newer);
  }

  /**
   * What one release says of how well the training goes, in words: how long its gradient is beside
   * noise; nothing of releases without one. It follows from what was released, so it is free.
   */
  public static Optional<String> said(Release release) {
    return RoundsFigure.rounds(List.of(release), "").stream().findFirst().map(WatchedStudy::said);
  }

  private static String said(RoundsFigure.Round round) {
    return "its gradient is %s times as long as noise alone would make it%s"
        .formatted(
            Decimal.fixed(round.multiple(), 1),
            round.isTold() ? "" : ", which is not told from noise");
  }
}
