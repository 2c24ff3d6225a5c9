package org.althing.compliance;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.althing.audit.Checkpoint;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.report.Findings;
import org.althing.report.PaperStudy;
import org.althing.study.Examples;

/** Studies on paper whose folders are taken for verified, and what people typed of them. */
final class VerifiedPaper {
  static final NodeId ORG_A = Examples.node(0);

  private VerifiedPaper() {}

  static VerifiedStudy completed(String study) {
    return of(PaperStudy.completed(study, 300).findings());
  }

  static VerifiedStudy stopped(String study) {
    return of(PaperStudy.stopped(study).findings());
  }

  /** A quality audit whose members declared something of each kind. */
  static VerifiedStudy declared() {
    PaperStudy paper = PaperStudy.completed(PaperStudy.QUALITY, 300).declaresAll();
    VerifiedStudy plain = of(paper.findings());
    return new VerifiedStudy(plain.findings(), plain.receipt(), paper.declared());
  }

  static VerifiedStudy of(Findings findings) {
    int entries = findings.record().entries().size() + 1;
    return new VerifiedStudy(
        findings,
        new Receipt(
            new Checkpoint(PaperStudy.ORIGIN, entries + 2L, Digest.of(new byte[] {1})),
            "12:34",
            LongStream.rangeClosed(1, entries).boxed().toList(),
            Digest.of(new byte[] {2}),
            List.of(ORG_A, Examples.node(1))),
        List.of());
  }

  /** Every particular of everybody, each with a text of its own. */
  static Particulars everything() {
    return new Particulars(
        said("common"),
        said("operator"),
        new TreeMap<>(Map.of(ORG_A, said("a"))),
        Optional.empty());
  }

  static Map<Particular, String> said(String by) {
    Map<Particular, String> said = new TreeMap<>();
    for (Particular particular : Particular.values()) {
      said.put(particular, "<" + by + "> says " + particular.key());
    }
    return said;
  }
}
