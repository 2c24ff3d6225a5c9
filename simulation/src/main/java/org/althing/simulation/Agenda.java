package org.althing.simulation;

import java.time.Duration;
import java.util.PriorityQueue;

/** Virtual time and what is to happen in it; events of one moment keep the order of their entry. */
final class Agenda {
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long nowMicros;
  private long entered;
  private long steps;

  private record Event(long micros, long order, Runnable what) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(micros, other.micros);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  Duration now() {
    return Duration.ofNanos(1000 * nowMicros);
  }

  /** How many events have happened. */
  long steps() {
    return steps;
  }

  void at(Duration time, Runnable what) {
    events.add(new Event(Math.max(nowMicros, time.toNanos() / 1000), entered++, what));
  }

  void after(Duration delay, Runnable what) {
    at(now().plus(delay), what);
  }

  /** Lets the next event happen; false where nothing is to come. */
  boolean step() {
    Event next = events.poll();
    if (next == null) {
      return false;
    }
    nowMicros = next.micros();
    steps++;
    next.what().run();
    return true;
  }
}
