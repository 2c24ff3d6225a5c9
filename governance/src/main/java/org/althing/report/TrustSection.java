package org.althing.report;

import org.althing.federation.Quorum;

/** What each party saw, what no mathematics hides, and how to check this page. */
record TrustSection(Findings findings) {
  Markup seen() {
    Quorum quorum = findings.plan().quorum();
    Table table = new Table("Who saw what", "Party", "Saw", "Did not see");
    table.row(
        "Each organisation",
        "its own records; the study and its plan; every release",
        "any other organisation's records, sums or noise");
    table.row(
        "Coordinator",
        "study, plan, admissions, signed charges; masked vectors; every release",
        "any record; any single organisation's sum, with up to %d of the members on its side"
            .formatted(quorum.colluders()));
    table.row(
        "Study lead", "this report, the result and the model", "anything beyond the releases");
    table.row(
        "Whoever reads the log",
        "who took part, when, at which price; digests of the releases",
        "any record or any single organisation's sum");
    return new Markup().add(table.toMarkup());
  }

  Markup unprotected() {
    Markup out = new Markup().open("ul");
    String[] open = {
      "That an organisation took part, when it did, and whether it dropped out.",
      "The data contract: column names, declared values, ranges and bins.",
      "Facts about the population that the noisy sums reveal: that is what they are for.",
      "What a person's data tell about others, such as members of a family.",
      "The records at their owners: whoever can read them there can read them.",
      "Reasons that an owner chose to give for a refusal.",
      "Repeated studies add up. The limit over all studies is each owner's budget, not this page."
    };
    for (String each : open) {
      out.leaf("li", each).line();
    }
    return out.close();
  }

  Markup verify() {
    Markup out = new Markup();
    out.leaf(
        "p",
        "The folder this page lies in holds all the evidence. This command needs no network and no account; it recomputes the plan, the result and this very page from the log:");
    out.leaf("pre", "althing verify .");
    out.leaf(
        "p",
        "It ends with VALID, or with the first thing that is wrong. Compare the fingerprints with those that the organisations tell you over another channel:");
    Table table = new Table("Fingerprints", "What", "Value");
    table.row("Roster, SHA-256", findings.plan().roster().digest().hex());
    table.row("Plan, SHA-256", findings.plan().digest().hex());
    findings
        .plan()
        .roster()
        .members()
        .forEach(m -> table.row("Key of " + m.id(), m.key().fingerprint()));
    return out.add(table.toMarkup());
  }
}
