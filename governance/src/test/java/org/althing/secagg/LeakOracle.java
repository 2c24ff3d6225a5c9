package org.althing.secagg;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.althing.secagg.RewoundNodes.Proposal;

/**
 * Plays strategies of a lying coordinator against the honest nodes' real machines and says what the
 * coordinator can compute of the honest inputs afterwards.
 *
 * <p>A strategy shows each honest node a cohort, then one survivor set or none, then confirmations
 * of the set it signed.
 */
final class LeakOracle {
  final RewoundNodes nodes;
  private final Weakness weakness;
  private final Map<FormalMasks, List<List<Long>>> known = new HashMap<>();

  /** How the nodes differ from those that are shipped; made of answers of the real machines. */
  enum Weakness {
    NONE,
    /** A node signs and answers as many survivor sets as it is shown. */
    FORGETS_WHAT_IT_SIGNED,
    /** A node gives its shares of the sealing key of a survivor that did not confirm its set. */
    OPENS_SEALS_OF_OTHER_SETS
  }

  /** Which of the confirmations that there are a node is shown. */
  @FunctionalInterface
  interface Showing {
    int shownTo(int node, int confirming);
  }

  /**
   * @param cohorts what each honest node is shown first
   * @param proposals the sets each is shown then: none, one, or more if it forgets
   */
  record Strategy(List<Integer> cohorts, List<List<Proposal>> proposals) {}

  /**
   * What came of a strategy.
   *
   * @param signers the honest nodes that signed each set
   * @param confirmed the sets that t of their members confirmed
   * @param determined a basis of the combinations of honest inputs that can be computed
   */
  record Verdict(
      Holdings holdings,
      Map<Proposal, List<Integer>> signers,
      List<Proposal> confirmed,
      List<List<Long>> determined) {
    /** Whether anything but multiples of the sum over one confirmed set can be computed. */
    boolean leaks() {
      return !determined.isEmpty() && !onlyTheConfirmedSum();
    }

    private boolean onlyTheConfirmedSum() {
      if (confirmed.size() != 1 || determined.size() != 1) {
        return false;
      }
      List<Long> sum = determined.get(0);
      int members = confirmed.get(0).members;
      long factor = Collections.max(sum) == 0 ? Collections.min(sum) : Collections.max(sum);
      return IntStream.range(0, sum.size())
          .allMatch(i -> sum.get(i) == (FormalMasks.contains(members, i) ? factor : 0));
    }
  }

  LeakOracle(RewoundNodes nodes, Weakness weakness) {
    this.nodes = nodes;
    this.weakness = weakness;
  }

  /** The more a node is shown, the more it answers: all confirmations that there are. */
  Verdict judge(Strategy strategy) {
    return judge(strategy, (node, confirming) -> confirming);
  }

  Verdict judge(Strategy strategy, Showing showing) {
    Holdings holdings = new Holdings(nodes);
    Map<Proposal, List<Integer>> signers = new LinkedHashMap<>();
    for (int node = 0; node < nodes.honest; node++) {
      int cohort = strategy.cohorts().get(node);
      nodes.input(node, cohort).ifPresent(input -> holdings.take(input, cohort));
      for (Proposal shown : strategy.proposals().get(node)) {
        Optional<Confirm> confirm = shown.confirm(node);
        if (confirm.isPresent()) {
          holdings.take(confirm.get(), shown.survivors);
          signers.computeIfAbsent(shown, first -> new ArrayList<>()).add(node);
        }
      }
    }
    List<Proposal> confirmed = new ArrayList<>();
    signers.forEach(
        (signed, by) -> {
          int confirming = signed.confirming(by);
          by.forEach(node -> unmask(holdings, signed, node, showing.shownTo(node, confirming)));
          if (Integer.bitCount(confirming) >= nodes.threshold()) {
            confirmed.add(signed);
          }
        });
    List<List<Long>> determined = known.computeIfAbsent(holdings.masks(), FormalMasks::determined);
    return new Verdict(holdings, signers, confirmed, determined);
  }

  private void unmask(Holdings holdings, Proposal signed, int node, int shown) {
    Optional<Unmask> answer = signed.unmask(node, shown);
    answer.ifPresent(holdings::take);
    if (answer.isPresent() && weakness == Weakness.OPENS_SEALS_OF_OTHER_SETS) {
      // A second machine of the node is shown what the others would have signed of this set.
      int all = shown;
      for (int member : nodes.membersOf(signed.honestMembers())) {
        all |= signed.confirm(member).isPresent() ? 1 << member : 0;
      }
      signed.unmask(node, all).ifPresent(holdings::take);
    }
  }
}
