package org.althing.compliance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.althing.report.Json;
import org.althing.report.Markup;
import org.althing.report.Page;
import org.althing.report.Table;
import org.althing.sheet.Language;

/**
 * One report for an officer: fields and tables, each with its source, as a page for people or as
 * JSON for programs. The same study and particulars give the same bytes.
 */
public final class ComplianceReport {
  public static final String SCHEMA = "althing/compliance/v1";
  private static final Phrase FIELD = Phrase.of("Field", "字段");
  private static final Phrase STATED = Phrase.of("Stated", "内容");
  private static final Phrase FROM = Phrase.of("From", "来源");
  private static final Phrase SKIP = Phrase.of("Skip to the contents", "跳到正文");
  private static final Phrase CONTENTS = Phrase.of("Contents", "目录");
  private static final Phrase MISSING =
      Phrase.of(
          "%d fields are not stated. They stand below as “%s”, with the place where the controller or operator can state them; nothing was filled in for them.",
          "有 %d 个字段未说明，下文以“%s”标出，并注明控制者或运营方应在何处补充；本报告未代为填写。");
  private static final Phrase WHOLE = Phrase.of("Every field is stated.", "所有字段均已说明。");
  private static final String STYLE =
      """
      tr.missing td{font-weight:600;color:#8a5a00}
      tr.missing td:last-child{font-weight:400}
      section>.scroll>table{width:100%}
      section>.scroll caption{font-size:1rem;font-weight:600;color:#1d2329}
      section>.scroll tbody th{min-width:8rem}
      section>.scroll td.t{min-width:4rem}
      section>.scroll td:last-child{color:#56606b}
      section>.scroll .missing td:last-child{color:#8a5a00}
      :lang(zh){font-family:system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
      @media print{
      section#exact{break-before:page}
      h2{margin-top:2rem}
      caption,thead{break-after:avoid}
      tbody tr:nth-child(-n+3){break-before:avoid}
      tbody tr:last-child:not(:first-child){break-before:avoid}
      table:not(:has(tbody tr:nth-child(12))),.drawing{break-inside:avoid}
      figure>.pair,figure>.below{display:grid;grid-template-columns:minmax(0,1.2fr) minmax(0,1fr);gap:1.5rem}
      section table{font-size:8.5pt}
      thead th{font-size:8pt}
      section>.scroll tbody th{min-width:4.5rem;max-width:14rem;overflow-wrap:break-word}
      section>.scroll td.t{min-width:2.8rem;max-width:14rem;overflow-wrap:break-word}
      table:not(:has(th:nth-child(4)))>tbody td.t{max-width:none;overflow-wrap:anywhere}
      section>.scroll td.t:last-child{min-width:4rem}
      }
      """;

  /**
   * What stands around every sheet of paper but the first, clear of what browsers print there
   * themselves. Neither the title nor the study's id has a character that means anything here.
   */
  private static final String SHEET =
      """
      @page{margin:17mm 15mm;@top-right{content:"%s · %s";font:8pt system-ui,sans-serif;color:#56606b}@bottom-center{content:counter(page) " / " counter(pages);font:8pt system-ui,sans-serif;color:#56606b}}
      @page :first{@top-right{content:""}}
      """;

  private final ReportKind kind;
  private final StudyFacts facts;
  private final Phrase lede;
  private final List<Chapter> chapters;

  ComplianceReport(ReportKind kind, StudyFacts facts, Phrase lede, List<Chapter> chapters) {
    this.kind = kind;
    this.facts = facts;
    this.lede = lede;
    this.chapters = List.copyOf(chapters);
  }

  /** The word for its kind. */
  public String word() {
    return kind.word();
  }

  List<Chapter> chapters() {
    return chapters;
  }

  /** How many fields say that nobody stated them. */
  public int missing() {
    int missing = 0;
    for (Chapter chapter : chapters) {
      for (Part part : chapter.parts()) {
        if (part instanceof Part.Fields fields) {
          for (Part.Field field : fields.fields()) {
            missing += (int) field.statements().stream().filter(Statement::isNotStated).count();
          }
        }
      }
    }
    return missing;
  }

  /** One self-contained page. */
  public byte[] toHtml(Language language) {
    String title = kind.title().in(language);
    Page.Frame frame =
        new Page.Frame(
            language == Language.ZH ? "zh-Hans" : "en",
            SKIP.in(language),
            chapters.get(0).id(),
            CONTENTS.in(language),
            STYLE + SHEET.formatted(title, facts.study().id()));
    Page page =
        new Page(frame, title + " · " + facts.study().title() + " · Althing", head(language));
    for (Chapter chapter : chapters) {
      page.section(chapter.id(), chapter.title().in(language), body(chapter, language));
    }
    return page.toBytes();
  }

  private Markup head(Language language) {
    Markup out = new Markup();
    out.leaf("p", facts.study().title() + " · " + facts.study().id(), "class", "over").line();
    out.leaf("h1", kind.title().in(language)).line();
    out.leaf("p", lede.in(language), "class", "lede").line();
    int missing = missing();
    Phrase note = missing == 0 ? WHOLE : MISSING.with(missing, Statement.NOT_STATED);
    return out.leaf("p", note.in(language), "class", "note").line();
  }

  private static Markup body(Chapter chapter, Language language) {
    Markup out = new Markup();
    for (Part part : chapter.parts()) {
      if (part instanceof Part.Prose prose) {
        out.leaf("p", prose.statement().text().in(language)).line();
      } else if (part instanceof Part.Picture picture) {
        out.add(picture.figure().apply(language).toMarkup());
      } else if (part instanceof Part.Fields fields) {
        out.add(table(fields, language).toMarkup());
      } else if (part instanceof Part.Rows rows) {
        out.add(table(rows, language).toMarkup());
      }
    }
    return out;
  }

  private static Table table(Part.Fields fields, Language language) {
    Table table =
        new Table(
            fields.caption().in(language),
            FIELD.in(language),
            STATED.in(language),
            FROM.in(language));
    for (Part.Field field : fields.fields()) {
      String name = field.name().in(language);
      for (Statement statement : field.statements()) {
        table.markedRow(
            statement.isMissing() ? "missing" : "",
            name,
            statement.text().in(language),
            statement.source().inWords().in(language));
        name = "″";
      }
    }
    return table;
  }

  private static Table table(Part.Rows rows, Language language) {
    List<String> headings = new ArrayList<>(inAll(rows.headings(), language));
    headings.add(FROM.in(language));
    Table table = new Table(rows.caption().in(language), headings.toArray(String[]::new));
    for (Part.Rows.Row row : rows.rows()) {
      List<String> cells = new ArrayList<>(inAll(row.cells(), language));
      cells.add(row.source().inWords().in(language));
      table.markedRow(
          row.source() instanceof Source.Nowhere ? "missing" : "", cells.toArray(String[]::new));
    }
    return table;
  }

  private static List<String> inAll(List<Phrase> phrases, Language language) {
    return phrases.stream().map(phrase -> phrase.in(language)).toList();
  }

  /** The same fields and tables under {@value #SCHEMA}. */
  public byte[] toJson(Language language) {
    ObjectNode root = Json.object();
    root.put("schema", SCHEMA).put("report", kind.word());
    root.put("language", language.name().toLowerCase(Locale.ROOT));
    root.put("study", facts.study().id()).put("title", facts.study().title());
    root.put("plan", facts.findings().plan().digest().hex());
    root.put("issue", facts.verified().receipt().issue().hex());
    root.put("missing", missing());
    ArrayNode chapterNodes = root.putArray("chapters");
    for (Chapter chapter : chapters) {
      ObjectNode node = chapterNodes.addObject();
      node.put("id", chapter.id()).put("title", chapter.title().in(language));
      ArrayNode says = node.putArray("says");
      ArrayNode fields = node.putArray("fields");
      ArrayNode tables = node.putArray("tables");
      for (Part part : chapter.parts()) {
        if (part instanceof Part.Prose prose) {
          write(says.addObject(), prose.statement(), language);
        } else if (part instanceof Part.Fields group) {
          String caption = group.caption().in(language);
          group
              .fields()
              .forEach(field -> write(fields.addObject().put("group", caption), field, language));
        } else if (part instanceof Part.Rows rows) {
          write(tables.addObject(), rows, language);
        }
      }
    }
    return Json.write(root);
  }

  private static void write(ObjectNode node, Part.Field field, Language language) {
    node.put("field", field.key()).put("name", field.name().in(language));
    ArrayNode statements = node.putArray("statements");
    field.statements().forEach(each -> write(statements.addObject(), each, language));
  }

  private static void write(ObjectNode node, Statement statement, Language language) {
    if (!statement.isMissing()) {
      node.put("text", statement.text().in(language));
    }
    write(node, statement.source(), language);
  }

  private static void write(ObjectNode node, Part.Rows rows, Language language) {
    node.put("table", rows.key()).put("name", rows.caption().in(language));
    ArrayNode headings = node.putArray("headings");
    rows.headings().forEach(heading -> headings.add(plain(heading.in(language))));
    ArrayNode rowNodes = node.putArray("rows");
    for (Part.Rows.Row row : rows.rows()) {
      ObjectNode each = rowNodes.addObject();
      ArrayNode cells = each.putArray("cells");
      row.cells().forEach(cell -> cells.add(cell.in(language)));
      write(each, row.source(), language);
    }
  }

  /** Without the mark of a column of numbers. */
  private static String plain(String heading) {
    return heading.endsWith(">") ? heading.substring(0, heading.length() - 1) : heading;
  }

  private static void write(ObjectNode node, Source source, Language language) {
    if (source instanceof Source.Log log) {
      ArrayNode entries = node.putArray("entries");
      log.entries().forEach(entries::add);
      ArrayNode fields = node.putArray("fields");
      log.fields().forEach(fields::add);
    } else if (source instanceof Source.Declared declared) {
      node.putArray("declarations").add(declared.number());
      ArrayNode fields = node.putArray("fields");
      declared.fields().forEach(fields::add);
    } else if (source instanceof Source.Typed typed) {
      node.put("particulars", typed.path());
    } else if (source instanceof Source.Nowhere nowhere) {
      node.put("missing", true).put("remark", nowhere.wanted().in(language));
    } else {
      node.put("from", source instanceof Source.Proof ? "checkpoint" : "design");
    }
  }
}
