package org.althing.node;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.althing.cleaning.Inspection;
import org.althing.cleaning.Inspection.FaultyText;
import org.althing.cleaning.Inspection.InspectedColumn;
import org.althing.cleaning.ValueProfile;
import org.althing.contract.Contract;
import org.althing.contract.QualityRule;
import org.althing.contract.RuleMeasure;
import org.althing.node.source.CleanRecords;
import org.althing.node.source.RejectedRows;
import org.althing.node.source.RowPlace;
import org.althing.node.source.SourceProblem;
import org.althing.quality.QualityFindings;
import org.althing.quality.RuleOutcome;
import org.althing.quality.RuleVerdict;
import org.althing.release.Estimate;
import org.althing.sheet.TextTable;
import org.althing.table.Domain;
import org.althing.table.Verdict;

/** What a check of an organisation's own data found, in words for its steward. */
final class DataCheckText {
  /** Decimal digits that every double keeps: what a change of unit adds beyond them is no data. */
  private static final MathContext AS_WRITTEN = new MathContext(15);

  private static final int MOST_TEXTS = 5;
  private static final int MOST_CHARACTERS = 40;

  /** Three digits behind a comma may be thousands as well. */
  private static final Pattern DECIMAL_COMMA =
      Pattern.compile("[+-]?[0-9]+,([0-9]{1,2}|[0-9]{4,})");

  /** As timestamps of Parquet and of databases come, and many in text. */
  private static final Pattern POINT_IN_TIME =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:.*");

  private static final String NOT_KNOWN =
      "missing: [LOCAL] for what stands for \"not known\"; otherwise correct the source";

  private final StringBuilder text = new StringBuilder();
  private final int files;
  private final Map<Long, RowPlace> places;

  private DataCheckText(int files, Map<Long, RowPlace> places) {
    this.files = files;
    this.places = places;
  }

  /**
   * Several lines, each ended by a line feed.
   *
   * @param records as a study would count them
   * @throws SourceProblem where a file cannot be looked at again
   */
  static String of(
      Contract contract, Inspection inspection, CleanRecords records, QualityFindings findings)
      throws SourceProblem {
    DataCheckText page =
        new DataCheckText(records.files(), records.places(shown(contract, inspection)));
    page.heading(contract, inspection.rows(), records.rowsCounted());
    records.rejected().forEach(page::rejected);
    page.columns(inspection);
    page.values(inspection.columns());
    page.faults(inspection.columns());
    page.rules(findings, inspection);
    page.line("");
    page.line(
        "Nothing of this has left this machine. It holds values of rows: keep it to yourself.");
    return page.text.toString();
  }

  /** The rows that the page says the places of. */
  private static List<Long> shown(Contract contract, Inspection inspection) {
    return Stream.concat(
            inspection.columns().stream()
                .flatMap(column -> column.faulty().stream().limit(MOST_TEXTS))
                .map(FaultyText::firstRow),
            contract.rules().stream().flatMap(rule -> inspection.rowsOf(rule.id()).stream()))
        .toList();
  }

  private void heading(Contract contract, long rows, long counted) {
    line("Contract %s %s".formatted(contract.id(), contract.version()));
    line("  %s rows read; a study counts %s of them".formatted(whole(rows), whole(counted)));
    if (counted < rows) {
      line(
          "  not counted: %s, beyond the %d that count of one %s, or the same again"
              .formatted(rows(rows - counted), contract.unit().maxRows(), contract.unit().name()));
    }
  }

  private void rejected(RejectedRows rejected) {
    line("");
    line("ROWS OF ANOTHER NUMBER OF FIELDS");
    line("  " + rejected.count());
    rejected.lines().forEach(each -> line("    " + each));
    line("    They count nowhere.");
    line("    → quote fields that hold the delimiter, or correct the source");
  }

  private void columns(Inspection inspection) {
    line("");
    line("COLUMNS");
    int width = 0;
    for (InspectedColumn column : inspection.columns()) {
      width = Math.max(width, TextTable.length(column.binding().column()));
    }
    for (InspectedColumn column : inspection.columns()) {
      String name = column.binding().column();
      Optional<String> from = column.binding().localName();
      line(
          "  %s%s  %s"
              .formatted(
                  name,
                  " ".repeat(width - TextTable.length(name)),
                  from.isEmpty()
                      ? column
                          .binding()
                          .constant()
                          .map("of every row: %s"::formatted)
                          .orElse("absent here: every value is missing")
                      : counts(column, inspection.rows())
                          + (from.get().equals(name) ? "" : "   (from " + from.get() + ")")));
    }
  }

  /** Shares and numbers of rows by what was found. */
  static String counts(InspectedColumn column, long rows) {
    StringBuilder counts = new StringBuilder();
    counts.append(
        String.format(
            Locale.ROOT, "%5.1f %% valid", 100.0 * column.count(Verdict.OK) / Math.max(1, rows)));
    for (Verdict verdict : Verdict.values()) {
      if (verdict != Verdict.OK && column.count(verdict) > 0) {
        counts.append(", ").append(whole(column.count(verdict))).append(' ').append(word(verdict));
      }
    }
    return counts.toString();
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case OK -> "valid";
      case MISSING -> "empty";
      case SENTINEL -> "marked as not known";
      case UNPARSABLE -> "unreadable";
      case OUT_OF_RANGE -> "out of range";
      case NOT_IN_SET -> "not among its values";
    };
  }

  private void values(List<InspectedColumn> columns) {
    List<InspectedColumn> valued =
        columns.stream().filter(c -> c.values().isPresent() && c.count(Verdict.OK) > 0).toList();
    if (valued.isEmpty()) {
      return;
    }
    line("");
    line("VALID VALUES, exactly and of all rows read");
    TextTable table =
        new TextTable(
            "  ", IntStream.rangeClosed(1, ValueProfile.PERCENTS.size() + 3).boxed().toList());
    List<String> heads = new ArrayList<>(List.of("", "different", "least"));
    ValueProfile.PERCENTS.forEach(percent -> heads.add(percent + " %"));
    heads.add("greatest");
    table.row(heads.toArray(String[]::new));
    boolean tooMany = false;
    for (InspectedColumn column : valued) {
      ValueProfile values = column.values().orElseThrow();
      tooMany |= values.different().isEmpty();
      table.row(cells(column, values).toArray(String[]::new));
    }
    text.append(table);
    if (tooMany) {
      line("  many: more than are kept here, so without what lies between least and greatest");
    }
  }

  private static List<String> cells(InspectedColumn column, ValueProfile values) {
    Domain domain = column.column().column().domain();
    List<String> cells = new ArrayList<>();
    cells.add(column.binding().column());
    cells.add(values.different().isPresent() ? whole(values.different().getAsLong()) : "many");
    values
        .order()
        .ifPresent(
            order -> {
              cells.add(value(domain, order.least()));
              for (int q = 0; q < ValueProfile.PERCENTS.size(); q++) {
                cells.add(
                    order.quantiles().isEmpty() ? "" : value(domain, order.quantiles().get(q)));
              }
              cells.add(value(domain, order.greatest()));
            });
    return cells;
  }

  private static String value(Domain domain, double number) {
    return domain instanceof Domain.Dates
        ? LocalDate.ofEpochDay((long) number).toString()
        : Domain.Numbers.plain(new BigDecimal(number).round(AS_WRITTEN).doubleValue());
  }

  private static String formWord(Verdict verdict) {
    return verdict == Verdict.UNPARSABLE ? "without its pattern" : "too short or too long";
  }

  private void faults(List<InspectedColumn> columns) {
    List<InspectedColumn> faulty = columns.stream().filter(c -> !c.faulty().isEmpty()).toList();
    line("");
    line(faulty.isEmpty() ? "EVERY TEXT THAT IS NOT EMPTY HAS A MEANING" : "WHAT HAS NO MEANING");
    for (InspectedColumn column : faulty) {
      line("  %s, which holds %s".formatted(column.binding().column(), values(column)));
      boolean formed = column.column().column().domain() instanceof Domain.Formed;
      column.faulty().stream().limit(MOST_TEXTS).forEach(found -> faulty(found, formed));
      if (column.faulty().size() > MOST_TEXTS) {
        line("    and other texts");
      }
      line("    → " + remedy(column));
    }
  }

  private void faulty(FaultyText faulty, boolean formed) {
    line(
        "    %s  %s: %s, the first in %s"
            .formatted(
                shown(faulty.text()),
                formed ? formWord(faulty.verdict()) : word(faulty.verdict()),
                rows(faulty.rows()),
                where(List.of(faulty.firstRow()))));
  }

  /**
   * In words: {@code line 4, 9}, where rows have no lines {@code row 3, 8}, and of several files
   * {@code line 4, 9 of a.csv, line 2 of b.csv}.
   */
  private String where(List<Long> rows) {
    Map<String, List<RowPlace>> byFile =
        rows.stream()
            .flatMap(row -> Optional.ofNullable(places.get(row)).stream())
            .collect(
                Collectors.groupingBy(RowPlace::file, LinkedHashMap::new, Collectors.toList()));
    return byFile.entrySet().stream()
        .map(
            file ->
                (file.getValue().get(0).line().isPresent() ? "line " : "row ")
                    + file.getValue().stream()
                        .map(place -> String.valueOf(place.line().orElse(place.row())))
                        .collect(Collectors.joining(", "))
                    + (files > 1 ? " of " + file.getKey() : ""))
        .collect(Collectors.joining(", "));
  }

  static String rows(long number) {
    return number == 1 ? "1 row" : whole(number) + " rows";
  }

  static String whole(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** On one line, and nothing that a terminal would act on. */
  private static String shown(String value) {
    StringBuilder shown = new StringBuilder("\"");
    value
        .codePoints()
        .limit(MOST_CHARACTERS)
        .forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? '\uFFFD' : c));
    return shown
        .append(value.codePointCount(0, value.length()) > MOST_CHARACTERS ? "…\"" : "\"")
        .toString();
  }

  private static String values(InspectedColumn column) {
    Domain domain = column.column().column().domain();
    if (domain instanceof Domain.Categories categories) {
      List<String> values = categories.values();
      return String.join(" | ", values.subList(0, Math.min(values.size(), 2 * MOST_TEXTS)))
          + (values.size() > 2 * MOST_TEXTS ? " | …" : "");
    }
    if (domain instanceof Domain.Numbers numbers) {
      return numbers.inWords() + column.column().unitOfMeasure().map(u -> " " + u).orElse("");
    }
    if (domain instanceof Domain.Words words) {
      return words.inWords();
    }
    if (domain instanceof Domain.Formed formed) {
      return formed.inWords();
    }
    if (domain instanceof Domain.Dates dates) {
      return "%s, written %s"
          .formatted(dates.inWords(), column.binding().dayFormat().orElseGet(dates::format));
    }
    return "any text";
  }

  private static String remedy(InspectedColumn column) {
    Domain domain = column.column().column().domain();
    if (domain instanceof Domain.Dates
        && column.faulty().stream().anyMatch(f -> POINT_IN_TIME.matcher(f.text()).matches())) {
      return "export days for points in time, with CAST(%s AS DATE) or a view, in the time zone that days are meant in"
          .formatted(column.binding().localName().orElse(""));
    }
    if (domain instanceof Domain.Dates) {
      return "format: in the binding if days are written otherwise here, " + NOT_KNOWN;
    }
    if (domain instanceof Domain.Numbers
        && !column.binding().decimalComma()
        && column.faulty().stream().anyMatch(f -> DECIMAL_COMMA.matcher(f.text()).matches())) {
      return "file: { decimal: \",\" } in the binding if numbers have a comma, " + NOT_KNOWN;
    }
    if (domain instanceof Domain.Categories) {
      return "codes: { LOCAL: VALUE } in the binding for what stands for a value, missing: [LOCAL] for what"
          + " stands for \"not known\"";
    }
    return column.count(Verdict.OUT_OF_RANGE) > 0 && domain instanceof Domain.Numbers
        ? "multiply: or add: in the binding if the unit is another, " + NOT_KNOWN
        : "missing: [LOCAL] in the binding for what stands for \"not known\"; otherwise correct the source";
  }

  private void rules(QualityFindings findings, Inspection inspection) {
    line("");
    line("THE CONTRACT'S RULES, exactly and for this organisation alone");
    for (RuleOutcome outcome : findings.rules()) {
      List<Long> rows = inspection.rowsOf(outcome.rule().id());
      line("  " + inWords(outcome) + (rows.isEmpty() ? "" : "   (" + where(rows) + ")"));
    }
  }

  private static String inWords(RuleOutcome outcome) {
    if (outcome instanceof RuleOutcome.Judged judged) {
      String metric = judged.metric().map(m -> metric(judged.rule(), m)).orElse("no rows");
      return "%s  %s: %s".formatted(word(judged.verdict()), judged.rule().id(), metric);
    }
    return "not run  " + outcome.rule().id();
  }

  private static String word(RuleVerdict verdict) {
    return switch (verdict) {
      case PASS -> "PASS";
      case FAIL -> "FAIL";
      case INCONCLUSIVE -> "OPEN";
    };
  }

  private static String metric(QualityRule rule, Estimate metric) {
    if (rule.measure() instanceof RuleMeasure.Groups) {
      return rule.unit() == QualityRule.Unit.PERCENT
          ? String.format(Locale.ROOT, "%.2f groups per 100 rows", metric.value())
          : Math.round(metric.value()) + " groups of rows";
    }
    return switch (rule.unit()) {
      case ROWS -> rows(Math.round(metric.value()));
      case PERCENT -> String.format(Locale.ROOT, "%.2f %%", metric.value());
      case WORDS -> String.format(Locale.ROOT, "%.2f words on average", metric.value());
      case DISTANCE -> String.format(Locale.ROOT, "%.3f from the reference", metric.value());
    };
  }

  private void line(String words) {
    text.append(words).append('\n');
  }
}
