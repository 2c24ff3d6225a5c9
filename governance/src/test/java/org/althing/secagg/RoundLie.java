package org.althing.secagg;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.althing.federation.NodeId;

/**
 * What a lying coordinator may do in one attempt, and what comes of it.
 *
 * <p>Numbers: attacks of the secure-aggregation protocol §5, and lines of the fault catalogue
 * (reliability and security §4.3).
 */
enum RoundLie {
  /** §5-5, §5-11: one node is shown a cohort of two. */
  SMALL_COHORT(Told.ONE, Fault.Kind.TOO_FEW, true) {
    @Override
    void tell(LyingCoordinator c, NodeId victim) {
      NodeId other = c.allBut(victim).get(0);
      c.tellAll(to -> c.cohort(to, to.equals(victim) ? List.of(victim, other) : c.all()));
      closeHonestly(c);
    }
  },
  /**
   * §5-2: some mask for all, some for all but one. Whoever sees a vector of the other kind stops.
   */
  TWO_COHORTS(Told.ALL, Fault.Kind.OTHER_COHORT, false) {
    @Override
    void tell(LyingCoordinator c, NodeId victim) {
      List<NodeId> rest = c.allBut(victim);
      c.tellAll(to -> c.cohort(to, inFirstHalf(c, to, victim) ? c.all() : rest));
      c.tellAll(to -> c.survivors(inFirstHalf(c, to, victim) ? c.all() : rest));
      c.tellAll(to -> c.confirmations(c.all()));
    }
  },
  /** §5-2: after the inputs, one node is shown another cohort. */
  SECOND_COHORT(Told.ONE, Fault.Kind.SECOND_ANNOUNCEMENT, true) {
    @Override
    void tell(LyingCoordinator c, NodeId victim) {
      c.tellAll(to -> c.cohort(to, c.all()));
      c.tell(victim, c.cohort(victim, c.allBut(c.allBut(victim).get(0))));
      closeHonestly(c);
    }
  },
  /** §5-11: one node is shown itself and a few others as survivors. */
  FEW_SURVIVORS(Told.ONE, Fault.Kind.TOO_FEW, true) {
    @Override
    void tell(LyingCoordinator c, NodeId victim) {
      c.tellAll(to -> c.cohort(to, c.all()));
      c.tell(victim, c.survivors(List.of(victim, c.allBut(victim).get(0))));
      closeHonestly(c);
    }
  },
  /** §5-2, §5-4: some confirm all, some all but one; each is shown all confirmations. */
  TWO_SURVIVOR_SETS(Told.ALL, Fault.Kind.OTHER_SURVIVORS, false) {
    @Override
    void tell(LyingCoordinator c, NodeId victim) {
      List<NodeId> rest = c.allBut(victim);
      c.tellAll(to -> c.cohort(to, c.all()));
      c.tellAll(to -> c.survivors(inFirstHalf(c, to, victim) ? c.all() : rest));
      c.tellAll(to -> c.confirmations(inFirstHalf(c, to, victim) ? c.all() : rest));
    }
  },
  /** §5-3: after their confirmations, the nodes are shown the set without one of them. */
  SECOND_SURVIVOR_SET(Told.ALL_BUT_ONE, Fault.Kind.SECOND_ANNOUNCEMENT, false) {
    @Override
    void tell(LyingCoordinator c, NodeId victim) {
      c.tellAll(to -> c.cohort(to, c.all()));
      c.tellAll(to -> c.survivors(c.all()));
      List<NodeId> rest = c.allBut(victim);
      rest.forEach(to -> c.tell(to, c.survivors(rest)));
      rest.forEach(to -> c.tell(to, c.confirmations(c.all())));
    }
  },
  /** §5-3: after the release, the nodes are asked for the other half of one of them. */
  BOTH_SHARES(true) {
    @Override
    void tell(LyingCoordinator c, NodeId victim) {
      c.tellAll(to -> c.cohort(to, c.all()));
      closeHonestly(c);
      SurvivorsProposed rest = c.survivors(c.allBut(victim));
      c.tellAll(to -> rest);
      c.tellAll(to -> c.forgedConfirmations(rest));
    }
  },
  /** §5-4: confirmations of another set, with the real signatures of everybody else. */
  FORGED_CONFIRMATIONS(Told.ONE, Fault.Kind.OTHER_SURVIVORS, true) {
    @Override
    void tell(LyingCoordinator c, NodeId victim) {
      c.tellAll(to -> c.cohort(to, c.all()));
      c.tellAll(to -> c.survivors(c.all()));
      SurvivorsProposed rest = c.survivors(c.allBut(c.allBut(victim).get(0)));
      c.tell(victim, c.forgedConfirmations(rest));
      c.tellAll(to -> c.confirmations(c.all()));
    }
  },
  /** §5-6, §5-21, line 13: one node is shown the cohort of an older attempt, release or epoch. */
  REPLAYED_COHORT(Told.ONE, Fault.Kind.OTHER_CONTEXT, true) {
    @Override
    void tell(LyingCoordinator c, NodeId victim) {
      c.tell(victim, c.older().cohort(victim, c.all()));
      c.tellAll(to -> c.cohort(to, c.all()));
      closeHonestly(c);
    }
  },
  /** The same with the survivors. */
  REPLAYED_SURVIVORS(Told.ONE, Fault.Kind.OTHER_CONTEXT, true) {
    @Override
    void tell(LyingCoordinator c, NodeId victim) {
      c.tellAll(to -> c.cohort(to, c.all()));
      c.tell(victim, c.older().survivors(c.all()));
      closeHonestly(c);
    }
  },
  /** The same with the confirmations. */
  REPLAYED_CONFIRMATIONS(Told.ONE, Fault.Kind.OTHER_CONTEXT, true) {
    @Override
    void tell(LyingCoordinator c, NodeId victim) {
      c.tellAll(to -> c.cohort(to, c.all()));
      c.tellAll(to -> c.survivors(c.all()));
      c.tell(victim, c.older().confirmations(c.all()));
      c.tellAll(to -> c.confirmations(c.all()));
    }
  },
  /** §5-9, line 24: one node is given another public state. */
  OTHER_MODEL(Told.ONE, Fault.Kind.OTHER_CONTEXT, true) {
    @Override
    Function<NodeId, RoundTerms> believed(LyingCoordinator c, NodeId victim) {
      RoundTerms t = c.terms;
      RoundTerms other =
          new RoundTerms(t.epoch(), t.keys(), t.release(), t.attempt(), Scene.OTHER, t.length());
      return id -> id.equals(victim) ? other : t;
    }

    @Override
    void tell(LyingCoordinator c, NodeId victim) {
      c.tellAll(to -> c.cohort(to, to.equals(victim) ? c.all() : c.allBut(victim)));
      closeHonestly(c);
    }
  },
  /** Line 11: a vector that came in is left out of the sum, to be opened later. */
  LATE_VECTOR(true) {
    @Override
    void tell(LyingCoordinator c, NodeId victim) {
      c.tellAll(to -> c.cohort(to, c.all()));
      Input late =
          c.inputs.stream().filter(i -> i.sender().equals(victim)).findFirst().orElseThrow();
      c.inputs.remove(late);
      List<NodeId> rest = c.allBut(victim);
      rest.forEach(to -> c.tell(to, c.survivors(rest)));
      rest.forEach(to -> c.tell(to, c.confirmations(rest)));
    }
  };

  /** Who is lied to, and gives the attempt up. */
  enum Told {
    ONE,
    ALL_BUT_ONE,
    ALL,
    NOBODY
  }

  final Told told;

  /** Why whoever is lied to gives up. */
  final Optional<Fault.Kind> kind;

  /** Whether a sum comes out: the right one over its survivors. */
  final boolean released;

  RoundLie(boolean released) {
    this.told = Told.NOBODY;
    this.kind = Optional.empty();
    this.released = released;
  }

  RoundLie(Told told, Fault.Kind kind, boolean released) {
    this.told = told;
    this.kind = Optional.of(kind);
    this.released = released;
  }

  /** Whether it shows messages of an older attempt. */
  boolean replays() {
    return name().startsWith("REPLAYED");
  }

  Function<NodeId, RoundTerms> believed(LyingCoordinator coordinator, NodeId victim) {
    return id -> coordinator.terms;
  }

  abstract void tell(LyingCoordinator coordinator, NodeId victim);

  static void closeHonestly(LyingCoordinator c) {
    c.tellAll(to -> c.survivors(c.all()));
    c.tellAll(to -> c.confirmations(c.all()));
  }

  /** The victim and those up to the middle of the roster: neither part has t members. */
  private static boolean inFirstHalf(LyingCoordinator c, NodeId id, NodeId victim) {
    return id.equals(victim) || c.allBut(victim).indexOf(id) < c.all().size() / 2 - 1;
  }
}
