package org.althing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.althing.audit.InclusionReceipt;
import org.althing.compliance.Particular;
import org.althing.compliance.Particulars;
import org.althing.document.ParticularsDocument;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.report.PaperStudy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ReportCommandTest {
  private static final String PARTICULARS =
      """
      althing: particulars/v1
      operator: { name: "Data Trust, Example Street 1" }
      common: { legal_basis: "GDPR Art. 6(1)(e)" }
      organisations:
        org-a: { dpo: "dpo@org-a.example" }
      """;

  @TempDir private Path folder;

  /** What a run printed and how it ended. */
  private record Run(int exit, String text) {}

  private Run report(String kind, String study, String... more) {
    StringWriter text = new StringWriter();
    CommandLine line = new CommandLine(new ReportCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setOut(new PrintWriter(text)).setErr(new PrintWriter(text));
    line.setExecutionExceptionHandler(
        (e, l, p) -> {
          text.append(e.getMessage());
          return ((CommandFailure) e).exitCode().code();
        });
    String[] arguments = new String[2 + more.length];
    arguments[0] = kind;
    arguments[1] = folder.resolve(study).toString();
    System.arraycopy(more, 0, arguments, 2, more.length);
    return new Run(line.execute(arguments), text.toString());
  }

  private void keep(String name, String study) throws IOException {
    write(folder.resolve(name), PaperStudy.completed(study, 100).folder());
  }

  private static void write(Path to, SortedMap<String, Bytes> files) throws IOException {
    for (Map.Entry<String, Bytes> file : files.entrySet()) {
      Path path = to.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue().toArray());
    }
  }

  private String out(String name) {
    return folder.resolve(name).toString();
  }

  private String particulars(String text) throws IOException {
    return Files.writeString(folder.resolve("particulars.yaml"), text).toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"record", "privacy", "quality", "model", "lineage", "bundle"})
  void aFolderThatDoesNotHoldGivesNoReport(String kind) throws IOException {
    keep("s", kind.equals("model") ? PaperStudy.LOGISTIC : PaperStudy.QUALITY);
    Path result = folder.resolve("s/result.json");
    Files.writeString(result, Files.readString(result).replaceFirst("\"rho\"", "\"rhO\""));
    Run run = report(kind, "s", "-o", out("x"));
    assertThat(run.exit()).isEqualTo(ExitCode.VERIFICATION_FAILED.code());
    assertThat(run.text()).contains("does not hold", "result.json");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "record,  en, Record of processing",
    "record,  zh, 处理活动记录",
    "privacy, en, In plain words",
    "privacy, zh, 通俗说明",
    "quality, en, By the EU AI Act",
    "quality, zh, 按欧盟《人工智能法》",
  })
  void writesEachKindInEachLanguage(String kind, String language, String words) throws IOException {
    keep("s", PaperStudy.QUALITY);
    Run run = report(kind, "s", "--lang", language, "-o", out("r.html"));
    assertThat(run.exit()).as(run.text()).isZero();
    assertThat(run.text()).contains("the folder holds; ", "fields are not stated");
    assertThat(Files.readString(folder.resolve("r.html"))).contains(words);
  }

  @Test
  void takesWhatPeopleTypedAndSaysWhere() throws IOException {
    keep("s", PaperStudy.QUALITY);
    String file = particulars(PARTICULARS);
    Run run =
        report(
            "record",
            "s",
            "--particulars",
            file,
            "--format",
            "json",
            "--org",
            "org-a",
            "-o",
            out("r.json"));
    assertThat(run.exit()).as(run.text()).isZero();
    assertThat(Files.readString(folder.resolve("r.json")))
        .contains("dpo@org-a.example", "organisations.org-a.dpo")
        .contains("Data Trust, Example Street 1", "operator.name")
        .contains("GDPR Art. 6(1)(e)", "common.legal_basis")
        .contains("SHA-256 " + Digest.of(PARTICULARS.getBytes(StandardCharsets.UTF_8)).hex())
        .doesNotContain("controller-org-b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "organisations: { org-x: { dpo: d } } | speak of [org-x]",
        "organisations: { org-a: { dpa: d } } | did you mean \"dpo\"?",
        "common: { risk: [a] } | expected a text",
        "organisations: { Org: { dpo: d } } | a node id is",
      })
  void particularsAreReadStrictly(String wrong, String message) throws IOException {
    keep("s", PaperStudy.QUALITY);
    String file = particulars("althing: particulars/v1\n" + wrong + "\n");
    Run run = report("record", "s", "--particulars", file, "-o", out("x"));
    assertThat(run.exit()).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(run.text()).contains(message);
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @Test
  void programsGetTheirOwnForms() throws IOException {
    keep("s", PaperStudy.LOGISTIC);
    JsonMapper json = JsonMapper.builder().build();
    assertThat(report("model", "s", "--format", "json", "-o", out("m.json")).exit()).isZero();
    JsonNode bom = json.readTree(folder.resolve("m.json").toFile());
    assertThat(bom.at("/components/0/modelCard").isObject()).isTrue();
    assertThat(bom.at("/components/0/hashes/0/content").textValue())
        .isEqualTo(Digest.of(Files.readAllBytes(folder.resolve("s/model.json"))).hex());
    assertThat(report("privacy", "s", "--format", "json", "-o", out("p.json")).exit()).isZero();
    JsonNode entry = json.readTree(folder.resolve("p.json").toFile());
    assertThat(entry.at("/deployment/deployment_model/model_name").textValue())
        .isEqualTo("Federated");
  }

  @ParameterizedTest
  @CsvSource({"openlineage, eventType", "prov, wasGeneratedBy"})
  void lineageNamesNoPathAndTakesNothingTyped(String format, String field) throws IOException {
    keep("s", PaperStudy.QUALITY);
    Run run = report("lineage", "s", "--format", format, "-o", out("l"));
    assertThat(run.exit()).as(run.text()).isZero();
    assertThat(Files.readString(folder.resolve("l")))
        .contains("\"" + field + "\"")
        .doesNotContain(folder.toString());
    assertThat(report("record", "s", "--format", format, "-o", out("x")).text())
        .contains("openlineage or prov for lineage");
    assertThat(report("lineage", "s", "--format", "json", "-o", out("x")).text())
        .contains("html or json for the other reports");
    String file = particulars(PARTICULARS);
    assertThat(report("lineage", "s", "--particulars", file, "-o", out("x")).text())
        .contains("from the log alone");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @Test
  void saysWhatAFolderCannotGive() throws IOException {
    keep("s", PaperStudy.QUALITY);
    assertThat(report("model", "s", "-o", out("x")).text()).contains("holds no finished model");
    assertThat(report("record", "s", "--org", "org-z", "-o", out("x")).text())
        .contains("--org: org-z took no part");
    assertThat(report("privacy", "s", "--org", "org-a", "-o", out("x")).text())
        .contains("--org is for a record");
    assertThat(report("record", "s", "-o", out("s/record.html")).text())
        .contains("is in the study's folder");
    assertThat(report("record", "none", "-o", out("x")).text()).contains("there is no folder");
  }

  @Test
  void aBundleIsTheSameBytesEachTimeAndItsStudyVerifies() throws IOException {
    keep("s", PaperStudy.LOGISTIC);
    String file = particulars(PARTICULARS);
    for (String name : new String[] {"1.zip", "2.zip"}) {
      Run run = report("bundle", "s", "--particulars", file, "-o", out(name));
      assertThat(run.exit()).as(run.text()).isZero();
    }
    byte[] bundle = Files.readAllBytes(folder.resolve("1.zip"));
    assertThat(Files.readAllBytes(folder.resolve("2.zip"))).isEqualTo(bundle);
    SortedMap<String, Bytes> files = unpacked(bundle);
    assertThat(files.keySet())
        .contains(
            "README.md",
            "SHA256SUMS",
            "particulars.yaml",
            "receipts/0000.tlog-proof",
            "reports/en/record.html",
            "reports/zh/record.html",
            "reports/zh/model.html",
            "reports/en/privacy.json",
            "reports/privacy-registry.json",
            "reports/lineage.ndjson",
            "reports/lineage.prov.json",
            "reports/model-cyclonedx.json")
        .doesNotContain("reports/en/quality.html");
    SortedMap<String, Bytes> study = new TreeMap<>();
    files.forEach(
        (name, bytes) -> {
          if (name.startsWith("study/")) {
            study.put(name.substring("study/".length()), bytes);
          }
        });
    assertThat(FolderVerifier.verify(study, Optional.empty()).fault()).isEmpty();
    String sums = new String(files.get("SHA256SUMS").toArray(), StandardCharsets.UTF_8);
    assertThat(sums.lines()).hasSize(files.size() - 1);
    for (String line : sums.lines().toList()) {
      String[] sum = line.split(" {2}", 2);
      assertThat(Digest.of(files.get(sum[1]).toArray()).hex()).isEqualTo(sum[0]);
    }
    write(folder.resolve("unpacked"), files);
    Run again =
        report(
            "record",
            "unpacked/study",
            "--particulars",
            out("unpacked/particulars.yaml"),
            "-o",
            out("again.html"));
    assertThat(again.exit()).as(again.text()).isZero();
    assertThat(Files.readAllBytes(folder.resolve("again.html")))
        .isEqualTo(files.get("reports/en/record.html").toArray());
  }

  /** Each receipt by itself: the entry is in the tree of the checkpoint that it carries. */
  @Test
  void aReceiptProvesItsEntryAlone() throws Exception {
    keep("s", PaperStudy.QUALITY);
    assertThat(report("bundle", "s", "-o", out("b.zip")).exit()).isZero();
    SortedMap<String, Bytes> files = unpacked(Files.readAllBytes(folder.resolve("b.zip")));
    int receipts = 0;
    for (String name : files.keySet()) {
      if (name.startsWith("receipts/")) {
        String number = name.substring("receipts/".length(), "receipts/0000".length());
        InclusionReceipt receipt = InclusionReceipt.parse(files.get(name).toArray());
        assertThat(receipt.entry()).isEqualTo(files.get("study/log/" + number + ".entry"));
        byte[] key = files.get("study/log/key").toArray();
        assertThat(ReceiptEvidence.verify(files.get(name).toArray(), key).fault())
            .as(name)
            .isEmpty();
        receipts++;
      }
    }
    assertThat(receipts).isGreaterThan(10);
  }

  private static final Path PAGE = Path.of("..", "docs", "compliance-reports.md");

  @Test
  void thePageOnReportsNamesEveryParticularAndItsExampleIsRead() throws Exception {
    String page = Files.readString(PAGE);
    for (Particular particular : Particular.values()) {
      assertThat(page).contains("`" + particular.key() + "`");
    }
    String example = page.substring(page.indexOf("```yaml\n") + 8);
    Particulars said =
        ParticularsDocument.read(
            "page", example.substring(0, example.indexOf("```")).getBytes(StandardCharsets.UTF_8));
    assertThat(said.common()).containsKeys(Particular.LEGAL_BASIS, Particular.RETENTION);
    assertThat(said.organisations()).hasSize(1);
  }

  private static SortedMap<String, Bytes> unpacked(byte[] bundle) throws IOException {
    SortedMap<String, Bytes> files = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(new java.io.ByteArrayInputStream(bundle))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), Bytes.of(zip.readAllBytes()));
      }
    }
    return files;
  }
}
