package org.althing.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.althing.document.BindingDocument;
import org.althing.federation.NodeId;
import org.althing.federation.Quorum;
import org.althing.table.Language;

/**
 * The documents of a federation over some files, each an organisation's: contract, bindings,
 * policies, studies. For a laboratory, where one person may see all of the data: what they say of
 * columns comes from the data, and is marked.
 */
public final class FederationProposal {
  private static final String LEAD = "study-lead";
  private static final int LEAST_CLASSES = 3;
  private static final int MOST_CLASSES = 32;

  /** So that a first study of statistics stays readable, and its noise small. */
  private static final int MOST_CORRELATED = 6;

  private static final int MOST_TABLES = 6;
  private static final int MOST_NAME = 40;

  /** Fewer positive rows than one of so many are rare. */
  private static final int RARE = 10;

  private static final BigDecimal LEAST_EXPECTED = new BigDecimal("0.000001");

  /** What people call the answer that they look for. */
  private static final Set<String> AFFIRMATIVE =
      Set.of("1", "yes", "y", "true", "t", "positive", "pos", "ja", "oui", "sí", "是", "有");

  private final Wish wish;
  private final String contract;
  private final SourceSummary summary;
  private final List<Organisation> organisations = new ArrayList<>();

  /** Columns that one organisation alone has. */
  private final Set<String> strangers = new LinkedHashSet<>();

  private FederationProposal(Wish wish) {
    this.wish = wish;
    String plain = plain(wish.name());
    this.contract = plain.isEmpty() ? "laboratory" : plain;
    this.summary = new SourceSummary(wish.delimiter(), wish.decimalComma(), wish.unit());
  }

  /**
   * What the caller wants.
   *
   * @param name of the federation; what of it may stand in an id names contract and studies
   * @param decimalComma whether numbers have a comma before their fraction
   * @param label the column that models shall tell, if any
   * @param positive the label's values that count as yes; empty where that is to be found
   * @param texts columns of free text, with the code of their language
   * @param unit the column that says whose a row is, if one row is not all of a unit
   * @param epsilon of each study
   */
  public record Wish(
      String name,
      char delimiter,
      boolean decimalComma,
      Optional<String> label,
      List<String> positive,
      Map<String, String> texts,
      Optional<String> unit,
      double epsilon) {}

  private record Organisation(NodeId id, String data, List<String> columns, long people) {

    boolean lacks(String column) {
      return !columns.contains(column);
    }
  }

  /**
   * What is proposed.
   *
   * @param documents by their paths, relative to one folder
   * @param leftOut columns that no study reads, each with the reason
   * @param notes sentences on what to look at before anything is run
   */
  public record Proposed(
      Map<String, String> documents, Map<String, String> leftOut, List<String> notes) {}

  /**
   * Proposes a federation.
   *
   * @param files at least three, each of one organisation, by the path where it will lie
   * @throws CommandFailure where a file cannot be read so, or there is no such column
   */
  public static Proposed of(Wish wish, Map<String, byte[]> files) {
    if (files.size() < Quorum.LEAST_NODES) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "a sum over fewer than three organisations would tell each the others' part: give three files or more,"
              + " or one that is divided among --organisations N");
    }
    FederationProposal proposal = new FederationProposal(wish);
    files.forEach(proposal::add);
    proposal.forgetStrangers();
    return new Proposed(proposal.documents(), proposal.leftOut(), proposal.notes());
  }

  /**
   * What {@code --charset} names.
   *
   * @throws CommandFailure where a binding could not name it
   */
  public static Charset charset(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!BindingDocument.CHARSETS.contains(lower)) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "--charset: expected one of %s, got %s"
              .formatted(String.join(", ", BindingDocument.CHARSETS), name));
    }
    return Charset.forName(lower);
  }

  /**
   * A file whole, in UTF-8.
   *
   * @param charset the one it is written in
   * @param reader expands what is compressed, if it is there
   * @throws CommandFailure where it cannot be read so
   */
  public static byte[] content(Path file, Charset charset, Optional<TableReader> reader) {
    DelimitedText.requireText(file, reader);
    byte[] bytes = DelimitedText.bytes(file, reader);
    try {
      CharBuffer text = charset.newDecoder().decode(ByteBuffer.wrap(bytes));
      return charset.equals(StandardCharsets.UTF_8)
          ? bytes
          : text.toString().getBytes(StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "%s is not written in %s: give --charset, one of %s"
              .formatted(file, charset, String.join(", ", BindingDocument.CHARSETS)),
          e);
    }
  }

  /**
   * The rows of one file divided among {@code parts} organisations, in turn.
   *
   * @param file as errors shall show it
   * @return texts of files, each under the same line of names
   * @throws CommandFailure where the file cannot be read
   */
  public static List<byte[]> divided(String file, byte[] utf8, char delimiter, int parts) {
    return DelimitedText.deal(file, utf8, SourceSummary.format(delimiter), parts);
  }

  private void add(String data, byte[] utf8) {
    SourceSummary.Added added = summary.add(data, utf8);
    if (added.rows() == 0) {
      throw new CommandFailure(ExitCode.BAD_INPUT, data + " has no rows");
    }
    organisations.add(new Organisation(idOf(data), data, added.names(), added.units()));
  }

  /** Columns of one file alone, which are likely another's under a name of their own. */
  private void forgetStrangers() {
    for (String name : summary.columns().keySet()) {
      if (organisations.stream().filter(o -> !o.lacks(name)).count() == 1) {
        strangers.add(name);
      }
    }
    summary.forget(strangers);
    if (summary.columns().isEmpty()) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "no two of the files have a column of the same name: give them the same line of names");
    }
  }

  /** By the file's name where it makes one that is not taken, else by its place. */
  private NodeId idOf(String data) {
    String plain = plain(data.substring(data.lastIndexOf('/') + 1).replaceFirst("\\..*$", ""));
    boolean free = organisations.stream().noneMatch(o -> o.id().value().equals(plain));
    return new NodeId(free && !plain.isEmpty() ? plain : "org-" + (organisations.size() + 1));
  }

  /** What of a name may stand in a node's id; nothing where it has no Latin letter. */
  private static String plain(String name) {
    String joined = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return joined.substring(0, Math.min(MOST_NAME, joined.length())).replaceAll("^[^a-z]+|-+$", "");
  }

  private Map<String, String> documents() {
    Map<String, Language> texts = summary.languages(wish.texts());
    Map<String, String> documents = new LinkedHashMap<>();
    documents.put("contract.yaml", ContractProposal.of(contract, summary, texts));
    documents.put("federation.yaml", federation());
    for (Organisation organisation : organisations) {
      documents.put("bindings/%s.yaml".formatted(organisation.id()), binding(organisation));
      documents.put("policies/%s.yaml".formatted(organisation.id()), policy(organisation));
    }
    String label =
        wish.label().map(l -> " label: %s ".formatted(ContractProposal.quoted(l))).orElse("");
    documents.put("studies/quality.yaml", study("quality", "{%s}".formatted(label)));
    documents.put("studies/statistics.yaml", study("statistics", statistics()));
    wish.label()
        .ifPresent(
            column -> {
              String model = model(column);
              documents.put("studies/naive-bayes.yaml", study("naive-bayes", model));
              documents.put("studies/logistic.yaml", study("logistic", model, values(column)));
            });
    return documents;
  }

  private String federation() {
    StringBuilder text = new StringBuilder("althing: federation/v1\n");
    text.append("name: ").append(ContractProposal.quoted(wish.name())).append('\n');
    text.append("contract: contract.yaml\norganisations:\n");
    for (Organisation organisation : organisations) {
      text.append(
          """
            - id: %1$s
              data: [%2$s]
              binding: bindings/%1$s.yaml
              policy: policies/%1$s.yaml
              population: %1$s-people
              people: %3$d
          """
              .formatted(
                  organisation.id(),
                  ContractProposal.quoted(organisation.data()),
                  rough(organisation.people())));
    }
    return text.toString();
  }

  /** To two digits, as an organisation would say it in public. */
  private static long rough(long rows) {
    long unit = 1;
    while (rows / unit >= 100) {
      unit *= 10;
    }
    return Math.max(1, Math.round((double) rows / unit) * unit);
  }

  private long people() {
    return organisations.stream().mapToLong(o -> rough(o.people())).sum();
  }

  private String binding(Organisation organisation) {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        # How this organisation's file is read: its own names, codes and missing markers go under columns.
        althing: binding/v1
        contract: %s
        version: 0.1.0
        file: { charset: utf-8, delimiter: %s, quote: '"', header: true%s }
        """
            .formatted(
                contract,
                wish.delimiter() == '\t'
                    ? "tab"
                    : ContractProposal.quoted(Character.toString(wish.delimiter())),
                wish.decimalComma() ? ", decimal: \",\"" : ""));
    List<String> absent = absent(organisation);
    if (!absent.isEmpty()) {
      text.append("columns:\n");
      List<String> own = own(organisation);
      if (!own.isEmpty()) {
        text.append(
            """
              # If one of its own columns is meant, say so: { from: NAME }, with codes: where words differ and
              # multiply: or add: where units do. In no other file: %s
            """
                .formatted(ContractProposal.list(own)));
      }
      absent.forEach(
          name -> text.append("  %s: { absent: true }%n".formatted(ContractProposal.quoted(name))));
    }
    return text.toString();
  }

  private String policy(Organisation organisation) {
    Quorum quorum = Quorum.defaultFor(organisations.size());
    return """
    # What %1$s lets others learn. A laboratory's: generous. What is not named here is refused.
    althing: policy/v1
    org: %1$s
    valid: { from: 2026-01-01, until: 2035-12-31 }
    leads: [%2$s]
    purposes: [research]
    analyses: [quality, statistics, naive-bayes, logistic, linear-svm, k-means, candidates]
    columns:
      allow: %3$s
    secure_aggregation: required
    limits: { nodes: %4$d, people: %5$d, releases: 100, colluders: %6$d, survivors: %7$d }
    budgets:
      %1$s-people: { epsilon: %8$s, per_study_epsilon: %9$s, delta: %10$s }
    """
        .formatted(
            organisation.id(),
            LEAD,
            ContractProposal.list(federated()),
            organisations.size(),
            people() / 2,
            quorum.colluders(),
            quorum.leastSurvivors(),
            12 * wish.epsilon(),
            6 * wish.epsilon(),
            delta());
  }

  private Map<String, String> leftOut() {
    Map<String, String> reasons = new LinkedHashMap<>();
    summary
        .columns()
        .forEach(
            (name, column) -> {
              if (!wish.texts().containsKey(name)
                  && !isUnit(name)
                  && !column.whyNotRead().isEmpty()) {
                reasons.put(name, column.whyNotRead());
              }
            });
    return reasons;
  }

  /** What it has not, of the columns that are proposed. */
  private List<String> absent(Organisation organisation) {
    return summary.columns().keySet().stream().filter(organisation::lacks).toList();
  }

  /** What no other organisation has. */
  private List<String> own(Organisation organisation) {
    return organisation.columns().stream().filter(strangers::contains).toList();
  }

  private boolean isUnit(String name) {
    return wish.unit().filter(name::equals).isPresent();
  }

  /** Columns that say the same of all rows, from which nothing is learnt but noise. */
  private List<String> constants() {
    return summary.columns().entrySet().stream()
        .filter(c -> !wish.texts().containsKey(c.getKey()) && c.getValue().isConstant())
        .map(Map.Entry::getKey)
        .toList();
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    constants()
        .forEach(
            name -> notes.add("%s has one value in all rows: models leave it out".formatted(name)));
    for (Organisation organisation : organisations) {
      List<String> absent = absent(organisation);
      if (!absent.isEmpty()) {
        notes.add(
            "%s lacks %s: where it has them under other names, say so in bindings/%s.yaml"
                .formatted(organisation.id(), String.join(", ", absent), organisation.id()));
      }
      List<String> own = own(organisation);
      if (!own.isEmpty()) {
        notes.add(
            "%s alone has %s, which no study reads"
                .formatted(organisation.id(), String.join(", ", own)));
      }
      if (wish.label().filter(organisation::lacks).isPresent()) {
        notes.add("without the label, no model learns from %s".formatted(organisation.id()));
      }
    }
    summary
        .columns()
        .forEach(
            (name, column) -> {
              if (column.kind() == ColumnSummary.Kind.NUMBERS && column.strangers() > 0) {
                notes.add(
                    "%s is taken for numbers; %d of its values are none, and count as faults"
                        .formatted(name, column.strangers()));
              }
              if (wish.unit().isEmpty()
                  && column.kind() == ColumnSummary.Kind.IDENTIFIER
                  && column.isRepeated()) {
                notes.add(
                    "%s repeats: if it says whose a row is, give --unit %s, or the budget protects single rows, not people"
                        .formatted(name, name));
              }
            });
    wish.unit()
        .ifPresent(
            key ->
                notes.add(
                    "at most %d rows of one %s count, as many as 3 of 4 have; the largest has %d. Noise grows with that number (rows: in contract.yaml)"
                        .formatted(summary.rowsOfMostUnits(), key, summary.rowsOfLargestUnit())));
    return notes;
  }

  /** The columns of which sums may leave. */
  private List<String> federated() {
    return names(
        ColumnSummary.Kind.CATEGORIES, ColumnSummary.Kind.NUMBERS, ColumnSummary.Kind.DAYS);
  }

  /** The columns of some kinds; free texts are of every kind. */
  private List<String> names(ColumnSummary.Kind... kinds) {
    Set<ColumnSummary.Kind> wanted = Set.of(kinds);
    return summary.columns().entrySet().stream()
        .filter(c -> wish.texts().containsKey(c.getKey()) || wanted.contains(c.getValue().kind()))
        .filter(c -> !isUnit(c.getKey()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private String study(String analysis, String terms) {
    return study(analysis, terms, "");
  }

  /**
   * @param cleaning lines of its own, or nothing
   */
  private String study(String analysis, String terms, String cleaning) {
    return """
    althing: study/v1
    id: %1$s-%2$s
    title: %3$s
    purpose: research
    lead: %4$s
    contract: %1$s
    analysis:
      %2$s: %5$s
    %10$sprivacy: { epsilon: %6$s, delta: %9$s }
    %7$sparticipants: { people: %8$d }
    deadline: 1h
    """
        .formatted(
            contract,
            analysis,
            ContractProposal.quoted(wish.name() + ", " + analysis),
            LEAD,
            terms,
            wish.epsilon(),
            terms.contains("features") ? "holdout_percent: 20\n" : "",
            people(),
            delta(),
            cleaning);
  }

  /** The power of ten at or below one in ten times the people, at most 10⁻⁵. */
  private String delta() {
    return "1.0e-" + Math.max(5, (int) Math.ceil(Math.log10(10.0 * people())));
  }

  private String statistics() {
    List<String> columns = new ArrayList<>(federated());
    columns.removeAll(wish.texts().keySet());
    List<String> numbers = new ArrayList<>(names(ColumnSummary.Kind.NUMBERS));
    numbers.removeAll(wish.texts().keySet());
    String text = "{ columns: " + ContractProposal.list(columns);
    if (numbers.size() > 1) {
      text +=
          ", correlations: "
              + ContractProposal.list(
                  numbers.subList(0, Math.min(numbers.size(), MOST_CORRELATED)));
    }
    if (wish.label().isPresent()) {
      String label = wish.label().get();
      String tables =
          columns.stream()
              .filter(name -> !name.equals(label) && hasCells(name))
              .limit(MOST_TABLES)
              .map(name -> ContractProposal.list(List.of(name, label)))
              .collect(Collectors.joining(", "));
      text += tables.isEmpty() ? "" : ", tables: [" + tables + "]";
    }
    return text + " }";
  }

  /** That numbers may be read by their values where the planner has them by their bins. */
  private String values(String label) {
    List<String> binned =
        names(ColumnSummary.Kind.NUMBERS).stream()
            .filter(name -> !name.equals(label) && hasCells(name))
            .toList();
    return binned.isEmpty()
        ? ""
        : """
          # Where people are few for the noise, numbers are read by their values, elsewhere by their bins; the plan says which. Always by values:
          # cleaning: [ { values: %s } ]
          """
            .formatted(ContractProposal.list(binned));
  }

  private boolean hasCells(String name) {
    ColumnSummary column = summary.column("--label", name);
    return switch (column.kind()) {
      case CATEGORIES -> true;
      case NUMBERS -> !column.edges().isEmpty();
      case DAYS, EMPTY, IDENTIFIER, OTHER -> false;
    };
  }

  private String model(String label) {
    ColumnSummary column = summary.column("--label", label);
    if (column.kind() != ColumnSummary.Kind.CATEGORIES || column.categories().size() < 2) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "--label: %s has no short list of values; models tell 2 to %d apart: name a column that has"
              .formatted(label, MOST_CLASSES));
    }
    Set<String> features =
        new LinkedHashSet<>(names(ColumnSummary.Kind.CATEGORIES, ColumnSummary.Kind.NUMBERS));
    features.remove(label);
    features.removeAll(constants());
    if (features.isEmpty()) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "no column beside %s is left to learn from:%s"
              .formatted(
                  label,
                  leftOut().entrySet().stream()
                      .map(e -> "\n  %s %s".formatted(e.getKey(), e.getValue()))
                      .collect(Collectors.joining())));
    }
    List<String> positive = positive(column);
    String expected = positive.isEmpty() ? "" : expected(column, positive);
    return "{ label: { column: %s%s }, features: %s }%s"
        .formatted(
            ContractProposal.quoted(label),
            positive.isEmpty() ? "" : ", positive: " + ContractProposal.list(positive) + expected,
            ContractProposal.list(features),
            expected.isEmpty() ? "" : "  # expected: to confirm");
  }

  /**
   * The share of positive rows to one digit, where it is small enough to change what a plan says.
   */
  private static String expected(ColumnSummary label, List<String> positive) {
    long all = label.categories().stream().mapToLong(label::rowsWith).sum();
    long found = positive.stream().mapToLong(label::rowsWith).sum();
    if (RARE * found > all) {
      return "";
    }
    BigDecimal share = BigDecimal.valueOf((double) Math.max(found, 1) / all);
    return ", expected: "
        + share.round(new MathContext(1)).max(LEAST_EXPECTED).stripTrailingZeros().toPlainString();
  }

  /** Of two values the affirmative one, else the rarer; of more none, each is a class. */
  private List<String> positive(ColumnSummary label) {
    List<String> values = label.categories();
    for (String value : wish.positive()) {
      if (!values.contains(value)) {
        throw new CommandFailure(
            ExitCode.BAD_INPUT,
            "--positive: the label has no value %s; it has %s"
                .formatted(value, String.join(", ", values)));
      }
    }
    if (!wish.positive().isEmpty() || values.size() >= LEAST_CLASSES) {
      return wish.positive();
    }
    return List.of(
        values.stream()
            .filter(v -> AFFIRMATIVE.contains(v.toLowerCase(Locale.ROOT)))
            .findFirst()
            .orElse(
                label.rowsWith(values.get(0)) < label.rowsWith(values.get(1))
                    ? values.get(0)
                    : values.get(1)));
  }
}
