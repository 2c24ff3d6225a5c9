package org.althing.compliance;

import java.util.List;
import org.althing.report.Findings;
import org.althing.study.LogEntry;

/**
 * A study whose folder was verified, every file of it; whoever makes one vouches for that.
 *
 * @param declared what its members declared of themselves, as entries of the log
 */
public record VerifiedStudy(Findings findings, Receipt receipt, List<LogEntry> declared) {
  public VerifiedStudy {
    declared = List.copyOf(declared);
  }
}
