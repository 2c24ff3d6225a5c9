package org.althing.simulation;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that can be killed, paused and started again: what it does, it does between two
 * failures, and only its disk outlives it.
 */
abstract class SimulatedProcess {
  private static final Instant BEGINNING = Instant.parse("2026-06-01T08:00:00Z");

  private final World world;
  private final int party;
  private Disk disk;
  private boolean up;
  private int incarnation;
  private Duration pausedUntil = Duration.ZERO;
  private Duration clockOffset = Duration.ZERO;

  SimulatedProcess(World world, int party) {
    this.world = world;
    this.party = party;
    this.disk =
        new Disk(
            new Disk.Weather() {
              @Override
              public Optional<Fault.Write> at(int nth) {
                return world.writeFault(party, nth);
              }

              @Override
              public Optional<Fault.Line> atLine(int nth) {
                return world.lineFault(party, nth);
              }

              @Override
              public boolean full() {
                return world.diskFull(party);
              }
            });
  }

  /** What the process does when it starts, with nothing but its disk. */
  abstract void begin();

  /** The process is gone; {@code told} where its peers' sockets tell them. */
  abstract void gone(boolean told);

  World world() {
    return world;
  }

  int party() {
    return party;
  }

  Disk disk() {
    return disk;
  }

  void mount(Disk other) {
    disk = other;
  }

  boolean up() {
    return up;
  }

  int incarnation() {
    return incarnation;
  }

  boolean responsive() {
    return up && !paused();
  }

  private boolean paused() {
    return world.agenda().now().compareTo(pausedUntil) < 0;
  }

  Instant now() {
    return BEGINNING.plus(world.agenda().now()).plus(clockOffset);
  }

  void jump(Duration by) {
    clockOffset = clockOffset.plus(by);
  }

  void pause(Duration span) {
    pausedUntil = world.agenda().now().plus(span);
  }

  final void start() {
    if (!up) {
      up = true;
      incarnation++;
      act(incarnation, this::begin);
    }
  }

  /** Ends the process and, after {@code down}, starts it again. */
  final void kill(Duration down, boolean told) {
    if (up) {
      up = false;
      pausedUntil = Duration.ZERO;
      gone(told);
      world.agenda().after(down, this::start);
    }
  }

  /** Ends the process for good. */
  final void end() {
    if (up) {
      up = false;
      gone(true);
    }
  }

  /** Does something later, unless the process has ended by then. */
  final void later(Duration delay, Runnable what) {
    int now = incarnation;
    world.agenda().after(delay, () -> act(now, what));
  }

  /** Does something now, if the process is still that one, or when it is not paused any more. */
  final void act(int asIncarnation, Runnable what) {
    if (!up || incarnation != asIncarnation) {
      return;
    }
    if (paused()) {
      world.agenda().at(pausedUntil, () -> act(asIncarnation, what));
      return;
    }
    try {
      what.run();
    } catch (Disk.Killed killed) {
      kill(killed.down(), true);
    } catch (UncheckedIOException failed) {
      // The shells end the process when a write fails: only a replay can tell what was kept.
      kill(disk.downAfterFailure(), true);
    } catch (Violation violation) {
      throw violation;
    } catch (RuntimeException | Error e) {
      throw new Violation("DEFECT", e);
    }
  }
}
