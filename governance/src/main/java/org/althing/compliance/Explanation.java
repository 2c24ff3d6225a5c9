package org.althing.compliance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.report.StudyFolder;
import org.althing.sheet.Language;
import org.althing.study.LogEntry;
import org.althing.study.StudyEvent;

/**
 * Whatever the reports of a study say, traced: each claim with the log entries it is from and the
 * fields of them, down to the digests of entries and sums, so that a reader can follow a number
 * into the bytes that were verified.
 */
public final class Explanation {
  private static final int WIDTH = 24;

  private final VerifiedStudy study;
  private final List<LogEntry> entries;
  private final List<Claim> claims;

  /**
   * One thing that a report says.
   *
   * @param path report, chapter, and the key of a field or of a table; of a row its number too
   */
  private record Claim(String path, String name, String text, Source source) {
    boolean isOf(String asked) {
      return path.equals(asked)
          || path.startsWith(asked + "/")
          || List.of(path.split("/", -1)).contains(asked);
    }
  }

  private Explanation(VerifiedStudy study, List<LogEntry> entries, List<Claim> claims) {
    this.study = study;
    this.entries = entries;
    this.claims = claims;
  }

  /**
   * @param entries of the study's folder, the issue of its report too
   */
  public static Explanation of(VerifiedStudy study, List<LogEntry> entries) {
    List<Claim> claims = new ArrayList<>();
    add(claims, ProcessingRecord.of(study, Particulars.NONE, Optional.empty()));
    add(claims, PrivacyStatement.of(study, Particulars.NONE));
    QualityReport.of(study, Particulars.NONE).ifPresent(report -> add(claims, report));
    ModelReport.of(study, Particulars.NONE).ifPresent(report -> add(claims, report));
    return new Explanation(study, List.copyOf(entries), claims);
  }

  private static void add(List<Claim> claims, ComplianceReport report) {
    for (Chapter chapter : report.chapters()) {
      String path = report.word() + "/" + chapter.id();
      for (Part part : chapter.parts()) {
        if (part instanceof Part.Prose prose) {
          claims.add(claim(path, chapter.title(), prose.statement()));
        } else if (part instanceof Part.Fields fields) {
          for (Part.Field field : fields.fields()) {
            for (Statement each : field.statements()) {
              claims.add(claim(path + "/" + field.key(), field.name(), each));
            }
          }
        } else if (part instanceof Part.Rows rows) {
          add(claims, path + "/" + rows.key(), rows);
        }
      }
    }
  }

  private static void add(List<Claim> claims, String path, Part.Rows rows) {
    int number = 0;
    for (Part.Rows.Row row : rows.rows()) {
      String cells =
          IntStream.range(0, row.cells().size())
              .mapToObj(i -> plain(rows.headings().get(i)) + ": " + english(row.cells().get(i)))
              .collect(Collectors.joining("; "));
      claims.add(new Claim(path + "/" + ++number, english(rows.caption()), cells, row.source()));
    }
  }

  private static Claim claim(String path, Phrase name, Statement said) {
    return new Claim(path, english(name), english(said.text()), said.source());
  }

  private static String plain(Phrase heading) {
    String text = english(heading);
    return text.endsWith(">") ? text.substring(0, text.length() - 1) : text;
  }

  private static String english(Phrase phrase) {
    return phrase.in(Language.EN);
  }

  /** Every claim, a report after the other, each with the entries and fields it is from. */
  public String all() {
    StringBuilder text = new StringBuilder();
    claims.forEach(claim -> write(text, claim, false));
    return text.toString();
  }

  /**
   * The claims of one field, table, chapter or report, with what the named fields of the entries
   * hold; or, where {@code asked} is a number, that entry whole and every claim that is from it.
   *
   * @return nothing where no claim and no entry is called so
   */
  public Optional<String> of(String asked) {
    if (asked.matches("[0-9]{1,9}")) {
      return ofEntry(Integer.parseInt(asked));
    }
    StringBuilder text = new StringBuilder();
    claims.stream().filter(claim -> claim.isOf(asked)).forEach(claim -> write(text, claim, true));
    return text.isEmpty() ? Optional.empty() : Optional.of(text.toString());
  }

  private Optional<String> ofEntry(int number) {
    if (number >= entries.size()) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    write(text, entries.get(number), EntryFields.of(entries.get(number)));
    text.append('\n');
    for (Claim claim : claims) {
      if (claim.source() instanceof Source.Log log && log.entries().contains(number)) {
        line(text, "", claim.path(), claim.name() + ": " + claim.text());
        line(text, "    ", "from", names(log));
      }
    }
    return Optional.of(text.toString());
  }

  private void write(StringBuilder text, Claim claim, boolean values) {
    text.append(claim.path()).append('\n');
    line(text, "  ", claim.name(), claim.text());
    if (claim.source() instanceof Source.Declared declared) {
      write(text, declared, values);
    } else if (!(claim.source() instanceof Source.Log log)) {
      line(text, "    ", "from", english(claim.source().inWords()));
    } else if (!values || (log.fields().isEmpty() && log.entries().size() > 1)) {
      line(text, "    ", "from", names(log));
    } else {
      for (int number : log.entries()) {
        write(text, entries.get(number), named(log, entries.get(number)));
      }
    }
    text.append('\n');
  }

  private void write(StringBuilder text, Source.Declared declared, boolean values) {
    String from = english(declared.inWords());
    if (!values) {
      line(text, "    ", "from", from + ", " + String.join(", ", declared.fields()));
      return;
    }
    for (LogEntry entry : study.declared()) {
      if (entry.sequence() == declared.number()) {
        line(
            text,
            "    ",
            from,
            "%s, %s, SHA-256 %s"
                .formatted(
                    EntryFields.kind(entry),
                    StudyFolder.declaredName(entry.sequence()),
                    Digest.of(entry.toBytes()).hex()));
        EntryFields.of(entry)
            .forEach(
                (name, value) -> {
                  if (declared.fields().contains(name)) {
                    line(text, "      ", name, value);
                  }
                });
      }
    }
  }

  /** Such as {@code log 3–6, statement.marginal}. */
  private static String names(Source.Log log) {
    String fields = log.fields().isEmpty() ? "" : ", " + String.join(", ", log.fields());
    return "log " + log.numbers() + fields;
  }

  /** What an entry holds under the names that a source gives; all of it, where it gives none. */
  private static Map<String, String> named(Source.Log log, LogEntry entry) {
    Map<String, String> all = EntryFields.of(entry);
    if (log.fields().isEmpty()) {
      return all;
    }
    Map<String, String> named = new LinkedHashMap<>();
    for (String field : log.fields()) {
      String holder = holder(entry, field);
      Optional.ofNullable(all.get(holder))
          .ifPresent(
              value ->
                  named.put(field, holder.equals(field) ? value : keyIn(entry, holder, field)));
    }
    return named;
  }

  /** A key of a document is behind the field that holds the document. */
  static String holder(LogEntry entry, String field) {
    return entry.event() instanceof StudyEvent.StudySubmitted && field.contains(".")
        ? field.substring(0, field.indexOf('.'))
        : field;
  }

  /**
   * The line of a document on which a key first stands behind the key that holds it; where it has
   * none, its default holds.
   */
  private static String keyIn(LogEntry entry, String document, String field) {
    StudyEvent.StudySubmitted submitted = (StudyEvent.StudySubmitted) entry.event();
    boolean study = document.equals("study");
    String file = study ? StudyFolder.STUDY : StudyFolder.CONTRACT;
    Bytes bytes = study ? submitted.study() : submitted.contract();
    String[] lines = new String(bytes.toArray(), StandardCharsets.UTF_8).split("\n", -1);
    String[] keys = field.split("\\.", -1);
    int above = keys.length > 2 ? lineOf(keys[keys.length - 2], lines, 0) : 0;
    int line = above < 0 ? -1 : lineOf(keys[keys.length - 1], lines, above);
    if (line >= 0) {
      return "%s, line %d: %s".formatted(file, line + 1, lines[line].strip());
    }
    return "%s does not say it: the default".formatted(file);
  }

  /**
   * The first line from {@code from} on that has a key, in block or flow style; -1 where none has.
   */
  private static int lineOf(String key, String[] lines, int from) {
    Pattern written =
        Pattern.compile("(^|[{,]|- )\\s*\"?%s\"?\\s*:(\\s|$)".formatted(Pattern.quote(key)));
    for (int i = from; i < lines.length; i++) {
      String line = lines[i].strip();
      if (!line.startsWith("#") && written.matcher(line).find()) {
        return i;
      }
    }
    return -1;
  }

  private void write(StringBuilder text, LogEntry entry, Map<String, String> fields) {
    int number = entry.sequence();
    line(
        text,
        "    ",
        "entry " + number,
        "%s, place %d of the log, %s, SHA-256 %s"
            .formatted(
                EntryFields.kind(entry),
                study.receipt().places().get(number),
                StudyFolder.entryName(number),
                Digest.of(entry.toBytes()).hex()));
    fields.forEach((name, value) -> line(text, "      ", name, value));
    if (entry.event() instanceof StudyEvent.Released released && fields.containsKey("total")) {
      String name = study.findings().plan().releases().get(released.release()).name();
      line(
          text,
          "      ",
          "the numbers",
          "%s, %d noisy sums"
              .formatted(
                  StudyFolder.sumName(released.release(), name),
                  study.findings().releases().get(released.release()).total().length));
    }
  }

  private static void line(StringBuilder text, String indent, String name, String value) {
    text.append(indent).append(name);
    text.append(" ".repeat(Math.max(1, WIDTH - name.length())));
    text.append(value.replaceAll("\\p{Cntrl}", " ")).append('\n');
  }
}
