package org.althing.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Draws what goes wrong in a play. */
final class Misfortune {
  /** A study without faults takes a few seconds of virtual time. */
  private static final int MOST_MILLIS = 6_000;

  private final SplittableRandom random;
  private final int nodes;

  private Misfortune(SplittableRandom random, int nodes) {
    this.random = random;
    this.nodes = nodes;
  }

  /** None in every eighth play, else one to six faults of any kind. */
  static Script draw(SplittableRandom random, int nodes) {
    if (random.nextInt(8) == 0) {
      return Script.NONE;
    }
    Misfortune misfortune = new Misfortune(random, nodes);
    List<Fault> faults = new ArrayList<>();
    int count = random.nextInt(1, 7);
    for (int i = 0; i < count; i++) {
      faults.add(misfortune.next());
    }
    return new Script(faults);
  }

  /** The script, and what goes otherwise than expected with the people whom nodes ask. */
  static Script ofPeople(SplittableRandom random, int asking, Script script) {
    List<Fault> faults = new ArrayList<>(script.faults());
    for (int node = 0; asking >> node != 0; node++) {
      if ((asking >> node & 1) == 1) {
        switch (random.nextInt(8)) {
          case 0, 1 ->
              faults.add(new Fault.Denial(node, Duration.ofMillis(random.nextInt(45_000))));
          case 2 -> faults.add(new Fault.Silence(node));
          default -> {}
        }
      }
    }
    return new Script(faults);
  }

  /** The script, and in every fourth one that is not empty what comes of a line of an outbox. */
  static Script ofOutboxes(SplittableRandom random, int nodes, Script script) {
    if (script.faults().isEmpty() || random.nextInt(4) != 0) {
      return script;
    }
    Misfortune misfortune = new Misfortune(random, nodes);
    List<Fault> faults = new ArrayList<>(script.faults());
    faults.add(
        new Fault.Line(
            misfortune.node(), random.nextInt(1, 40), misfortune.effect(), misfortune.down()));
    return new Script(faults);
  }

  private Fault next() {
    return switch (random.nextInt(18)) {
      case 0, 1 -> new Fault.Kill(party(), at(), down());
      case 2 -> new Fault.PowerCut(party(), at(), down());
      case 3, 4, 5 -> write();
      case 6 -> new Fault.DiskFull(party(), at(), span());
      case 7 -> new Fault.Break(node(), at());
      case 8 -> new Fault.HalfOpen(node(), at());
      case 9 -> new Fault.Partition(node(), at(), span());
      case 10 -> new Fault.Slow(node(), at(), span(), Duration.ofMillis(random.nextInt(1, 4000)));
      case 11, 12, 13 -> message();
      case 14 -> new Fault.Pause(party(), at(), span());
      case 15 -> new Fault.ClockJump(party(), at(), Duration.ofMinutes(random.nextInt(-90, 90)));
      case 16 -> rare();
      default -> new Fault.Unreadable(node(), random.nextInt(1, 5));
    };
  }

  private Fault write() {
    int party = party();
    // A node writes little, the coordinator an entry for everything that happens.
    int nth = party == Fault.COORDINATOR ? random.nextInt(1, 40) : random.nextInt(1, 12);
    return new Fault.Write(party, nth, effect(), down());
  }

  private Fault.WriteEffect effect() {
    Fault.WriteEffect[] effects = Fault.WriteEffect.values();
    return effects[random.nextInt(effects.length)];
  }

  private Fault message() {
    Fault.MessageEffect[] effects = Fault.MessageEffect.values();
    return new Fault.Message(
        node(), random.nextBoolean(), random.nextInt(1, 40), effects[random.nextInt(3)]);
  }

  /** What happens once in the life of an installation. */
  private Fault rare() {
    return switch (random.nextInt(3)) {
      case 0 -> new Fault.Restore(node(), at(), random.nextInt(1, 8));
      case 1 -> new Fault.Restore(Fault.COORDINATOR, at(), random.nextInt(1, 15));
      default -> new Fault.Twin(at(), span());
    };
  }

  private int node() {
    return random.nextInt(nodes);
  }

  private int party() {
    return random.nextInt(-1, nodes);
  }

  private Duration at() {
    return Duration.ofMillis(random.nextInt(MOST_MILLIS));
  }

  /** Short, or longer than a keep-alive. */
  private Duration span() {
    return Duration.ofMillis(
        random.nextBoolean() ? random.nextInt(10_000) : random.nextInt(120_000));
  }

  private Duration down() {
    return Duration.ofMillis(random.nextInt(4) == 0 ? 600_000 : random.nextInt(20_000));
  }
}
