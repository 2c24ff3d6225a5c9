package org.althing.compliance;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.althing.encoding.Bytes;
import org.althing.encoding.CanonicalReader;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.privacy.ChargeReceipt;
import org.althing.report.Wording;
import org.althing.study.Admission;
import org.althing.study.ChargeStatement;
import org.althing.study.Declaration;
import org.althing.study.LogEntry;
import org.althing.study.Signed;
import org.althing.study.Statement;
import org.althing.study.StudyEvent;

/**
 * A log entry in words, field by field, under the names that {@code docs/log-format.md} gives them;
 * a field of what a node signed is named behind the field that holds the statement.
 */
final class EntryFields {
  private final Map<String, String> texts = new LinkedHashMap<>();

  private EntryFields() {}

  /** By name, in the order of the bytes. */
  static Map<String, String> of(LogEntry entry) {
    EntryFields fields = new EntryFields();
    fields.put("time", Wording.time(entry.timeMillis()));
    try {
      fields.event(entry.event());
    } catch (MalformedEncoding e) {
      throw new IllegalArgumentException("entry %d is not readable".formatted(entry.sequence()), e);
    }
    return fields.texts;
  }

  /** The label of what the entry records, such as {@code released/v1}. */
  static String kind(LogEntry entry) {
    try {
      return CanonicalReader.labelOf(entry.event().toBytes());
    } catch (MalformedEncoding e) {
      throw new IllegalStateException("every event has a label", e);
    }
  }

  private EntryFields put(String name, Object value) {
    texts.put(name, value.toString());
    return this;
  }

  private void event(StudyEvent event) throws MalformedEncoding {
    if (event instanceof StudyEvent.StudySubmitted submitted) {
      put("lead", submitted.lead()).put("study", document(submitted.study()));
      put("contract", document(submitted.contract())).put("roster", document(submitted.roster()));
      put("plan", digest(submitted.plan()));
    } else if (event instanceof StudyEvent.NodeAdmitted admitted) {
      admission(Signed.ofBytes(admitted.admission().toArray(), Admission::ofBytes).statement());
    } else if (event instanceof StudyEvent.NodeRefused refused) {
      said("refusal", refused.refusal().statement(), refused.refusal().statement().plan());
      put("refusal.reasons", listed(refused.refusal().statement().reasons(), "; "));
    } else if (event instanceof StudyEvent.EpochOpened opened) {
      put("epoch", opened.epoch()).put("transcript", digest(opened.transcript()));
      put("members", listed(opened.members(), ", "));
    } else if (event instanceof StudyEvent.RoundOpened opened) {
      attempt(opened.release(), opened.attempt()).put("epoch", opened.epoch());
    } else if (event instanceof StudyEvent.Charged charged) {
      charge(Signed.ofBytes(charged.statement().toArray(), ChargeStatement::ofBytes).statement());
    } else if (event instanceof StudyEvent.Released released) {
      released(released);
    } else if (event instanceof StudyEvent.RoundAborted aborted) {
      attempt(aborted.release(), aborted.attempt()).put("reason", aborted.reason());
    } else if (event instanceof StudyEvent.Witnessed witnessed) {
      put("note", listed(witnessed.note().lines().filter(line -> !line.isBlank()).toList(), " | "));
    } else if (event instanceof StudyEvent.StudyStopped stopped) {
      put("reason", stopped.reason());
    } else if (event instanceof StudyEvent.NodeDeclared declared) {
      declaration(
          Signed.ofBytes(declared.declaration().toArray(), Declaration::ofBytes).statement());
    } else if (event instanceof StudyEvent.ReportIssued issued) {
      put(
          "files",
          issued.files().entrySet().stream()
              .map(file -> file.getKey() + " " + digest(file.getValue()))
              .collect(Collectors.joining("; ")));
    }
  }

  private static String document(Bytes bytes) {
    return "%d bytes, %s".formatted(bytes.length(), digest(Digest.of(bytes.toArray())));
  }

  private static String digest(Digest digest) {
    return "SHA-256 " + digest.hex();
  }

  private static String listed(Collection<?> values, String between) {
    return values.stream().map(Object::toString).collect(Collectors.joining(between));
  }

  /** Releases and attempts as the bytes count them: releases from 0. */
  private EntryFields attempt(int release, int attempt) {
    return put("release", release).put("attempt", attempt);
  }

  private void said(String holder, Statement statement, Digest plan) {
    put(holder + ".node", statement.node()).put(holder + ".plan", digest(plan));
  }

  private void admission(Admission admission) {
    said("admission", admission, admission.plan());
    put("admission.roster", digest(admission.roster()));
    put("admission.policy", digest(admission.policy()));
    put("admission.reserved", admission.reserved());
  }

  private void charge(ChargeStatement charge) {
    ChargeReceipt receipt = charge.receipt();
    put("statement.node", charge.node());
    put("statement.study", digest(receipt.release().study()));
    put("statement.release", receipt.release().release());
    put("statement.attempt", receipt.release().attempt());
    put("statement.recoveries", receipt.ledger().recoveries());
    put("statement.sequence", receipt.sequence());
    put("statement.head", digest(receipt.ledger().position().head()));
    put("statement.gross", receipt.gross());
    put("statement.marginal", receipt.marginal());
    put("statement.spent", receipt.spent());
  }

  private void declaration(Declaration declared) {
    put("declaration.node", declared.node()).put("declaration.number", declared.number());
    put("declaration.time", Wording.time(declared.timeMillis()));
    if (declared.matter() instanceof Declaration.PolicyChanged changed) {
      put("declaration.before", digest(changed.before()));
      put("declaration.after", digest(changed.after()));
      put("declaration.people", changed.people());
      put("declaration.renewals", listed(changed.renewals(), "; "));
      put("declaration.reasons", listed(changed.reasons(), " / "));
      put("declaration.consents", listed(changed.consents(), ", "));
    } else if (declared.matter() instanceof Declaration.Erased erased) {
      put("declaration.policy", digest(erased.policy()));
      put("declaration.lots", listed(erased.lots(), "; "));
      put("declaration.salts", listed(erased.salts(), ", "));
    } else if (declared.matter() instanceof Declaration.Incident incident) {
      put("declaration.category", incident.category());
      put("declaration.occurred", Wording.time(incident.occurredMillis()));
      put("declaration.study", incident.study().map(EntryFields::digest).orElse("none"));
      put("declaration.text", digest(incident.text()));
    }
  }

  private void released(StudyEvent.Released released) {
    attempt(released.release(), released.attempt());
    put("survivors", listed(released.survivors(), ", "));
    put("total", digest(released.total()));
    put("transcript", digest(released.transcript()));
    put("confirmations", "%d, signed".formatted(released.confirmations().size()));
  }
}
