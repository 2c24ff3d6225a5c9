package org.althing.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.contract.Contract;
import org.althing.document.BindingDocument;
import org.althing.document.ContractDocument;
import org.althing.document.DocumentError;
import org.althing.document.FederationDocument;
import org.althing.document.ParticularsDocument;
import org.althing.document.PolicyDocument;
import org.althing.document.RosterDocument;
import org.althing.document.StudyDocument;
import org.althing.federation.Roster;
import org.althing.report.PaperStudy;
import org.althing.study.Examples;

/** Every kind of YAML document that this product reads. */
public final class Documents implements FuzzTarget {
  public static final List<String> WORDS =
      List.of(
          "althing: ",
          "study/v1",
          "policy/v1",
          "binding/v1",
          "roster/v1",
          "federation/v1",
          "particulars/v1",
          "common:",
          "operator:",
          "organisations:",
          "legal_basis:",
          "id: ",
          "title: ",
          "purpose: ",
          "lead: ",
          "contract: ",
          "analysis:",
          "quality:",
          "statistics:",
          "quantiles:",
          "correlations:",
          "tables:",
          "naive-bayes:",
          "logistic:",
          "linear-svm:",
          "l2:",
          "k-means:",
          "clusters:",
          "label:",
          "positive:",
          "features:",
          "rounds:",
          "privacy:",
          "epsilon:",
          "delta:",
          "spare_attempts:",
          "participants:",
          "nodes:",
          "quorum:",
          "threshold:",
          "colluders:",
          "least_cohort:",
          "least_survivors:",
          "people:",
          "deadline: ",
          "holdout_percent: ",
          "org: ",
          "valid:",
          "from:",
          "until:",
          "leads:",
          "purposes:",
          "analyses:",
          "columns:",
          "allow:",
          "never:",
          "limits:",
          "budgets:",
          "rho:",
          "per_study_epsilon:",
          "per_study_rho:",
          "members:",
          "key:",
          "population:",
          "data:",
          "binding:",
          "policy:",
          "file:",
          "charset:",
          "delimiter:",
          "header:",
          "absent: true",
          "missing:",
          "codes:",
          "multiply:",
          "add:",
          "apiVersion: v3.1.0",
          "kind: DataContract",
          "status: active",
          "schema:",
          "name: ",
          "logicalType: ",
          "object",
          "integer",
          "number",
          "string",
          "logicalTypeOptions:",
          "minimum:",
          "maximum:",
          "customProperties:",
          "property: ",
          "value: ",
          "althing.bins",
          "althing.categories",
          "althing.missing",
          "althing.unit",
          "althing.use",
          "althing.unit-of-privacy",
          "metric: ",
          "rowCount",
          "nullValues",
          "missingValues",
          "invalidValues",
          "arguments:",
          "validValues:",
          "mustBe:",
          "mustBeLessThan:",
          "mustBeGreaterOrEqualTo:",
          "unit: percent",
          "severity:",
          "dimension:",
          "required: true",
          "[",
          "]",
          "{",
          "}",
          "- ",
          "? ",
          ": ",
          "|\n",
          ">-\n",
          "&a ",
          "*a",
          "!!",
          "!<tag:",
          "%YAML 1.2\n",
          "---\n",
          "...\n",
          "<<: ",
          "# ",
          "\n  ",
          "\"\\x00\"",
          "\\uD800",
          "\\U0010FFFF",
          "1e400",
          "-0",
          "0x1F",
          "1e-400",
          ".inf",
          ".nan",
          "~",
          "null",
          "2026-02-30",
          "+999999999-12-31",
          "\uFEFF",
          "\u2028",
          "\u0085");

  private static final Contract HEART = contract(PaperStudy.CONTRACT);

  private interface Reader {
    Object read(byte[] utf8) throws DocumentError;
  }

  private static final List<Reader> KINDS =
      List.of(
          b -> StudyDocument.read("study.yaml", b),
          b -> ContractDocument.parse("contract.yaml", b),
          b -> PolicyDocument.read("policy.yaml", b),
          b -> BindingDocument.parse("binding.yaml", b, HEART),
          Documents::roster,
          b -> FederationDocument.read("federation.yaml", b),
          b -> ParticularsDocument.read("particulars.yaml", b));

  private static Contract contract(String text) {
    try {
      return ContractDocument.parse("contract.yaml", text.getBytes(UTF_8));
    } catch (DocumentError e) {
      throw new AssertionError(e);
    }
  }

  private static Roster roster(byte[] utf8) throws DocumentError {
    Roster roster = RosterDocument.read("roster.yaml", utf8);
    Promise.sameValue(
        roster, RosterDocument.read("again.yaml", RosterDocument.write(roster).getBytes(UTF_8)));
    return roster;
  }

  /** A document error names its kind and a place that the text has. */
  public static void placed(DocumentError error, byte[] utf8) {
    Promise.showable(error);
    long lines = 1;
    for (byte b : utf8) {
      // YAML counts CR, NEL and the two Unicode separators as line ends, too.
      lines += b == '\n' || b == '\r' || (b & 0xff) == 0x85 || (b & 0xff) >= 0xa8 ? 1 : 0;
    }
    if (!error.code().matches("ALT-DOC-\\d{3}")
        || error.line() < 1
        || error.line() > lines + 1
        || error.column() < 1
        || error.file().isEmpty()) {
      throw new AssertionError("a document error without a place: " + error.getMessage(), error);
    }
  }

  @Override
  public boolean take(byte[] input) {
    Input in = new Input(input);
    Reader reader = KINDS.get(in.choose(KINDS.size()));
    byte[] text = in.rest();
    try {
      reader.read(text);
      return true;
    } catch (DocumentError e) {
      placed(e, text);
      return false;
    }
  }

  @Override
  public SortedMap<String, byte[]> seeds() {
    SortedMap<String, byte[]> seeds = new TreeMap<>();
    seeds.put("study-quality", Input.choosing(0, PaperStudy.QUALITY));
    seeds.put("study-statistics", Input.choosing(0, PaperStudy.STATISTICS));
    seeds.put("study-bayes", Input.choosing(0, PaperStudy.NAIVE_BAYES));
    seeds.put("study-logistic", Input.choosing(0, shipped("examples/heart/studies/logistic.yaml")));
    seeds.put("contract", Input.choosing(1, PaperStudy.CONTRACT));
    seeds.put("policy", Input.choosing(2, shipped("demo/policies/harbour.yaml")));
    seeds.put(
        "binding",
        Input.choosing(
            3,
            """
            althing: binding/v1
            contract: heart
            version: 1.0.0
            file: {charset: gb18030, delimiter: ";", header: true}
            columns:
              sex: {from: geschlecht, codes: {m: male, w: female, 1: male, 2: female}}
              chol: {from: chol_mmol, multiply: 38.67, missing: [0]}
              age: {absent: true}
            """));
    seeds.put("roster", Input.choosing(4, RosterDocument.write(Examples.roster(3))));
    seeds.put("federation", Input.choosing(5, shipped("demo/federation.yaml")));
    seeds.put(
        "particulars",
        Input.choosing(
            6,
            """
            althing: particulars/v1
            common: {legal_basis: "GDPR Art. 6(1)(e)", retention: "10 years"}
            operator: {name: "Data Trust, Example Street 1"}
            organisations:
              org-a: {name: Hospital A, dpo: dpo@a.example, country: DE}
            """));
    return seeds;
  }

  /** A document that ships with the product. */
  static byte[] shipped(String name) {
    try (InputStream in = org.althing.deploy.Althing.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new IllegalStateException("nothing is shipped as " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public List<String> words() {
    return WORDS;
  }

  /** Kilobytes for a byte: the parser makes an event, two marks and a node of a bracket. */
  @Override
  public Allowance allowance() {
    return new Allowance(4 << 20, 5000);
  }
}
