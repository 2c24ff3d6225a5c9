package org.althing.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One play: who takes part, what is asked, and what goes wrong.
 *
 * @param seed of every delay and every secret
 * @param nodes 3 to 8
 * @param studies what is asked, each one a little after the other
 * @param spareAttempts of each study
 * @param asking the nodes whose policy asks an officer, bit k for node k
 */
record Scenario(
    long seed,
    int nodes,
    List<Questions.Analysis> studies,
    int spareAttempts,
    int asking,
    Script script) {
  private static final int MOST_NODES = 6;

  /** What seeds drew from before there were more. */
  private static final List<Questions.Analysis> FIRST = Questions.Analysis.of(false);

  private static final List<Questions.Analysis> LATER = Questions.Analysis.of(true);

  Scenario {
    studies = List.copyOf(studies);
    if (nodes < 3 || nodes > 8) {
      throw new IllegalArgumentException("a simulated federation has 3 to 8 nodes, got " + nodes);
    }
  }

  /**
   * The play that a seed stands for.
   *
   * @param nodes how many, or 0 to draw that too
   */
  static Scenario of(long seed, int nodes) {
    SplittableRandom random = new Draw(seed).of("scenario");
    int drawn = random.nextInt(3, MOST_NODES + 1);
    int members = nodes == 0 ? drawn : nodes;
    List<Questions.Analysis> studies = new ArrayList<>();
    int count = random.nextInt(4) == 0 ? 2 : 1;
    for (int i = 0; i < count; i++) {
      studies.add(FIRST.get(random.nextInt(FIRST.size())));
    }
    int spare = random.nextInt(3);
    Script script = Misfortune.draw(random, members);
    // Drawn apart, so that a seed's faults stay what they were.
    SplittableRandom later = new Draw(seed).of("later analyses");
    studies.replaceAll(
        first -> later.nextBoolean() ? first : LATER.get(later.nextInt(LATER.size())));
    SplittableRandom people = new Draw(seed).of("people");
    int asking = people.nextInt(3) == 0 ? people.nextInt(1 << members) : 0;
    script = Misfortune.ofPeople(people, asking, script);
    script = Misfortune.ofOutboxes(new Draw(seed).of("outboxes"), members, script);
    return new Scenario(seed, members, studies, spare, asking, script);
  }

  /** Whether a node's policy asks an officer. */
  boolean asks(int node) {
    return (asking >> node & 1) == 1;
  }

  /** The same without people. */
  Scenario askingNobody() {
    return new Scenario(seed, nodes, studies, spareAttempts, 0, script);
  }

  Scenario with(Script other) {
    return new Scenario(seed, nodes, studies, spareAttempts, asking, other);
  }

  Scenario with(List<Questions.Analysis> fewer) {
    return new Scenario(seed, nodes, fewer, spareAttempts, asking, script);
  }

  /** The scenario as a file that {@link #parse} reads: a line of numbers, then the script. */
  String toText() {
    StringBuilder names = new StringBuilder();
    for (Questions.Analysis study : studies) {
      names.append(names.isEmpty() ? "" : ",").append(study);
    }
    return "scenario seed=%d nodes=%d studies=%s spare=%d asking=%d%n"
            .formatted(seed, nodes, names, spareAttempts, asking)
        + script.toText();
  }

  static Scenario parse(List<String> lines) {
    List<String> meant =
        lines.stream().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    String[] words = meant.get(0).split(" ", -1);
    if (words.length != 6 || !words[0].equals("scenario")) {
      throw new IllegalArgumentException(
          "expected: scenario seed=N nodes=N studies=A,B spare=N asking=N, got " + meant.get(0));
    }
    List<Questions.Analysis> studies = new ArrayList<>();
    for (String name : value(words[3], "studies").split(",", -1)) {
      studies.add(Questions.Analysis.valueOf(name));
    }
    return new Scenario(
        Long.parseLong(value(words[1], "seed")),
        Integer.parseInt(value(words[2], "nodes")),
        studies,
        Integer.parseInt(value(words[4], "spare")),
        Integer.parseInt(value(words[5], "asking")),
        Script.parse(meant.subList(1, meant.size())));
  }

  private static String value(String word, String name) {
    if (!word.startsWith(name + "=")) {
      throw new IllegalArgumentException("expected " + name + "=..., got " + word);
    }
    return word.substring(name.length() + 1);
  }
}
