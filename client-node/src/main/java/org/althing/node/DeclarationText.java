package org.althing.node;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.stream.Collectors;
import org.althing.study.Declaration;

/** What a node declares of itself, in words. */
final class DeclarationText {
  private DeclarationText() {}

  /** One line without its end. */
  static String line(Declaration declared) {
    return "declares, number %d: %s".formatted(declared.number(), matter(declared.matter()));
  }

  private static String matter(Declaration.Matter matter) {
    if (matter instanceof Declaration.PolicyChanged changed) {
      return changed(changed);
    }
    if (matter instanceof Declaration.Erased erased) {
      return "erased %s; commitments that nobody can open any more: %d"
          .formatted(
              erased.lots().stream().map(DeclarationText::lot).collect(Collectors.joining(", ")),
              erased.salts().size());
    }
    Declaration.Incident incident = (Declaration.Incident) matter;
    return "an incident (%s) of %s%s; its words are commitment %s"
        .formatted(
            incident.category().name().toLowerCase(Locale.ROOT),
            Instant.ofEpochMilli(incident.occurredMillis()),
            incident.study().map(plan -> ", study " + plan.brief()).orElse(""),
            incident.text().brief());
  }

  private static String changed(Declaration.PolicyChanged changed) {
    StringBuilder text = new StringBuilder();
    text.append(
        "policy %s took the place of %s, %d people agreed"
            .formatted(changed.after().brief(), changed.before().brief(), changed.people()));
    for (Declaration.Renewal renewal : changed.renewals()) {
      text.append(
          "; budget of population %s: rho %s -> %s"
              .formatted(renewal.population().brief(), renewal.before(), renewal.after()));
    }
    changed.reasons().forEach(reason -> text.append("; because: ").append(reason));
    return text.toString();
  }

  private static String lot(Declaration.Lot lot) {
    return "%d files of %s, all before %s"
        .formatted(
            lot.count(),
            lot.kind(),
            LocalDate.ofInstant(Instant.ofEpochMilli(lot.beforeMillis()), ZoneOffset.UTC));
  }
}
