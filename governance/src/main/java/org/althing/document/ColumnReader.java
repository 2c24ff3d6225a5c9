package org.althing.document;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.althing.cleaning.WordSplitter;
import org.althing.contract.ContractColumn;
import org.althing.contract.ContractColumn.Use;
import org.althing.contract.PrivacyUnit;
import org.althing.contract.QualityRule;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.Language;
import org.althing.table.TextPattern;

/** One entry of an ODCS {@code properties} list: a column with its domain and rules. */
final class ColumnReader {
  private static final String USE = "althing.use";
  private static final String BINS = "althing.bins";
  private static final String CATEGORIES = "althing.categories";
  private static final String MISSING = "althing.missing";
  private static final String TEXT = "althing.text";
  private static final String MEASURE = "althing.unit";
  private static final Map<String, Use> USES =
      Map.of("federated", Use.FEDERATED, "local", Use.LOCAL, "never", Use.NEVER);
  private static final double MOST = 1e15;
  private static final Map<String, String> NOT_RUN = notRun();

  private final Mapping property;
  private final PrivacyUnit unit;
  private final Optional<LocalDate> referenceDay;
  private final CustomProperties custom;
  private final List<QualityRule> rules = new ArrayList<>();
  private List<String> validValues = List.of();
  private List<String> missingValues = List.of();

  /** One or none. */
  private List<TextPattern> patterns = List.of();

  ColumnReader(Mapping property, PrivacyUnit unit, Optional<LocalDate> referenceDay)
      throws DocumentError {
    this.referenceDay = referenceDay;
    this.property = property;
    this.unit = unit;
    ContractDocument.refuse(property, NOT_RUN);
    this.custom =
        new CustomProperties(property, List.of(USE, BINS, CATEGORIES, MISSING, MEASURE, TEXT));
  }

  private static Map<String, String> notRun() {
    Map<String, String> reasons = new HashMap<>();
    reasons.put("unique", "uniqueness is not checked");
    reasons.put("primaryKey", "uniqueness is not checked; the privacy unit names the key");
    reasons.put("primaryKeyPosition", "uniqueness is not checked");
    reasons.put("partitioned", "partitions are not handled");
    reasons.put("partitionKeyPosition", "partitions are not handled");
    reasons.put("relationships", "links between tables are not checked");
    for (String key : List.of("transformLogic", "transformDescription", "transformSourceObjects")) {
      reasons.put(key, "translation is each organisation's binding");
    }
    reasons.put("properties", "nested columns are not read");
    reasons.put("items", "nested columns are not read");
    return reasons;
  }

  ContractColumn read() throws DocumentError {
    String name = Names.id(property, "name");
    StandardForm.ofColumn(property);
    boolean required = property.has("required") && property.flag("required");
    String description = property.optionalText("description").orElse("");
    List<Mapping> rulesGiven = property.optionalMappings("quality");
    readLibraryRules(rulesGiven, name);
    Use use = use(name);
    if (use != Use.FEDERATED && !rulesGiven.isEmpty()) {
      throw property.cannotRun(
          "quality",
          "a rule is judged by sums over all organisations, and this column never enters one",
          "remove the rules, or let the column leave as a sum");
    }
    Domain domain = domain(use);
    Optional<Mapping> measure = custom.entry(MEASURE);
    ContractColumn column =
        new ContractColumn(
            new Column(name, domain),
            description,
            required,
            use,
            missingCodes(domain),
            measure.isPresent() ? Optional.of(measure.get().text("value")) : Optional.empty());
    for (Mapping rule : rulesGiven) {
      if (!RuleReader.isLibrary(rule)) {
        rules.add(RuleReader.ofColumn(rule, column, referenceDay));
      }
    }
    return column;
  }

  /** The rules under this column, after {@link #read}. */
  List<QualityRule> rules() {
    return rules;
  }

  /** Before the others, since they may declare the column's values. */
  private void readLibraryRules(List<Mapping> given, String column) throws DocumentError {
    for (Mapping rule : given) {
      if (!RuleReader.isLibrary(rule)) {
        continue;
      }
      rules.add(RuleReader.ofColumn(rule, column));
      Optional<Mapping> arguments = rule.optionalMapping("arguments");
      if (arguments.isPresent()) {
        readArguments(arguments.get(), rule.text("metric"));
      }
    }
  }

  private void readArguments(Mapping arguments, String metric) throws DocumentError {
    ContractDocument.refuse(arguments, Map.of("properties", "not checked"));
    if (metric.equals("invalidValues")) {
      if (arguments.has("validValues") || !arguments.has("pattern")) {
        validValues = once(arguments, "validValues", validValues, arguments.texts("validValues"));
      }
      if (arguments.has("pattern")) {
        patterns = once(arguments, "pattern", patterns, List.of(pattern(arguments)));
      }
    }
    if (metric.equals("missingValues")) {
      missingValues =
          once(arguments, "missingValues", missingValues, arguments.textsOrNulls("missingValues"));
    }
  }

  private static TextPattern pattern(Mapping owner) throws DocumentError {
    String source = owner.string("pattern");
    try {
      return TextPattern.of(source);
    } catch (IllegalArgumentException e) {
      throw owner.cannotRun(
          "pattern", String.valueOf(e.getMessage()), "write it in the subset that contracts have");
    }
  }

  private static <T> List<T> once(Mapping owner, String key, List<T> before, List<T> now)
      throws DocumentError {
    if (!before.isEmpty() && !before.equals(now)) {
      throw owner.error(key, "another rule of this column says otherwise", "make them agree");
    }
    return now;
  }

  private Use use(String name) throws DocumentError {
    boolean key = unit.keyColumn().filter(name::equals).isPresent();
    Optional<Mapping> declared = custom.entry(USE);
    if (declared.isEmpty()) {
      return key ? Use.LOCAL : Use.FEDERATED;
    }
    String text = declared.get().choice("value", List.of("federated", "local", "never"));
    Use use = USES.getOrDefault(text, Use.NEVER);
    if (key && use != Use.LOCAL) {
      throw declared
          .get()
          .error("value", "the privacy unit's key is read by the node alone", "say local");
    }
    return use;
  }

  private Domain domain(Use use) throws DocumentError {
    String type = property.text("logicalType");
    if (!List.of("string", "integer", "number", "date").contains(type)) {
      throw property.cannotRun(
          "logicalType",
          "expected string | integer | number | date, got " + DocumentError.quoted(type),
          "declare one of these, or leave the column out");
    }
    Optional<Mapping> options = property.optionalMapping("logicalTypeOptions");
    Optional<Mapping> text = custom.entry(TEXT);
    if (text.isPresent()) {
      return words(text.get(), type);
    }
    List<String> categories = categories();
    if (!patterns.isEmpty() && (!type.equals("string") || !categories.isEmpty())) {
      throw property.cannotRun(
          "quality", "a pattern is for strings that have no list of values", "keep one of the two");
    }
    if (!categories.isEmpty()) {
      if (options.isPresent() || custom.entry(BINS).isPresent()) {
        throw property.error(
            "logicalType",
            "a column has a list of values, or a range and bins, not both",
            "keep one");
      }
      return categories(categories, type);
    }
    if (!type.equals("string") && options.isPresent()) {
      return type.equals("date")
          ? DateReader.dates(options.get(), custom.entry(BINS))
          : numbers(options.get(), type.equals("integer"));
    }
    if (type.equals("string") && (options.isPresent() || !patterns.isEmpty())) {
      return formed(options, use);
    }
    if (use == Use.FEDERATED) {
      throw property.error(
          "logicalType",
          type.equals("string")
              ? "a federated text column needs a closed list of values or a form"
              : "a federated column of numbers or dates needs a range",
          type.equals("string")
              ? "add invalidValues with validValues, or althing.categories, or althing.text, or logicalTypeOptions with a pattern or lengths, or say althing.use: local"
              : "add logicalTypeOptions with minimum and maximum, or say althing.use: local");
    }
    if (options.isPresent() || custom.entry(BINS).isPresent()) {
      throw property.cannotRun("logicalType", "a text column has no range or bins", "remove them");
    }
    return new Domain.Text();
  }

  /** Texts whose length and pattern are checked, and of which nothing else is kept. */
  private Domain formed(Optional<Mapping> given, Use use) throws DocumentError {
    if (use != Use.FEDERATED || custom.entry(BINS).isPresent()) {
      throw property.cannotRun(
          given.isPresent() ? "logicalTypeOptions" : "quality",
          use == Use.FEDERATED
              ? "texts of a form are not cut into bins"
              : "a form is judged in sums, and this column never enters one",
          "remove it, or let the column leave as a sum");
    }
    int least = 0;
    int most = Domain.Formed.MOST_LENGTH;
    if (given.isPresent()) {
      Mapping options = given.get();
      ContractDocument.refuse(
          options, Map.of("format", "formats of strings are not checked; a pattern is"));
      least = options.has("minLength") ? (int) options.whole("minLength", 0, most) : least;
      most = options.has("maxLength") ? (int) options.whole("maxLength", 1, most) : most;
      if (options.has("pattern")) {
        patterns = once(options, "pattern", patterns, List.of(pattern(options)));
      }
      if (least > most) {
        throw options.error("minLength", "it is above maxLength", "correct one of them");
      }
    }
    return new Domain.Formed(least, most, patterns.stream().findFirst());
  }

  /** A free text that a model may count the words of. */
  private Domain words(Mapping entry, String type) throws DocumentError {
    if (!type.equals("string")
        || property.has("logicalTypeOptions")
        || !validValues.isEmpty()
        || custom.entry(CATEGORIES).isPresent()
        || custom.entry(BINS).isPresent()) {
      throw entry.error(
          "value",
          "a free text is a string without a list of values, a range or bins",
          "keep one of the two");
    }
    Mapping text = entry.mapping("value");
    String code = text.choice("language", Language.codes());
    List<String> vocabulary = text.optionalTexts("vocabulary");
    List<Integer> documents = new ArrayList<>();
    if (text.has("documents")) {
      for (double n : text.numbers("documents", 1, Domain.Words.DOCUMENTS)) {
        if (n != Math.rint(n)) {
          throw text.error(
              "documents",
              "expected whole numbers, got " + Domain.Numbers.plain(n),
              "say of how many of %d texts each word is in".formatted(Domain.Words.DOCUMENTS));
        }
        documents.add((int) n);
      }
    }
    text.end();
    Domain.Words words =
        Checked.of(
            text,
            "vocabulary",
            () -> new Domain.Words(Language.of(code).orElseThrow(), vocabulary, documents));
    List<String> unreachable = new WordSplitter(words).unreachable();
    if (!unreachable.isEmpty()) {
      throw text.error(
          "vocabulary",
          "no text has the word " + DocumentError.quoted(unreachable.get(0)),
          "write words as texts are read: lower case, one word each; in Chinese one or two characters");
    }
    return words;
  }

  private List<String> categories() throws DocumentError {
    Optional<Mapping> declared = custom.entry(CATEGORIES);
    if (declared.isEmpty()) {
      return validValues;
    }
    if (!validValues.isEmpty()) {
      throw declared
          .get()
          .error("value", "validValues already lists the categories", "keep one of the two");
    }
    return declared.get().texts("value");
  }

  private Domain categories(List<String> values, String type) throws DocumentError {
    if (type.equals("number") || type.equals("date")) {
      throw property.error(
          "logicalType", "a list of values is of type string or integer", "declare one of these");
    }
    if (type.equals("integer") && !values.stream().allMatch(v -> v.matches("-?(0|[1-9]\\d*)"))) {
      throw property.error(
          "logicalType", "a value in the list is no whole number", "declare string");
    }
    try {
      return new Domain.Categories(values);
    } catch (IllegalArgumentException e) {
      throw property.error("logicalType", String.valueOf(e.getMessage()));
    }
  }

  private Domain numbers(Mapping options, boolean whole) throws DocumentError {
    for (String key : options.keys()) {
      if (!List.of("minimum", "maximum").contains(key)
          && List.of("exclusiveMinimum", "exclusiveMaximum", "multipleOf", "format")
              .contains(key)) {
        throw options.cannotRun(key, "only minimum and maximum are checked", "remove it");
      }
    }
    double minimum = options.number("minimum", -MOST, MOST);
    double maximum = options.number("maximum", -MOST, MOST);
    Optional<Mapping> bins = custom.entry(BINS);
    List<Double> edges = bins.isPresent() ? bins.get().numbers("value", -MOST, MOST) : List.of();
    try {
      return new Domain.Numbers(minimum, maximum, whole, edges);
    } catch (IllegalArgumentException e) {
      throw (bins.isPresent() ? bins.get() : options)
          .error(bins.isPresent() ? "value" : "minimum", String.valueOf(e.getMessage()));
    }
  }

  private List<String> missingCodes(Domain domain) throws DocumentError {
    Optional<Mapping> declared = custom.entry(MISSING);
    List<String> codes = missingValues;
    if (declared.isPresent()) {
      if (!missingValues.isEmpty()) {
        throw declared
            .get()
            .error("value", "missingValues already lists the codes", "keep one of the two");
      }
      codes = declared.get().textsOrNulls("value");
    }
    // The empty text is always missing; as a code it adds nothing.
    List<String> texts = codes.stream().filter(c -> !c.isBlank()).distinct().toList();
    if (domain instanceof Domain.Categories categories
        && texts.stream().anyMatch(c -> categories.cellOf(c) >= 0)) {
      throw property.error(
          "name", "a code for \"not known\" is also one of the values", "keep it in one list");
    }
    return texts;
  }
}
