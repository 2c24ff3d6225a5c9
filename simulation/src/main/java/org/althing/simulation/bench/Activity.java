package org.althing.simulation.bench;

import java.util.Optional;

/** What a thread of the coordinator or of a node is doing, as its name and the kernel tell. */
enum Activity {
  /** Reading rows, summing them, drawing noise: the nodes' threads {@code node-sums}. */
  LOCAL_WORK("local work"),
  /**
   * The machines of the protocol, which mask, sign, share and hash, with their bookkeeping: threads
   * {@code node} and {@code study-runner}.
   */
  CRYPTO("crypto"),
  /** TLS, gRPC, frames, and reading messages off the wire. */
  NETWORK("network"),
  /** Any thread that the kernel holds for a disk. */
  DISK("disk"),
  /** The rest of both processes: compiler, collector, the lead's HTTPS. */
  OTHER("the rest"),
  /** No thread of either process is at work. */
  WAITING("waiting");

  private static final char RUNNING = 'R';
  private static final char HELD_FOR_DISK = 'D';

  private final String text;

  Activity(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  /**
   * What the thread is at, empty where it sleeps.
   *
   * @param name as the kernel keeps it: of a long one only the beginning
   * @param state the kernel's letter, proc_pid_stat(5)
   */
  static Optional<Activity> of(String name, char state) {
    if (state == HELD_FOR_DISK) {
      return Optional.of(DISK);
    }
    return state == RUNNING ? Optional.of(ofRunning(name)) : Optional.empty();
  }

  private static Activity ofRunning(String name) {
    if (name.equals("node-sums")) {
      return LOCAL_WORK;
    }
    if (name.equals("node") || name.startsWith("study-r")) {
      return CRYPTO;
    }
    return name.startsWith("grpc") || name.startsWith("coordin") ? NETWORK : OTHER;
  }
}
