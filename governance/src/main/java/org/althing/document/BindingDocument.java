package org.althing.document;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.althing.cleaning.ColumnCleaner;
import org.althing.contract.Binding;
import org.althing.contract.BoundColumn;
import org.althing.contract.Contract;
import org.althing.contract.ContractColumn;
import org.althing.contract.SourceFormat;
import org.althing.encoding.Digest;
import org.althing.table.Domain;
import org.althing.table.Verdict;

/**
 * An organisation's binding: where each column of a contract is found in its files. A column that
 * is not mentioned has the contract's name and codes.
 */
public final class BindingDocument {
  /** How a binding names the character sets that files may be written in. */
  public static final List<String> CHARSETS = List.of("utf-8", "gb18030", "iso-8859-1");

  private static final double MOST = 1e9;
  private static final int MOST_POSITION = 100_000;

  private BindingDocument() {}

  /** Reads a binding and checks it against the contract it names. */
  public static Binding parse(String fileName, byte[] utf8, Contract contract)
      throws DocumentError {
    Mapping root = Document.parse(fileName, utf8);
    Document.kind(root, "binding");
    equal(root, "contract", contract.id());
    equal(root, "version", contract.version());
    root.optionalText("description");
    Optional<Mapping> file = root.optionalMapping("file");
    SourceFormat format = format(file);
    boolean comma = decimalComma(file);
    Optional<Mapping> given = root.optionalMapping("columns");
    List<BoundColumn> columns = new ArrayList<>();
    for (ContractColumn column : contract.columns()) {
      Optional<Mapping> bound =
          given.isPresent()
              ? given.get().optionalMapping(column.column().name())
              : Optional.empty();
      if (column.use() == ContractColumn.Use.NEVER) {
        refuseNever(given, bound, column);
        continue;
      }
      if (!format.header() && bound.isEmpty()) {
        throw given
            .orElse(root)
            .error(
                given.isPresent() ? column.column().name() : "columns",
                "files without a header do not name the column "
                    + DocumentError.quoted(column.column().name()),
                "give its position, or declare it absent");
      }
      BoundColumn read =
          bound.isPresent()
              ? column(bound.get(), column, contract, format)
              : BoundColumn.same(column.column().name());
      columns.add(read.written(read.dayFormat(), comma));
    }
    root.end();
    return new Binding(contract.id(), contract.version(), format, columns, Digest.of(utf8));
  }

  private static void refuseNever(
      Optional<Mapping> given, Optional<Mapping> bound, ContractColumn column)
      throws DocumentError {
    if (given.isPresent() && bound.isPresent()) {
      throw given
          .get()
          .error(column.column().name(), "the contract says it is never read", "remove it");
    }
  }

  private static void equal(Mapping root, String key, String expected) throws DocumentError {
    String got = root.text(key);
    if (!got.equals(expected)) {
      throw root.error(
          key,
          "the contract at hand has %s %s, this binding is for %s"
              .formatted(
                  key.equals("contract") ? "id" : key,
                  DocumentError.quoted(expected),
                  DocumentError.quoted(got)),
          "bind to the contract at hand, and check every column again");
    }
  }

  private static SourceFormat format(Optional<Mapping> file) throws DocumentError {
    if (file.isEmpty()) {
      return SourceFormat.COMMA_UTF8;
    }
    Mapping format = file.get();
    String charset = format.has("charset") ? format.choice("charset", CHARSETS) : "utf-8";
    char delimiter = ',';
    if (format.has("delimiter")) {
      String text = format.choice("delimiter", List.of(",", ";", "|", "tab"));
      delimiter = text.equals("tab") ? '\t' : text.charAt(0);
    }
    boolean quotes =
        !format.has("quote") || format.choice("quote", List.of("\"", "none")).equals("\"");
    boolean header = !format.has("header") || format.flag("header");
    return new SourceFormat(
        Charset.forName(charset),
        delimiter,
        quotes,
        header,
        fields(format, header),
        rejects(format, header));
  }

  private static OptionalInt fields(Mapping format, boolean header) throws DocumentError {
    if (!format.has("fields")) {
      return OptionalInt.empty();
    }
    if (header) {
      throw format.error("fields", "the header says how many fields a row has", "remove it");
    }
    return OptionalInt.of((int) format.whole("fields", 1, MOST_POSITION));
  }

  private static int rejects(Mapping format, boolean header) throws DocumentError {
    if (!format.has("rejects")) {
      return 0;
    }
    int rejects = (int) format.whole("rejects", 0, SourceFormat.MOST_REJECTS);
    if (rejects > 0 && !header && !format.has("fields")) {
      throw format.error(
          "rejects",
          "without a header nothing says how many fields a row has",
          "add fields: NUMBER, or remove it");
    }
    return rejects;
  }

  private static boolean decimalComma(Optional<Mapping> file) throws DocumentError {
    return file.isPresent()
        && file.get().has("decimal")
        && file.get().choice("decimal", List.of(".", ",")).equals(",");
  }

  private static BoundColumn column(
      Mapping bound, ContractColumn column, Contract contract, SourceFormat format)
      throws DocumentError {
    String name = column.column().name();
    List<String> missing =
        bound.has("missing")
            ? bound.textsOrNulls("missing").stream().filter(c -> !c.isBlank()).toList()
            : List.of();
    Map<String, String> codes = bound.has("codes") ? bound.textMap("codes") : Map.of();
    double factor = bound.optionalNumber("multiply", -MOST, MOST).orElse(1);
    double offset = bound.optionalNumber("add", -MOST, MOST).orElse(0);
    if (bound.has("constant")) {
      refuseAbsent("constant", bound, column, contract, false);
      return constant(bound, column);
    }
    if (bound.has("absent") && bound.flag("absent")) {
      refuseAbsent("absent", bound, column, contract, column.required());
      return new BoundColumn(name, Optional.empty(), List.of(), Map.of(), 1, 0);
    }
    checkCodes(bound, column, missing, codes);
    if (factor == 0) {
      throw bound.error("multiply", "times 0 loses every value", "give the factor");
    }
    if ((bound.has("multiply") || bound.has("add"))
        && !(column.column().domain() instanceof Domain.Numbers)) {
      throw bound.error(
          bound.has("multiply") ? "multiply" : "add", "only numbers have units", "remove it");
    }
    return new BoundColumn(
            name, Optional.of(from(bound, name, format)), missing, codes, factor, offset)
        .written(dayFormat(bound, column), false);
  }

  private static Optional<String> dayFormat(Mapping bound, ContractColumn column)
      throws DocumentError {
    if (!bound.has("format")) {
      return Optional.empty();
    }
    if (!(column.column().domain() instanceof Domain.Dates)) {
      throw bound.error("format", "only dates have a format", "remove it");
    }
    return Optional.of(bound.choice("format", Domain.Dates.FORMATS));
  }

  private static String from(Mapping bound, String name, SourceFormat format) throws DocumentError {
    if (format.header()) {
      if (bound.has("position")) {
        throw bound.error(
            "position", "the files have a header, which names their columns", "say from: NAME");
      }
      return bound.has("from") ? Names.id(bound, "from") : name;
    }
    if (bound.has("from")) {
      throw bound.error("from", "files without a header have no names", "say position: NUMBER");
    }
    return SourceFormat.nameOf(
        (int) bound.whole("position", 1, format.fields().orElse(MOST_POSITION)));
  }

  private static BoundColumn constant(Mapping bound, ContractColumn column) throws DocumentError {
    String value = bound.text("constant");
    BoundColumn constant = BoundColumn.constant(column.column().name(), value);
    if (new ColumnCleaner(column, constant).readField(value) != Verdict.OK) {
      throw bound.error(
          "constant",
          DocumentError.quoted(value) + " is no value of the column in the contract",
          "give one that the contract allows");
    }
    return constant;
  }

  private static void refuseAbsent(
      String key, Mapping bound, ContractColumn column, Contract contract, boolean required)
      throws DocumentError {
    boolean unitKey =
        contract.unit().keyColumn().filter(column.column().name()::equals).isPresent();
    if (required || unitKey) {
      throw bound.error(
          key,
          unitKey
              ? "the privacy unit's key is in the files, for each row its own"
              : "the contract requires this column",
          "name the column it comes from");
    }
    if (bound.keys().size() > 1) {
      throw bound.error(
          key, "a column that files do not have has no other settings", "remove them");
    }
  }

  private static void checkCodes(
      Mapping bound, ContractColumn column, List<String> missing, Map<String, String> codes)
      throws DocumentError {
    if (codes.isEmpty()) {
      return;
    }
    if (!(column.column().domain() instanceof Domain.Categories categories)) {
      throw bound.error("codes", "only columns with a list of values have codes", "remove it");
    }
    Mapping map = bound.mapping("codes");
    for (Map.Entry<String, String> code : codes.entrySet()) {
      map.choice(code.getKey(), categories.values());
      if (missing.contains(code.getKey())) {
        throw map.error(
            code.getKey(), "the same text is also a code for \"not known\"", "keep one");
      }
    }
  }
}
