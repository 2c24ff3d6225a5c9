package org.althing.secagg;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.althing.secagg.LeakOracle.Strategy;
import org.althing.secagg.RewoundNodes.Proposal;

/** What a lying coordinator may show to whom. */
final class Strategies {
  private final RewoundNodes nodes;
  private final List<Integer> cohorts;

  /**
   * @param cohorts the cohorts that may be shown; nodes refuse some of them
   */
  Strategies(RewoundNodes nodes, List<Integer> cohorts) {
    this.nodes = nodes;
    this.cohorts = cohorts;
  }

  /** Every set of nodes. */
  static List<Integer> everySet(RewoundNodes nodes) {
    return IntStream.rangeClosed(1, nodes.all()).boxed().toList();
  }

  /** The same with either face of the colluders, where there are any in the set. */
  static List<Integer> withBothFaces(RewoundNodes nodes, List<Integer> sets) {
    List<Integer> faces = new ArrayList<>(sets);
    sets.stream()
        .filter(set -> (set & nodes.colluders()) != 0)
        .forEach(set -> faces.add(set | RewoundNodes.OTHER_FACE));
    return faces;
  }

  /** Every cohort for every node, every set of {@code survivors} that it signs, or none. */
  void each(List<Integer> survivors, Consumer<Strategy> consumer) {
    eachCohort(
        new ArrayList<>(),
        shown -> {
          List<List<List<Proposal>>> choices = new ArrayList<>();
          for (int node = 0; node < nodes.honest; node++) {
            List<List<Proposal>> choice = new ArrayList<>();
            choice.add(List.of());
            signable(node, shown, survivors).forEach(proposal -> choice.add(List.of(proposal)));
            choices.add(choice);
          }
          eachChoice(shown, choices, new ArrayList<>(), consumer);
        });
  }

  /** Every two sets that a node signs when it does not remember the first. */
  void eachOfForgetfulNodes(List<Integer> survivors, Consumer<Strategy> consumer) {
    eachCohort(
        new ArrayList<>(),
        shown -> {
          List<List<List<Proposal>>> choices = new ArrayList<>();
          for (int node = 0; node < nodes.honest; node++) {
            List<List<Proposal>> choice = new ArrayList<>();
            List<Proposal> signable = signable(node, shown, survivors);
            for (Proposal one : signable) {
              signable.stream()
                  .filter(other -> other.members > one.members)
                  .forEach(other -> choice.add(List.of(one, other)));
            }
            choices.add(choice);
          }
          eachChoice(shown, choices, new ArrayList<>(), consumer);
        });
  }

  private void eachCohort(List<Integer> shown, Consumer<List<Integer>> consumer) {
    int node = shown.size();
    if (node == nodes.honest) {
      consumer.accept(List.copyOf(shown));
      return;
    }
    for (int cohort : cohorts) {
      if (nodes.input(node, cohort).isPresent()) {
        shown.add(cohort);
        eachCohort(shown, consumer);
        shown.remove(node);
      }
    }
  }

  List<Proposal> signable(int node, List<Integer> shown, List<Integer> survivors) {
    return survivors.stream()
        .flatMap(set -> nodes.proposal(shown.get(node), set, shown).stream())
        .filter(proposal -> proposal.confirm(node).isPresent())
        .toList();
  }

  private static void eachChoice(
      List<Integer> shown,
      List<List<List<Proposal>>> choices,
      List<List<Proposal>> chosen,
      Consumer<Strategy> consumer) {
    int node = chosen.size();
    if (node == choices.size()) {
      consumer.accept(new Strategy(shown, List.copyOf(chosen)));
      return;
    }
    for (List<Proposal> choice : choices.get(node)) {
      chosen.add(choice);
      eachChoice(shown, choices, chosen, consumer);
      chosen.remove(node);
    }
  }

  /**
   * Often the same cohort and the same set for all, so that sets are confirmed or nearly so; often
   * another cohort or another set for some.
   */
  Strategy random(List<Integer> survivors, Random random) {
    int usual = any(cohorts, random);
    int other = random.nextBoolean() ? usual : any(cohorts, random);
    List<Integer> shown = new ArrayList<>();
    for (int node = 0; node < nodes.honest; node++) {
      int cohort = random.nextInt(4) == 0 ? other : usual;
      shown.add(FormalMasks.contains(cohort, node) ? cohort : nodes.all());
    }
    List<Integer> within =
        survivors.stream().filter(set -> (set & nodes.all() & ~usual) == 0).toList();
    int first = any(within, random);
    int second = random.nextBoolean() ? first : any(within, random);
    List<List<Proposal>> proposals = new ArrayList<>();
    for (int node = 0; node < nodes.honest; node++) {
      int set = random.nextInt(3) == 0 ? second : first;
      proposals.add(nodes.proposal(shown.get(node), set, shown).stream().toList());
    }
    return new Strategy(shown, proposals);
  }

  private static int any(List<Integer> sets, Random random) {
    return sets.get(random.nextInt(sets.size()));
  }
}
