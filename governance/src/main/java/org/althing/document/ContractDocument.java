package org.althing.document;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.althing.contract.Contract;
import org.althing.contract.ContractColumn;
import org.althing.contract.PrivacyUnit;
import org.althing.contract.QualityRule;
import org.althing.encoding.Digest;
import org.althing.table.Schema;

/**
 * A data contract in the strict profile of the Open Data Contract Standard 3.1.0 that this platform
 * runs completely. Whatever the standard allows but we do not check is an error, never a silent
 * gap.
 */
public final class ContractDocument {
  private static final List<String> STATUSES =
      List.of("proposed", "draft", "active", "deprecated", "retired");
  private static final Map<String, String> NOT_RUN =
      Map.of(
          "servers", "where the data lies is each organisation's own matter; see its binding",
          "roles", "access is decided by each organisation's policy",
          "price", "prices are not handled",
          "slaDefaultElement", "each service level names its own element");
  private static final String REFERENCE_DAY = "althing.reference-day";
  private static final String UNIT = "althing.unit-of-privacy";

  private ContractDocument() {}

  public static Contract parse(String fileName, byte[] utf8) throws DocumentError {
    Mapping root = Document.parse(fileName, utf8);
    if (!root.has("kind") && root.has("althing")) {
      throw root.problem(
          Problem.WRONG_KIND,
          "althing",
          "expected a data contract, which opens with apiVersion and kind: DataContract",
          "give the contract file here");
    }
    root.choice("kind", List.of("DataContract"));
    root.choice("apiVersion", List.of("v3.1.0"));
    root.choice("status", STATUSES);
    refuse(root, NOT_RUN);
    StandardForm.ofContract(root);
    Optional<LocalDate> referenceDay = referenceDay(root);
    String id = Names.id(root, "id");
    String version = Names.id(root, "version");
    String name = root.optionalText("name").orElse(id);
    List<Mapping> objects = root.mappings("schema");
    if (objects.size() != 1) {
      throw root.cannotRun(
          "schema", "expected one table, got " + objects.size(), "write one contract per table");
    }
    Contract contract =
        table(
            objects.get(0),
            new Heading(id, version, name, referenceDay, Digest.of(utf8)),
            root.optionalMappings("slaProperties"));
    root.end();
    return contract;
  }

  private record Heading(
      String id, String version, String name, Optional<LocalDate> referenceDay, Digest digest) {}

  /** The day from which ages are counted. */
  private static Optional<LocalDate> referenceDay(Mapping root) throws DocumentError {
    Optional<Mapping> day = new CustomProperties(root, List.of(REFERENCE_DAY)).entry(REFERENCE_DAY);
    return day.isPresent() ? Optional.of(DateReader.day(day.get(), "value")) : Optional.empty();
  }

  /** Refuses what the standard knows and we do not run. */
  static void refuse(Mapping mapping, Map<String, String> notRun) throws DocumentError {
    for (String key : mapping.keys()) {
      String why = notRun.get(key);
      if (why != null) {
        throw mapping.cannotRun(key, why, "remove it from this contract");
      }
    }
  }

  private static Contract table(Mapping table, Heading heading, List<Mapping> serviceLevels)
      throws DocumentError {
    refuse(table, Map.of("relationships", "links between tables are not checked"));
    String tableName = Names.id(table, "name");
    table.choice("logicalType", List.of("object"));
    StandardForm.ofTable(table);
    Optional<Mapping> unitEntry = new CustomProperties(table, List.of(UNIT)).entry(UNIT);
    if (unitEntry.isEmpty()) {
      throw table.error(
          "customProperties",
          "no privacy unit is declared",
          "add {property: " + UNIT + ", value: {name: patient, key: COLUMN, rows: 1}}");
    }
    PrivacyUnit unit = unit(unitEntry.get());
    List<ContractColumn> columns = new ArrayList<>();
    List<QualityRule> rulesOfColumns = new ArrayList<>();
    List<Mapping> properties = table.mappings("properties");
    if (properties.isEmpty() || properties.size() > Schema.MOST_COLUMNS) {
      throw table.error("properties", "a table has 1 to " + Schema.MOST_COLUMNS + " columns");
    }
    for (Mapping property : properties) {
      ColumnReader reader = new ColumnReader(property, unit, heading.referenceDay());
      ContractColumn column = reader.read();
      if (columns.stream().anyMatch(c -> c.column().name().equals(column.column().name()))) {
        throw property.error("name", "a column of this name was already declared", "rename one");
      }
      columns.add(column);
      rulesOfColumns.addAll(reader.rules());
    }
    List<QualityRule> rules = new ArrayList<>();
    for (Mapping rule : table.optionalMappings("quality")) {
      rules.add(RuleReader.ofTable(rule, tableName, columns));
    }
    rules.addAll(rulesOfColumns);
    for (Mapping level : serviceLevels) {
      rules.add(DateReader.latency(level, tableName, columns, heading.referenceDay()));
    }
    checkWhole(table, unitEntry.get(), unit, columns, rules);
    return new Contract(
        heading.id(),
        heading.version(),
        heading.name(),
        tableName,
        columns,
        unit,
        rules,
        heading.digest());
  }

  private static void checkWhole(
      Mapping table,
      Mapping unitEntry,
      PrivacyUnit unit,
      List<ContractColumn> columns,
      List<QualityRule> rules)
      throws DocumentError {
    Optional<String> key = unit.keyColumn();
    if (key.isPresent() && columns.stream().noneMatch(c -> c.column().name().equals(key.get()))) {
      throw unitEntry
          .mapping("value")
          .error("key", "no column has this name", "declare it under properties");
    }
    if (columns.stream().noneMatch(c -> c.use() == ContractColumn.Use.FEDERATED)) {
      throw table.error("properties", "no column may leave as a sum, so there is nothing to do");
    }
    if (rules.stream().map(QualityRule::id).distinct().count() != rules.size()) {
      throw table.error("quality", "two rules have the same id", "give every rule its own id");
    }
  }

  private static PrivacyUnit unit(Mapping entry) throws DocumentError {
    Mapping value = entry.mapping("value");
    String name = value.text("name");
    Optional<String> key = value.optionalText("key");
    int rows = value.has("rows") ? (int) value.whole("rows", 1, 1000) : 1;
    if (key.isEmpty() && rows != 1) {
      throw value.error(
          "rows",
          "without a key every row is a unit of its own, so rows must be 1",
          "name the key column");
    }
    return new PrivacyUnit(name, key, rows);
  }
}
