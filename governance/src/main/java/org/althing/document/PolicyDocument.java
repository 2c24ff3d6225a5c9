package org.althing.document;

import java.time.LocalDate;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.althing.approval.ApprovalRule;
import org.althing.approval.Person;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.federation.Quorum;
import org.althing.federation.VerifyingKey;
import org.althing.policy.Allowed;
import org.althing.policy.Budget;
import org.althing.policy.Limits;
import org.althing.policy.Policy;
import org.althing.policy.Retention;
import org.althing.policy.Validity;
import org.althing.privacy.Accountant;
import org.althing.privacy.Rho;
import org.althing.study.AnalysisChoice;
import org.althing.study.Participation;
import org.althing.study.Purpose;

/** An owner's policy file, {@code althing: policy/v1}. */
public final class PolicyDocument {
  private static final double MOST_EPSILON = 100;
  private static final double MOST_RHO = 1000;

  private PolicyDocument() {}

  /**
   * @param fileName as errors shall show it
   */
  public static Policy read(String fileName, byte[] utf8) throws DocumentError {
    Mapping root = Document.parse(fileName, utf8);
    Document.kind(root, "policy");
    NodeId org = Checked.node(root, "org");
    Validity validity = validity(root);
    Allowed leads = allowed(root, "leads");
    Allowed purposes = purposes(root);
    Allowed analyses = analyses(root);
    Mapping columns = root.mapping("columns");
    Allowed allow = allowed(columns, "allow");
    Set<String> never = Set.copyOf(columns.optionalTexts("never"));
    root.choice("secure_aggregation", List.of("required"));
    Limits limits = limits(root);
    Map<String, Budget> budgets = budgets(root.mapping("budgets"));
    ApprovalRule approvals = approvals(root);
    Retention retention = retention(root);
    root.end();
    return Checked.of(
        root,
        "columns",
        () ->
            new Policy(
                org,
                validity,
                leads,
                purposes,
                analyses,
                allow,
                never,
                limits,
                budgets,
                approvals,
                retention,
                Digest.of(utf8)));
  }

  private static Validity validity(Mapping root) throws DocumentError {
    Mapping valid = root.mapping("valid");
    LocalDate from = date(valid, "from");
    LocalDate until = date(valid, "until");
    return Checked.of(root, "valid", () -> new Validity(from, until));
  }

  private static LocalDate date(Mapping mapping, String key) throws DocumentError {
    String text = mapping.text(key);
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw mapping.error(
          key,
          "expected a day of the calendar, got " + DocumentError.quoted(text),
          "write for example 2026-12-31");
    }
  }

  private static Allowed allowed(Mapping mapping, String key) throws DocumentError {
    List<String> names = mapping.texts(key);
    return Checked.of(mapping, key, () -> Allowed.of(names));
  }

  /** Words of the owners' own, or codes. */
  private static Allowed purposes(Mapping root) throws DocumentError {
    Allowed purposes = allowed(root, "purposes");
    for (String purpose : purposes.names()) {
      if (Purpose.isCoded(purpose)) {
        Checked.of(root, "purposes", () -> Purpose.of(purpose));
      }
    }
    return purposes;
  }

  private static Allowed analyses(Mapping root) throws DocumentError {
    List<String> names = root.texts("analyses");
    for (String name : names) {
      if (!AnalysisChoice.WORDS.contains(name)) {
        throw root.error(
            "analyses",
            "expected a list of %s, got %s"
                .formatted(String.join(" | ", AnalysisChoice.WORDS), DocumentError.quoted(name)),
            Nearest.to(name, AnalysisChoice.WORDS)
                .map(meant -> "did you mean " + DocumentError.quoted(meant) + "?")
                .orElse(""));
      }
    }
    return new Allowed(false, Set.copyOf(names));
  }

  private static Limits limits(Mapping root) throws DocumentError {
    Mapping limits = root.mapping("limits");
    int nodes = (int) limits.whole("nodes", Quorum.LEAST_NODES, Quorum.MOST_NODES);
    long people = limits.whole("people", 0, Participation.MOST_PEOPLE);
    int releases = (int) limits.whole("releases", 1, 100);
    int colluders = (int) limits.whole("colluders", 0, 200);
    int survivors = (int) limits.whole("survivors", 2, 200);
    return Checked.of(
        root, "limits", () -> new Limits(nodes, people, releases, colluders, survivors));
  }

  private static Map<String, Budget> budgets(Mapping populations) throws DocumentError {
    Map<String, Budget> budgets = new TreeMap<>();
    for (String population : populations.keys()) {
      budgets.put(population, budget(populations, population));
    }
    return budgets;
  }

  /** In ε at δ, as people agree on it, or in ρ, as it is counted. */
  private static Budget budget(Mapping populations, String population) throws DocumentError {
    Mapping budget = populations.mapping(population);
    double delta = budget.number("delta", 1e-15, 0.01);
    boolean inRho = budget.has("rho");
    if (inRho && budget.has("epsilon")) {
      throw budget.error("rho", "a budget is in epsilon or in rho, not in both", "keep one");
    }
    if (inRho) {
      Rho total = Rho.roundedDown(budget.number("rho", 0, MOST_RHO));
      Rho perStudy =
          budget.has("per_study_rho")
              ? Rho.roundedDown(budget.number("per_study_rho", 0, MOST_RHO))
              : total;
      Optional<Rho> perLead = optional(budget, "per_lead_rho", Optional.empty());
      Optional<Budget.PerPeriod> perPeriod = perPeriod(budget, "per_period_rho", Optional.empty());
      return Checked.of(
          populations, population, () -> new Budget(total, perStudy, perLead, perPeriod, delta));
    }
    Rho total = Accountant.rhoFor(budget.number("epsilon", 1e-6, MOST_EPSILON), delta);
    Rho perStudy =
        budget.has("per_study_epsilon")
            ? Accountant.rhoFor(budget.number("per_study_epsilon", 1e-6, MOST_EPSILON), delta)
            : total;
    Optional<Rho> perLead = optional(budget, "per_lead_epsilon", Optional.of(delta));
    Optional<Budget.PerPeriod> perPeriod =
        perPeriod(budget, "per_period_epsilon", Optional.of(delta));
    return Checked.of(
        populations, population, () -> new Budget(total, perStudy, perLead, perPeriod, delta));
  }

  /**
   * @param delta of an ε; empty of a ρ
   */
  private static Optional<Rho> optional(Mapping budget, String key, Optional<Double> delta)
      throws DocumentError {
    if (!budget.has(key)) {
      return Optional.empty();
    }
    return Optional.of(
        delta.isPresent()
            ? Accountant.rhoFor(budget.number(key, 1e-6, MOST_EPSILON), delta.get())
            : Rho.roundedDown(budget.number(key, 0, MOST_RHO)));
  }

  private static Optional<Budget.PerPeriod> perPeriod(
      Mapping budget, String key, Optional<Double> delta) throws DocumentError {
    if (budget.has(key) != budget.has("period")) {
      throw budget.error(
          budget.has("period") ? "period" : key,
          "\"period\" and \"%s\" say one thing together".formatted(key),
          "write both, for example period: P3M");
    }
    Optional<Rho> most = optional(budget, key, delta);
    if (most.isEmpty()) {
      return Optional.empty();
    }
    Period length = period(budget, "period");
    return Optional.of(
        Checked.of(budget, "period", () -> new Budget.PerPeriod(most.get(), length)));
  }

  /** Without {@code approvals} nobody is asked: then {@code people} would mean nothing. */
  private static ApprovalRule approvals(Mapping root) throws DocumentError {
    boolean people = root.has("people");
    if (!root.has("approvals")) {
      if (people) {
        throw root.error(
            "people",
            "people without approvals decide on nothing",
            "add for example \"approvals: { from: { steward: 1 }, valid_days: 30 }\"");
      }
      return ApprovalRule.NONE;
    }
    Mapping approvals = root.mapping("approvals");
    Mapping from = approvals.mapping("from");
    Map<String, Integer> asked = new TreeMap<>();
    for (String role : from.keys()) {
      asked.put(role, (int) from.whole(role, 1, ApprovalRule.MOST_OF_A_ROLE));
    }
    if (asked.isEmpty()) {
      throw approvals.error("from", "approvals ask at least one role", "name one, or leave it out");
    }
    int days = (int) approvals.whole("valid_days", 1, ApprovalRule.MOST_VALID_DAYS);
    List<Person> named = new ArrayList<>();
    for (Mapping each : root.mappings("people")) {
      named.add(person(each));
    }
    return Checked.of(root, "approvals", () -> new ApprovalRule(asked, days, named));
  }

  private static Retention retention(Mapping root) throws DocumentError {
    Optional<Mapping> given = root.optionalMapping("retention");
    Map<Retention.Kind, Period> periods = new TreeMap<>();
    if (given.isPresent()) {
      for (Retention.Kind kind : Retention.Kind.values()) {
        if (given.get().has(kind.word())) {
          periods.put(kind, period(given.get(), kind.word()));
        }
      }
      given.get().end();
    }
    return Checked.of(root, "retention", () -> new Retention(periods));
  }

  private static Period period(Mapping retention, String key) throws DocumentError {
    String text = retention.text(key);
    try {
      return Period.parse(text);
    } catch (DateTimeParseException e) {
      throw retention.error(
          key,
          "expected a period, got " + DocumentError.quoted(text),
          "write for example P90D, P6M or P3Y");
    }
  }

  private static Person person(Mapping each) throws DocumentError {
    String id = each.text("id");
    Set<String> roles = Set.copyOf(each.texts("roles"));
    Set<String> asksAs = Set.copyOf(each.optionalTexts("asks_as"));
    String hex = each.text("key");
    if (!hex.matches("[0-9a-f]{64}")) {
      throw each.error(
          "key",
          "expected an Ed25519 public key as 64 hexadecimal digits in lower case",
          "take the line that \"althing node person create\" printed");
    }
    VerifyingKey key = Checked.of(each, "key", () -> VerifyingKey.ofHex(hex));
    return Checked.of(each, "id", () -> new Person(id, roles, key, asksAs));
  }
}
