package org.althing.node.requests;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.althing.approval.SignedApproval;
import org.althing.encoding.Digest;

/** Notices new statements on the plans that people are asked about. Safe for concurrent use. */
public final class StatementWatch {
  private final RequestFolder folder;
  private final Listener listener;
  private final Consumer<String> faults;

  /** The names of the statements that were told of, by plan. */
  private final Map<Digest, List<String>> told = new ConcurrentHashMap<>();

  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  /** Is told all statements on a plan, the older ones too. */
  @FunctionalInterface
  public interface Listener {
    void stated(Digest plan, List<SignedApproval> known);
  }

  /**
   * @param faults is told once of everything that cannot be read
   */
  public StatementWatch(RequestFolder folder, Listener listener, Consumer<String> faults) {
    this.folder = folder;
    this.listener = listener;
    this.faults = faults;
  }

  public void watch(Digest plan) {
    told.putIfAbsent(plan, List.of());
  }

  public void forget(Digest plan) {
    told.remove(plan);
  }

  /** Looks once; to be called again and again. */
  public void look() {
    for (Digest plan : List.copyOf(told.keySet())) {
      try {
        List<String> names = folder.namesOn(plan);
        if (!names.equals(told.get(plan))) {
          List<SignedApproval> known = folder.statements(plan, this::report);
          if (told.replace(plan, names) != null) {
            listener.stated(plan, known);
          }
        }
      } catch (IOException | RuntimeException e) {
        // One folder that cannot be read must not end the watch over the others.
        report("statements on plan %s cannot be read: %s".formatted(plan.brief(), e));
      }
    }
  }

  private void report(String fault) {
    if (reported.add(fault)) {
      faults.accept(fault);
    }
  }
}
