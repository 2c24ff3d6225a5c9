package org.althing.simulation.bench;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;
import org.althing.contract.Contract;
import org.althing.document.DocumentError;
import org.althing.node.source.RecordSource;
import org.althing.node.source.SourceProblem;
import org.althing.quality.LocalAudit;

/** A process that audits one file some times, so that its heap is its own. */
final class AuditProcess {
  private final AtomicLong mostHeld = new AtomicLong();

  private AuditProcess() {}

  /**
   * Prints a line for each run: nanoseconds of the processors and of the clock, and the most bytes
   * of the heap that a collection left.
   *
   * @param arguments the file and how many runs
   */
  public static void main(String[] arguments) throws DocumentError, SourceProblem {
    AuditProcess process = new AuditProcess();
    process.watchHeap();
    for (int run = 0; run < Integer.parseInt(arguments[1]); run++) {
      long begun = System.nanoTime();
      long processors = cpu();
      audit(Path.of(arguments[0]));
      System.out.printf(
          "%d %d %d%n", cpu() - processors, System.nanoTime() - begun, process.mostHeld.get());
    }
  }

  /** CPU time of this process, the engine's threads included. */
  static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static void audit(Path file) throws DocumentError, SourceProblem {
    Contract contract = AuditTable.contract();
    LocalAudit audit = new LocalAudit(contract.schema(), contract.rules());
    RecordSource.of(List.of(file), contract, AuditTable.binding(contract))
        .scan(new byte[16], List.of(), audit::add);
    if (audit.findings().columns().size() != AuditTable.COLUMNS) {
      throw new IllegalStateException("an audit speaks of every column");
    }
  }

  private void watchHeap() {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector)
          .addNotificationListener(
              (notification, handback) ->
                  note(
                      GarbageCollectionNotificationInfo.from(
                          (CompositeData) notification.getUserData())),
              null,
              null);
    }
  }

  private void note(GarbageCollectionNotificationInfo collection) {
    long held = 0;
    for (var pool : collection.getGcInfo().getMemoryUsageAfterGc().entrySet()) {
      if (isHeap(pool.getKey())) {
        MemoryUsage usage = pool.getValue();
        held += usage.getUsed();
      }
    }
    mostHeld.accumulateAndGet(held, Math::max);
  }

  private static boolean isHeap(String pool) {
    return pool.contains("Eden") || pool.contains("Survivor") || pool.contains("Old");
  }
}
