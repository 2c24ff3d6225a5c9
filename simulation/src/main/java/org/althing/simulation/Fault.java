package org.althing.simulation;

import java.time.Duration;

/**
 * Something that goes wrong, once, at a time or at a count: one line of a {@link Script}. Parties
 * are named by number: nodes from 0, and {@value #COORDINATOR} for the coordinator.
 */
sealed interface Fault {
  int COORDINATOR = -1;

  /** What becomes of one durable write. */
  enum WriteEffect {
    /** The process ends before anything is kept: also what a loss of un-synced pages comes to. */
    KILLED_BEFORE,
    /** The process ends right after it was kept. */
    KILLED_AFTER,
    /** Kept, and reported as failed. */
    FAILED_KEPT,
    /** Neither kept nor reported as kept. */
    FAILED_LOST
  }

  /** What becomes of one message inside a session that lives on, as no stream would do it. */
  enum MessageEffect {
    LOST,
    DOUBLED,
    LATE
  }

  /** The process ends and is started again after {@code down}; peers are told by their sockets. */
  record Kill(int party, Duration at, Duration down) implements Fault {}

  /** The machine loses power: nobody is told, silence is all that peers notice. */
  record PowerCut(int party, Duration at, Duration down) implements Fault {}

  /** What a write comes to, and how long the process then stays away. */
  interface OfWrite {
    WriteEffect effect();

    Duration down();
  }

  /** What the party's write number {@code nth}, from 1, comes to. */
  record Write(int party, int nth, WriteEffect effect, Duration down) implements Fault, OfWrite {}

  /** What line number {@code nth}, from 1, of a node's outbox comes to. */
  record Line(int node, int nth, WriteEffect effect, Duration down) implements Fault, OfWrite {}

  /** Every write fails for a while. */
  record DiskFull(int party, Duration at, Duration span) implements Fault {}

  /** The session of a node breaks and both ends hear of it. */
  record Break(int node, Duration at) implements Fault {}

  /** The session of a node carries nothing any more and neither end is told. */
  record HalfOpen(int node, Duration at) implements Fault {}

  /** Nothing passes between a node and the coordinator for a while. */
  record Partition(int node, Duration at, Duration span) implements Fault {}

  /** Every message to and from a node takes {@code extra} longer for a while. */
  record Slow(int node, Duration at, Duration span, Duration extra) implements Fault {}

  /** What becomes of message number {@code nth}, from 1, of a node's, in one direction. */
  record Message(int node, boolean toNode, int nth, MessageEffect effect) implements Fault {}

  /** The process does nothing for a while and then goes on as if nothing had been. */
  record Pause(int party, Duration at, Duration span) implements Fault {}

  /** The party's clock is set forward or, negative, back. */
  record ClockJump(int party, Duration at, Duration by) implements Fault {}

  /**
   * The party's disk is put back to what it was {@code writes} writes ago, and it starts from that.
   */
  record Restore(int party, Duration at, int writes) implements Fault {}

  /**
   * A second coordinator starts from a copy of the first one's disk, and every other node dials it,
   * until the first one's operator ends it.
   */
  record Twin(Duration at, Duration span) implements Fault {}

  /** A node cannot read its data at its {@code nth} attempt, from 1, to open or to sum them. */
  record Unreadable(int node, int nth) implements Fault {}

  /**
   * A node's officer says no to every study, {@code after} being asked, whatever was said before.
   */
  record Denial(int node, Duration after) implements Fault {}

  /** A node's officer says nothing. */
  record Silence(int node) implements Fault {}
}
