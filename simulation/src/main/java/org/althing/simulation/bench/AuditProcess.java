package org.althing.simulation.bench;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;
import org.althing.contract.Binding;
import org.althing.contract.Contract;
import org.althing.document.BindingDocument;
import org.althing.document.ContractDocument;
import org.althing.document.DocumentError;
import org.althing.node.DataCheckCommand;
import org.althing.node.source.RecordSource;
import org.althing.node.source.SourceProblem;
import org.althing.quality.LocalAudit;
import picocli.CommandLine;

/** A process that audits or checks one file some times, so that its heap is its own. */
final class AuditProcess {
  private final AtomicLong mostHeld = new AtomicLong();

  private AuditProcess() {}

  /**
   * Prints a line for each run: nanoseconds of the processors and of the clock, and the most bytes
   * of the heap that a collection left.
   *
   * @param arguments what to do, the contract, the binding, the file, how many runs
   */
  public static void main(String[] arguments) throws DocumentError, SourceProblem, IOException {
    AuditProcess process = new AuditProcess();
    process.watchHeap();
    Work work = Work.valueOf(arguments[0]);
    List<String> files = List.of(arguments).subList(1, 4);
    for (int run = 0; run < Integer.parseInt(arguments[4]); run++) {
      long begun = System.nanoTime();
      long processors = cpu();
      work.on(files);
      System.out.printf(
          "%d %d %d%n", cpu() - processors, System.nanoTime() - begun, process.mostHeld.get());
    }
  }

  /** What is done with a file. */
  enum Work {
    /** Its exact counts. */
    AUDIT {
      @Override
      void on(List<String> files) throws DocumentError, SourceProblem, IOException {
        Path contractFile = Path.of(files.get(0));
        Path bindingFile = Path.of(files.get(1));
        Contract contract = ContractDocument.parse(files.get(0), Files.readAllBytes(contractFile));
        Binding binding =
            BindingDocument.parse(files.get(1), Files.readAllBytes(bindingFile), contract);
        LocalAudit audit = new LocalAudit(contract.schema(), contract.rules());
        RecordSource.of(List.of(Path.of(files.get(2))), contract, binding)
            .scan(new byte[16], List.of(), audit::add);
        if (audit.findings().columns().size() < AuditTable.COLUMNS) {
          throw new IllegalStateException("an audit speaks of every column");
        }
      }
    },

    /** {@code node data check}, which profiles the values as well, and all that it prints. */
    CHECK {
      @Override
      void on(List<String> files) {
        StringWriter page = new StringWriter();
        int status =
            new CommandLine(new DataCheckCommand())
                .setOut(new PrintWriter(page))
                .execute("--contract", files.get(0), "--binding", files.get(1), files.get(2));
        if (status != 0 || !page.toString().contains("c" + (AuditTable.COLUMNS - 1))) {
          throw new IllegalStateException("a check speaks of every column");
        }
      }
    };

    /**
     * Does it.
     *
     * @param files the contract, the binding, the rows
     */
    abstract void on(List<String> files) throws DocumentError, SourceProblem, IOException;
  }

  /** CPU time of this process, the engine's threads included. */
  static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
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
