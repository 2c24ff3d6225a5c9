package org.althing.simulation;

import java.util.List;
import org.althing.sheet.TextTable;

/** Every lie, played once among five members, and how the study ended. */
final class LieTable {
  private static final int NODES = 5;

  /** Who lies, or is lied to, by its number. */
  static final int LIAR = 1;

  private LieTable() {}

  /** A world that somebody lies in, before it is played. */
  static World world(Deceit deceit, int nodes, long seed) {
    List<Questions.Analysis> analyses = List.of(Questions.Analysis.values());
    return world(deceit, nodes, seed, analyses.get((int) (seed % analyses.size())));
  }

  private static World world(Deceit deceit, int nodes, long seed, Questions.Analysis one) {
    return new World(new Scenario(seed, nodes, List.of(one), 1, 0, Script.NONE), deceit);
  }

  /** Of a study with several releases: some lies need a second one. */
  static Ending ending(Deceit deceit) {
    World world = world(deceit, NODES, NODES, Questions.Analysis.LOGISTIC);
    world.playThrough();
    return Ending.of(world, world.nodes().get(LIAR).id());
  }

  static String played() {
    TextTable table = new TextTable("", List.of());
    table.row("a coordinator tells one node", "answers", "the study");
    for (CoordinatorLie lie : CoordinatorLie.values()) {
      table.row(lie.what(), lie.answers(), ending(lie.to(LIAR)).text());
    }
    table.row("", "", "").row("a member sends", "", "the study");
    for (NodeLie lie : NodeLie.values()) {
      table.row(lie.what(), "", ending(lie.by(LIAR)).text());
    }
    return table.toString();
  }
}
