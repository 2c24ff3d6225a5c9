package org.althing.report;

import java.util.ArrayList;
import java.util.List;

/** The studies of a coordinator on one page for people, as they stand; nothing runs in it. */
public final class StudiesPage {
  private static final Page.Frame FRAME =
      new Page.Frame("en", "Skip to the studies", "studies", "Contents", "");

  private StudiesPage() {}

  /**
   * @param studies in the order of the log; shown the newest first
   */
  public static byte[] of(List<WatchedStudy> studies) {
    Markup head = new Markup();
    head.leaf("p", "Coordinator", "class", "over").line();
    head.leaf("h1", "Studies").line();
    head.leaf(
            "p",
            "How far each study is, and what its releases so far say of it. That follows from noisy sums that are out already: looking costs nothing.",
            "class",
            "lede")
        .line();
    List<WatchedStudy> newest = new ArrayList<>();
    for (int i = studies.size() - 1; i >= 0; i--) {
      newest.add(studies.get(i));
    }
    Page page =
        new Page(FRAME, "Studies \u00b7 Althing", head)
            .section("studies", "Studies, the newest first", list(newest));
    for (WatchedStudy study : newest) {
      List<RoundsFigure.Round> rounds = RoundsFigure.rounds(study.releases(), "");
      if (study.outcome().equals("running") && rounds.size() >= 2) {
        String id = "s" + study.plan().brief();
        page.section(id, study.title(), new RoundsFigure(rounds).figure("rounds-" + id).toMarkup());
      }
    }
    return page.toBytes();
  }

  private static Markup list(List<WatchedStudy> studies) {
    if (studies.isEmpty()) {
      return new Markup()
          .leaf("p", "No study was submitted yet. Next: althing lab submit STUDY.yaml");
    }
    Table table = new Table("Studies", "Study", "Lead", "State", "So far", "The newest gradient");
    for (WatchedStudy study : studies) {
      table.row(
          study.title() + " (" + study.id() + ")",
          study.lead(),
          study.outcome(),
          study.position(),
          study.newest().orElse("\u2013"));
    }
    return table.toMarkup();
  }
}
