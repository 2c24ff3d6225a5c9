package org.althing.compliance;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.report.Wording;
import org.althing.study.Declaration;
import org.althing.study.DeclarationRecord;
import org.althing.study.LogEntry;

/** What the members declared of themselves, in words, each with its entry. */
final class DeclaredWords {
  static final Phrase NONE =
      Phrase.of("none declared before the final checkpoint", "在最终检查点之前未作此类声明");

  private final VerifiedStudy study;

  DeclaredWords(VerifiedStudy study) {
    this.study = study;
  }

  /**
   * The declarations of a member of one kind, with the numbers of their entries, in their order.
   */
  <M extends Declaration.Matter> List<Trail.Logged<M>> of(NodeId node, Class<M> kind) {
    List<Trail.Logged<M>> found = new ArrayList<>();
    for (LogEntry entry : study.declared()) {
      Declaration declared = read(entry);
      if (declared.node().equals(node) && kind.isInstance(declared.matter())) {
        found.add(new Trail.Logged<>(entry.sequence(), kind.cast(declared.matter())));
      }
    }
    return found;
  }

  /** When the log took a declaration, by the coordinator's clock. */
  Phrase time(int number) {
    return study.declared().stream()
        .filter(entry -> entry.sequence() == number)
        .map(entry -> Phrase.same(Wording.time(entry.timeMillis())))
        .findFirst()
        .orElseThrow();
  }

  private static Declaration read(LogEntry entry) {
    try {
      return DeclarationRecord.of(entry).statement();
    } catch (MalformedEncoding e) {
      throw new IllegalArgumentException("a declaration in the log is not readable", e);
    }
  }

  static Source source(int number, String... fields) {
    return new Source.Declared(number, List.of(fields));
  }

  /** What was erased, and since when it cannot be read any more. */
  List<Statement> erasures(NodeId node) {
    List<Statement> erasures = new ArrayList<>();
    for (Trail.Logged<Declaration.Erased> each : of(node, Declaration.Erased.class)) {
      Source source = source(each.entry(), "declaration.lots", "declaration.salts", "time");
      for (Declaration.Lot lot : each.what().lots()) {
        erasures.add(
            Statement.of(
                Phrase.of(
                        "%s: %d files of %s, all before %s; list SHA-256 %s",
                        "%s：%3$s，%2$d 个文件，均早于 %4$s；清单 SHA-256 %5$s")
                    .with(
                        time(each.entry()),
                        lot.count(),
                        kind(lot.kind()),
                        day(lot.beforeMillis()),
                        lot.list().hex()),
                source));
      }
      if (!each.what().salts().isEmpty()) {
        erasures.add(
            Statement.of(
                Phrase.of(
                        "commitments of this log that nobody can open any more: %d",
                        "本日志中已无人能够打开的承诺：%d 个")
                    .with(each.what().salts().size()),
                source));
      }
    }
    return orNone(erasures);
  }

  private static Phrase kind(String kind) {
    return switch (kind) {
      case "outbox" -> Phrase.of("messages that left", "已发出的消息");
      case "approvals" -> Phrase.of("what people said in their names", "人员的署名意见");
      case "salts" -> Phrase.of("salts of commitments", "承诺的盐值");
      default -> Phrase.same(kind);
    };
  }

  List<Statement> incidents(NodeId node) {
    List<Statement> incidents = new ArrayList<>();
    for (Trail.Logged<Declaration.Incident> each : of(node, Declaration.Incident.class)) {
      incidents.add(
          Statement.of(
              Phrase.of(
                      "%s, of %s, declared %s, %s; its words: commitment %s",
                      "%s，发生于 %s，声明于 %s，%s；内容见承诺 %s")
                  .with(
                      category(each.what().category()),
                      Wording.time(each.what().occurredMillis()),
                      time(each.entry()),
                      each.what()
                          .study()
                          .map(plan -> Phrase.of("about study %s", "涉及研究 %s").with(plan.brief()))
                          .orElse(Phrase.of("about no one study", "不限于单项研究")),
                      each.what().text().hex()),
              source(
                  each.entry(),
                  "declaration.category",
                  "declaration.occurred",
                  "declaration.study",
                  "declaration.text",
                  "time")));
    }
    return orNone(incidents);
  }

  private static Phrase category(Declaration.Category category) {
    return switch (category) {
      case CONFIDENTIALITY -> Phrase.of("confidentiality", "机密性");
      case INTEGRITY -> Phrase.of("integrity", "完整性");
      case AVAILABILITY -> Phrase.of("availability", "可用性");
      case OTHER -> Phrase.of("other", "其他");
    };
  }

  /** Policies that took over and were not only stricter, and the budgets that grew with them. */
  List<Statement> changes(NodeId node) {
    List<Statement> changes = new ArrayList<>();
    for (Trail.Logged<Declaration.PolicyChanged> each : of(node, Declaration.PolicyChanged.class)) {
      changes.add(
          Statement.of(
              Phrase.of(
                      "%s: policy %s took the place of %s; people who agreed: %d%s",
                      "%s：策略 %s 取代 %s；同意人数：%d%s")
                  .with(
                      time(each.entry()),
                      each.what().after().brief(),
                      each.what().before().brief(),
                      each.what().people(),
                      because(each.what())),
              source(
                  each.entry(),
                  "declaration.before",
                  "declaration.after",
                  "declaration.people",
                  "declaration.reasons",
                  "time")));
      changes.addAll(renewals(each));
    }
    return orNone(changes);
  }

  private static Phrase because(Declaration.PolicyChanged changed) {
    return changed.reasons().isEmpty()
        ? Phrase.of("; no reason was given", "；未说明理由")
        : Phrase.of("; because: %s", "；理由：%s").with(String.join(" / ", changed.reasons()));
  }

  private static List<Statement> renewals(Trail.Logged<Declaration.PolicyChanged> of) {
    return of.what().renewals().stream()
        .map(
            renewal ->
                Statement.of(
                    Phrase.of("budget of population %s: ρ %s, before %s", "人群 %s 的预算：ρ %s，此前 %s")
                        .with(renewal.population().brief(), renewal.after(), renewal.before()),
                    source(of.entry(), "declaration.renewals")))
        .toList();
  }

  private static List<Statement> orNone(List<Statement> found) {
    return found.isEmpty() ? List.of(Statement.of(NONE, new Source.Proof())) : found;
  }

  private static String day(long millis) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC).toString();
  }
}
