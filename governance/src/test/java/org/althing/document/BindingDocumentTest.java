package org.althing.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.Charset;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.althing.contract.Binding;
import org.althing.contract.BoundColumn;
import org.althing.contract.Contract;
import org.althing.contract.SourceFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BindingDocumentTest {
  private static final String BINDING =
      """
      althing: binding/v1
      contract: heart
      version: 1.0.0
      file: {charset: gb18030, delimiter: ";", header: true}
      columns:
        patient_id: {from: pid, missing: ["-"]}
        sex: {from: geschlecht, codes: {m: male, w: female, 1: male, 2: female}}
        chol: {from: chol_mmol, multiply: 38.67, missing: [0]}
        age: {absent: true}
      """;

  @Test
  void readsNamesCodesAndUnits() throws DocumentError {
    Binding binding =
        BindingDocument.parse("b.yaml", BINDING.getBytes(UTF_8), ContractDocumentTest.heart());
    assertThat(binding.localNames()).containsExactly("pid", "geschlecht", "chol_mmol", "disease");
    assertThat(binding.format().charset()).isEqualTo(Charset.forName("GB18030"));
    assertThat(binding.format().delimiter()).isEqualTo(';');
    assertThat(binding.columns().get(2).codes())
        .isEqualTo(Map.of("m", "male", "w", "female", "1", "male", "2", "female"));
    assertThat(binding.columns().get(3).factor()).isEqualTo(38.67);
    assertThat(binding.columns().get(1).localName()).isEmpty();
  }

  @Test
  void readsWhatIsTheSameOfEveryRecordHere() throws DocumentError {
    String text = BINDING.replace("age: {absent: true}", "disease: {constant: \"1\"}");
    Binding binding =
        BindingDocument.parse("b.yaml", text.getBytes(UTF_8), ContractDocumentTest.heart());
    assertThat(binding.localNames()).containsExactly("pid", "age", "geschlecht", "chol_mmol");
    assertThat(binding.columns().get(4)).isEqualTo(BoundColumn.constant("disease", "1"));
  }

  /** Whatever the organisation's own files write: it was held to the contract as it stands. */
  @Test
  void aConstantIsWrittenAsTheContractWritesIt() throws DocumentError {
    String text =
        BINDING
            .replace("header: true", "header: true, decimal: \",\"")
            .replace("{from: chol_mmol, multiply: 38.67, missing: [0]}", "{constant: \"210.5\"}");
    Binding binding =
        BindingDocument.parse("b.yaml", text.getBytes(UTF_8), ContractDocumentTest.heart());
    assertThat(binding.columns())
        .contains(BoundColumn.constant("chol", "210.5"))
        .filteredOn(column -> column.column().equals("disease"))
        .allMatch(BoundColumn::decimalComma);
  }

  @Test
  void readsHowNumbersAndDaysAreWritten() throws DocumentError {
    Contract visits = ContractDocument.parse("visits.yaml", DateReaderTest.VISITS.getBytes(UTF_8));
    String text =
        """
        althing: binding/v1
        contract: visits
        version: 1.0.0
        file: {delimiter: ";", decimal: ","}
        columns:
          seen_on: {from: Datum, format: M/d/yyyy}
        """;
    Binding binding = BindingDocument.parse("b.yaml", text.getBytes(UTF_8), visits);
    assertThat(binding.columns()).allMatch(BoundColumn::decimalComma);
    assertThat(binding.columns().get(0).dayFormat()).contains("M/d/yyyy");
    assertThat(binding.columns().get(1).dayFormat()).isEmpty();
  }

  @Test
  void readsPositionsOfFilesWithoutAHeader() throws DocumentError {
    String text =
        """
        althing: binding/v1
        contract: heart
        version: 1.0.0
        file: {delimiter: tab, quote: none, header: false}
        columns:
          patient_id: {position: 1}
          age: {position: 12}
          sex: {position: 2, codes: {m: male}}
          chol: {absent: true}
          disease: {position: 2}
        """;
    Binding binding =
        BindingDocument.parse("b.yaml", text.getBytes(UTF_8), ContractDocumentTest.heart());
    assertThat(binding.localNames()).containsExactly("#1", "#12", "#2");
    assertThat(binding.format()).isEqualTo(new SourceFormat(UTF_8, '\t', false, false));
    assertThat(refusal(text.replace("position: 12", "position: 0")))
        .startsWith("ALT-DOC-014 out of range");
    assertThat(refusal(text.replace("  age: {position: 12}\n", "")))
        .contains("files without a header do not name the column \"age\" → give its position");
    assertThat(refusal(text.substring(0, text.indexOf("columns:"))))
        .contains("files without a header do not name the column \"patient_id\"");
  }

  @Test
  void readsHowManyRowsMayBeSetAside() throws DocumentError {
    String text = BINDING.replace("header: true", "header: true, rejects: 10");
    assertThat(
            BindingDocument.parse("b.yaml", text.getBytes(UTF_8), ContractDocumentTest.heart())
                .format()
                .rejects())
        .isEqualTo(10);
    assertThat(refusal(text.replace("rejects: 10", "rejects: 1001")))
        .startsWith("ALT-DOC-014 out of range")
        .contains("from 0 to 1000");
    assertThat(refusal(text.replace("rejects: 10", "fields: 5")))
        .contains("the header says how many fields a row has");
    String bare =
        """
        althing: binding/v1
        contract: heart
        version: 1.0.0
        file: {header: false, fields: 5, rejects: 1}
        columns:
          patient_id: {position: 1}
          age: {position: 5}
          sex: {position: 2}
          chol: {absent: true}
          disease: {position: 2}
        """;
    assertThat(
            BindingDocument.parse("b.yaml", bare.getBytes(UTF_8), ContractDocumentTest.heart())
                .format()
                .fields())
        .hasValue(5);
    assertThat(refusal(bare.replace("position: 5", "position: 6")))
        .startsWith("ALT-DOC-014 out of range");
    assertThat(refusal(bare.replace(" fields: 5,", "")))
        .contains("without a header nothing says how many fields a row has");
  }

  private static String refusal(String text) {
    DocumentError error =
        catchThrowableOfType(
            DocumentError.class,
            () ->
                BindingDocument.parse(
                    "b.yaml", text.getBytes(UTF_8), ContractDocumentTest.heart()));
    return String.valueOf(error.getMessage());
  }

  static Stream<Arguments> spoiled() {
    return Stream.of(
        Arguments.of(
            "contract: heart",
            "contract: hearts",
            "ALT-DOC-017 not acceptable  b.yaml:2:11  contract: the contract at hand has id \"heart\", this binding is for \"hearts\""),
        Arguments.of("version: 1.0.0", "version: 1.1.0", "ALT-DOC-017 not acceptable  b.yaml:3:10"),
        Arguments.of(
            "  chol:",
            "  cholesterol:",
            "ALT-DOC-012 unknown key  b.yaml:8:3  columns.cholesterol → "),
        Arguments.of(
            "multiply: 38.67",
            "multipy: 38.67",
            "ALT-DOC-012 unknown key  b.yaml:8:27  columns.chol.multipy → did you mean \"multiply\"?"),
        Arguments.of("multiply: 38.67", "multiply: 0", "ALT-DOC-017 not acceptable"),
        Arguments.of("multiply: 38.67", "multiply: 1e308", "ALT-DOC-014 out of range"),
        Arguments.of(
            "m: male",
            "m: mael",
            "ALT-DOC-015 not one of the choices  b.yaml:7:38  columns.sex.codes.m: expected female | male, got \"mael\" → did you mean \"male\"?"),
        Arguments.of("m: male", "m: male, m: female", "ALT-DOC-009 duplicate key"),
        Arguments.of(
            "age: {absent: true}", "age: {absent: true, from: x}", "ALT-DOC-017 not acceptable"),
        Arguments.of(
            "age: {absent: true}", "disease: {absent: true}", "ALT-DOC-017 not acceptable"),
        Arguments.of(
            "patient_id: {from: pid, missing: [\"-\"]}",
            "patient_id: {absent: true}",
            "ALT-DOC-017 not acceptable"),
        Arguments.of("age: {absent: true}", "age: {codes: {1: 2}}", "ALT-DOC-017 not acceptable"),
        Arguments.of("age: {absent: true}", "age: {constant: old}", "ALT-DOC-017 not acceptable"),
        Arguments.of("age: {absent: true}", "age: {constant: 7, from: x}", "ALT-DOC-017"),
        Arguments.of(
            "patient_id: {from: pid, missing: [\"-\"]}",
            "patient_id: {constant: 7}",
            "ALT-DOC-017"),
        Arguments.of("age: {absent: true}", "note: {from: n}", "ALT-DOC-017 not acceptable"),
        Arguments.of(
            "from: geschlecht, ", "from: geschlecht, add: 1, ", "ALT-DOC-017 not acceptable"),
        Arguments.of("gb18030", "utf-16", "ALT-DOC-015 not one of the choices"),
        Arguments.of("\";\"", "\"ab\"", "ALT-DOC-015 not one of the choices"),
        Arguments.of(
            "header: true",
            "header: false",
            "ALT-DOC-017 not acceptable  b.yaml:6:22  columns.patient_id.from: files without a header have no names → say position: NUMBER"),
        Arguments.of("header: true", "quote: single", "ALT-DOC-015 not one of the choices"),
        Arguments.of("header: true", "decimal: comma", "ALT-DOC-015 not one of the choices"),
        Arguments.of("multiply: 38.67", "format: d.M.yyyy", "ALT-DOC-017 not acceptable"),
        Arguments.of("from: chol_mmol", "position: 3", "ALT-DOC-017 not acceptable"),
        Arguments.of("binding/v1", "binding/v2", "ALT-DOC-016 wrong kind of document"));
  }

  @ParameterizedTest
  @MethodSource("spoiled")
  void refusesWhatDoesNotFitTheContract(String good, String bad, String message) {
    assertThat(BINDING).contains(good);
    String text = BINDING.replaceFirst(Pattern.quote(good), bad);
    assertThat(refusal(text)).startsWith(message);
  }
}
