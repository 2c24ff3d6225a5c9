package org.althing.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentTest {
  private static final String STUDY =
      """
      althing: study/v1
      name: readmission
      analysis:
        logistic:
          label: "no"
          features: [age, no, 1, 0x10, "?"]
          rounds: 6
          ridge: 1e-6
          tune: false
      codes: {1: male, 2: female, no: none}
      """;

  private static Mapping parse(String text) throws DocumentError {
    return Document.parse("s.yaml", text.getBytes(UTF_8));
  }

  private static DocumentError refusal(String text) {
    return catchThrowableOfType(DocumentError.class, () -> parse(text));
  }

  private static DocumentError refusal(Reading reading, String text) {
    return catchThrowableOfType(DocumentError.class, () -> reading.read(parse(text)));
  }

  private interface Reading {
    void read(Mapping root) throws DocumentError;
  }

  /** A key has up to 1024 characters, a path twenty keys: an error shows its end. */
  @Test
  void anErrorAboutALongKeyIsShort() {
    DocumentError error = refusal("k".repeat(1000) + ": !tag x\n");
    assertThat(error.getMessage())
        .hasSizeLessThan(700)
        .contains("ALT-DOC-006", "s.yaml:1:", "…kkk");
    assertThat(error.path()).hasSize(1000);
  }

  @Test
  void keepsTextAsTextAndReadsNumbersOnlyWhenAsked() throws DocumentError {
    Mapping root = parse(STUDY);
    Document.kind(root, "study");
    assertThat(root.text("name")).isEqualTo("readmission");
    Mapping logistic = root.mapping("analysis").mapping("logistic");
    assertThat(logistic.text("label")).isEqualTo("no");
    assertThat(logistic.texts("features")).containsExactly("age", "no", "1", "0x10", "?");
    assertThat(logistic.whole("rounds", 1, 50)).isEqualTo(6);
    assertThat(logistic.number("ridge", 0, 1)).isEqualTo(1e-6);
    assertThat(logistic.flag("tune")).isFalse();
    assertThat(root.textMap("codes"))
        .containsExactly(
            java.util.Map.entry("1", "male"),
            java.util.Map.entry("2", "female"),
            java.util.Map.entry("no", "none"));
    root.end();
  }

  @Test
  void namesLineColumnPathAndTheKeyThatWasMeant() {
    DocumentError error =
        refusal(
            root -> {
              Mapping logistic = root.mapping("analysis").mapping("logistic");
              logistic.allow("features", "rounds");
              root.allow("althing");
              root.end();
            },
            "althing: study/v1\nanalysis:\n  logistic:\n    rounds: 6\n    feature: [age]\n");
    assertThat(error)
        .hasMessage(
            "ALT-DOC-012 unknown key  s.yaml:5:5  analysis.logistic.feature → did you mean \"features\"?");
    assertThat(error.code()).isEqualTo("ALT-DOC-012");
    assertThat(error.line()).isEqualTo(5);
    assertThat(error.column()).isEqualTo(5);
    assertThat(error.path()).isEqualTo("analysis.logistic.feature");
  }

  @Test
  void tellsAMisspeltKeyInsteadOfAMissingOne() {
    assertThat(refusal(root -> root.texts("features"), "name: x\nfeatrues: [a]\n"))
        .hasMessage("ALT-DOC-012 unknown key  s.yaml:2:1  featrues → did you mean \"features\"?");
    assertThat(refusal(root -> root.texts("features"), "name: x\n"))
        .hasMessage("ALT-DOC-011 missing key  s.yaml:1:1  features → add \"features:\" here");
  }

  @Test
  void listsWhatIsAllowedWhereNothingIsNear() {
    assertThat(
            refusal(
                root -> {
                  root.allow("name", "rounds");
                  root.end();
                },
                "zebra: 1\n"))
        .hasMessage("ALT-DOC-012 unknown key  s.yaml:1:1  zebra → allowed here: name, rounds");
  }

  @Test
  void refusesWhatYamlMakesSurprising() {
    assertThat(refusal("a: 1\nb: 2\na: 3\n"))
        .hasMessage("ALT-DOC-009 duplicate key  s.yaml:3:1  a: already given in line 1 → keep one");
    assertThat(refusal("a: &x 1\n"))
        .hasMessageStartingWith("ALT-DOC-005 anchor or alias  s.yaml:1:4");
    assertThat(refusal("a: *x\n"))
        .hasMessageStartingWith("ALT-DOC-005 anchor or alias  s.yaml:1:4");
    assertThat(refusal("a: !!int 1\n"))
        .hasMessageStartingWith("ALT-DOC-006 tag or directive  s.yaml:1:4");
    assertThat(refusal("a: ! 1\n").code()).isEqualTo("ALT-DOC-006");
    assertThat(refusal("a: !env {x: 1}\n").code()).isEqualTo("ALT-DOC-006");
    assertThat(refusal("%YAML 1.2\n---\na: 1\n").code()).isEqualTo("ALT-DOC-006");
    assertThat(refusal("a: 1\n---\nb: 2\n"))
        .hasMessageStartingWith("ALT-DOC-004 more than one document  s.yaml:2:1");
    assertThat(refusal("<<: {a: 1}\n").code()).isEqualTo("ALT-DOC-010");
    assertThat(refusal("? [a]\n: 1\n").code()).isEqualTo("ALT-DOC-010");
    assertThat(refusal(": 1\n").code()).isEqualTo("ALT-DOC-003");
    assertThat(refusal("a: {b: [1, 2}\n"))
        .hasMessageStartingWith("ALT-DOC-003 not YAML  s.yaml:1:");
    assertThat(refusal("a:\n\tb: 1\n")).hasMessageStartingWith("ALT-DOC-003 not YAML  s.yaml:2:1");
    assertThat(refusal("a: 1\nb: x\u0000y\n"))
        .hasMessageStartingWith("ALT-DOC-003 not YAML  s.yaml:2:5");
    assertThat(refusal("- a\n- b\n"))
        .hasMessageStartingWith("ALT-DOC-008 not a mapping  s.yaml:1:1");
    assertThat(refusal("")).hasMessageContaining("the document is empty");
    assertThat(refusal("# only a remark\n").code()).isEqualTo("ALT-DOC-008");
    assertThat(refusal("a: ".repeat(3)).code()).isEqualTo("ALT-DOC-003");
    assertThat(refusal("a: " + "[".repeat(20) + "]".repeat(20) + "\n").code())
        .isEqualTo("ALT-DOC-007");
    assertThat(refusal("a: " + "[".repeat(200_000)).code()).isEqualTo("ALT-DOC-007");
    assertThat(refusal("a: \"" + "x".repeat(Document.MOST_BYTES) + "\"\n").code())
        .isEqualTo("ALT-DOC-002");
  }

  @Test
  void acceptsTheDeepestAllowedNesting() throws DocumentError {
    assertThat(parse("a: " + "[".repeat(18) + "1" + "]".repeat(18)).keys()).containsExactly("a");
  }

  @Test
  void readsUtf8WithOrWithoutByteOrderMarkAndNothingElse() throws DocumentError {
    assertThat(parse("\uFEFFname: 医院\n").text("name")).isEqualTo("医院");
    byte[] gb = "althing: x\nname: 心脏\n".getBytes(java.nio.charset.Charset.forName("GB18030"));
    DocumentError error =
        catchThrowableOfType(DocumentError.class, () -> Document.parse("s.yaml", gb));
    assertThat(error).hasMessageStartingWith("ALT-DOC-001 not UTF-8  s.yaml:2:7");
    byte[] utf16 = "name: x\n".getBytes(StandardCharsets.UTF_16);
    assertThat(
            catchThrowableOfType(DocumentError.class, () -> Document.parse("s.yaml", utf16)).code())
        .isEqualTo("ALT-DOC-001");
  }

  @Test
  void readsNumbersStrictly() throws DocumentError {
    for (String good : List.of("1e-6", "1.0e-6", "1E3", ".5", "0.25", "-3", "+2")) {
      assertThat(parse("a: " + good).number("a", -1e6, 1e6)).isEqualTo(Double.parseDouble(good));
    }
    for (String bad :
        List.of(".nan", "NaN", ".inf", "0x10", "1_000", "1,5", "\"1\"", "1e", "yes", "")) {
      assertThat(refusal(root -> root.number("a", -1e6, 1e6), "a: " + bad).code())
          .as(bad)
          .isEqualTo("ALT-DOC-013");
    }
    assertThat(refusal(root -> root.number("a", -1e6, 1e6), "a: 1e999").code())
        .isEqualTo("ALT-DOC-014");
    for (String bad :
        List.of("1.0", "01", "1e3", "0x10", "99999999999999999999", "+1", "no", "\"1\"")) {
      assertThat(refusal(root -> root.whole("a", 0, 9), "a: " + bad).code())
          .as(bad)
          .isEqualTo("ALT-DOC-013");
    }
    assertThat(refusal(root -> root.whole("a", 1, 50), "b: 1\na: 0\n"))
        .hasMessage(
            "ALT-DOC-014 out of range  s.yaml:2:4  a: expected a whole number from 1 to 50, got \"0\"");
    assertThat(refusal(root -> root.flag("a"), "a: yes").code()).isEqualTo("ALT-DOC-013");
  }

  @Test
  void offersTheChoiceThatWasMeant() {
    assertThat(
            refusal(
                root -> root.choice("use", List.of("federated", "local", "never")),
                "use: federate"))
        .hasMessage(
            "ALT-DOC-015 not one of the choices  s.yaml:1:6  use: expected federated | local | never, got \"federate\" → did you mean \"federated\"?");
  }

  @Test
  void tellsWhichKindOfDocumentIsNeeded() {
    assertThat(refusal(root -> Document.kind(root, "study"), "althing: policy/v1\n"))
        .hasMessage(
            "ALT-DOC-016 wrong kind of document  s.yaml:1:10  althing: expected study/v1, got \"policy/v1\" → give a study file here, or correct this line");
    assertThat(refusal(root -> Document.kind(root, "study"), "name: x\n").code())
        .isEqualTo("ALT-DOC-016");
  }

  @Test
  void tellsNullFromTheTextNullInCodeLists() throws DocumentError {
    assertThat(parse("a: [null, ~, '', 0, \"null\", '?']").textsOrNulls("a"))
        .containsExactly("", "", "", "0", "null", "?");
    assertThat(refusal(root -> root.texts("a"), "a: [x, null]"))
        .hasMessageStartingWith(
            "ALT-DOC-013 wrong type  s.yaml:1:8  a[1]: expected a text, got nothing");
  }

  @Test
  void keepsErrorsOnOneLineWhateverTheDocumentHolds() {
    DocumentError error =
        refusal(root -> root.flag("a"), "a: \"x\\ny\\u202E" + "z".repeat(500) + "\"");
    assertThat(error.getMessage()).doesNotContain("\n").doesNotContain("\u202E");
    assertThat(error.getMessage().length()).isLessThan(200);
  }

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void damagedDocumentsGiveAValueOrADocumentErrorNeverAnythingElse(long seed) {
    Random random = new Random(seed);
    byte[] bytes = STUDY.getBytes(UTF_8);
    int damages = 1 + random.nextInt(4);
    for (int i = 0; i < damages; i++) {
      bytes[random.nextInt(bytes.length)] =
          (byte) "\0\n\t :-[]{}&*!%?'\"|>#x\u00ff".charAt(random.nextInt(22));
    }
    byte[] cut = random.nextBoolean() ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length));
    try {
      Document.parse("s.yaml", cut).end();
    } catch (DocumentError e) {
      assertThat(e.getMessage()).startsWith("ALT-DOC-").doesNotContain("\n");
      assertThat(e.line()).isPositive();
    }
  }
}
