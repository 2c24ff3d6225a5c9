package org.althing.simulation.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.althing.sheet.TextTable;
import org.althing.simulation.bench.Row.Aim;

/** The rows for people and for programs. */
final class BenchTable {
  private BenchTable() {}

  static String text(List<Row> rows) {
    TextTable table = new TextTable("", List.of(1, 4, 5));
    table.row("", "figure", "", "baseline", "", "ratio", "aim", "met");
    String section = "";
    for (Row row : rows) {
      if (!row.section().equals(section)) {
        section = row.section();
        table.row("").row(section.toUpperCase(Locale.ROOT));
      }
      table.row(
          row.name(),
          number(row.figure()),
          row.unit(),
          row.baseline().map(Row.Baseline::name).orElse(""),
          row.baseline().map(b -> number(b.figure())).orElse(""),
          row.ratio().map(BenchTable::number).orElse(""),
          row.aim().map(aim -> aim(aim, row.unit())).orElse(""),
          row.met().map(met -> met ? "yes" : "NO").orElse(""));
    }
    return table.toString();
  }

  private static String aim(Aim aim, String unit) {
    return "at most "
        + (aim.of() == Aim.Of.RATIO ? number(aim.most()) + "x" : number(aim.most()) + " " + unit);
  }

  /** Three digits, which is what repeated runs agree on at best. */
  private static String number(double value) {
    int whole = value < 1 ? 0 : (int) Math.floor(Math.log10(value)) + 1;
    return String.format(Locale.ROOT, "%." + Math.max(0, 3 - Math.max(1, whole)) + "f", value);
  }

  static String json(List<Row> rows, boolean quick) {
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    whole.put("java", Runtime.version().toString());
    whole.put("processors", Runtime.getRuntime().availableProcessors());
    whole.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    whole.put("quick", quick);
    ArrayNode list = whole.putArray("rows");
    for (Row row : rows) {
      ObjectNode each = list.addObject();
      each.put("section", row.section()).put("name", row.name());
      each.put("figure", row.figure()).put("unit", row.unit());
      row.baseline()
          .ifPresent(b -> each.put("baseline", b.name()).put("baselineFigure", b.figure()));
      row.ratio().ifPresent(ratio -> each.put("ratio", ratio));
      row.aim()
          .ifPresent(
              aim ->
                  each.put("aimOf", aim.of().name().toLowerCase(Locale.ROOT))
                      .put("aimAtMost", aim.most()));
      row.met().ifPresent(met -> each.put("met", met));
    }
    return whole.toPrettyString() + "\n";
  }
}
