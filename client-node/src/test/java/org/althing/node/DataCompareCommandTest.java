package org.althing.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.althing.document.RosterDocument;
import org.althing.report.PaperStudy;
import org.althing.study.Examples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A hospital of men of 65, a fifth of them without cholesterol, beside an audit of four. */
class DataCompareCommandTest {
  private static final int ROWS = 1000;

  @TempDir private Path folder;
  private String printed = "";

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("c.pem"), "x");
    Files.writeString(folder.resolve("roster.yaml"), RosterDocument.write(Examples.roster(4)));
    Files.writeString(
        folder.resolve("binding.yaml"), "althing: binding/v1\ncontract: heart\nversion: 1.0.0\n");
    StringBuilder rows = new StringBuilder("age,sex,chol,disease\n");
    for (int i = 0; i < ROWS; i++) {
      rows.append("65,male,")
          .append(i % 5 == 0 ? "" : "250")
          .append(',')
          .append(i % 2)
          .append('\n');
    }
    Files.writeString(folder.resolve("own.csv"), rows);
    Files.writeString(
        folder.resolve("node.yaml"),
        """
        althing: node/v1
        id: org-a
        coordinator: "coordinator.example:8443"
        tls: {cert: c.pem, key: c.pem, ca: c.pem}
        identity: c.pem
        roster: roster.yaml
        log: {origin: coordinator.example/althing, key: "%s"}
        state: state
        datasets:
          - {contract: heart, files: [own.csv], binding: binding.yaml, population: patients}
        """
            .formatted(Examples.key(50).verifyingKey().hex()));
  }

  private Path study(String name, String text) throws IOException {
    for (var file : PaperStudy.completed(text, 400).folder().entrySet()) {
      Path path = folder.resolve(name).resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue().toArray());
    }
    return folder.resolve(name);
  }

  private int compare(Path study) {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out);
    int code =
        new CommandLine(new NodeCommand())
            .setOut(writer)
            .setErr(writer)
            .execute(
                "data",
                "compare",
                study.toString(),
                "--config",
                folder.resolve("node.yaml").toString());
    printed = out.toString();
    return code;
  }

  @Test
  void saysWhereItsOwnRowsAreUnlikeTheJointOnes() throws IOException {
    assertThat(compare(study("audit", PaperStudy.QUALITY))).as(printed).isZero();
    assertThat(printed)
        .containsPattern("rows about 1,(59|60)\\d federation, about 1,000 here")
        .containsPattern("age +DIFFERENT .* 100\\.0 %")
        .containsPattern("sex +DIFFERENT +(female .* 0|male .* 100)\\.0 %")
        .containsPattern("disease +DIFFERENT +0 +4\\d\\.\\d % +50\\.0 %");
  }

  @Test
  void setsTheModelItWouldHaveAloneBesideTheFederations() throws IOException {
    assertThat(compare(study("model", PaperStudy.NAIVE_BAYES))).as(printed).isZero();
    assertThat(printed).contains("own model", "federation's model", "for you alone");
    assertThat(Files.exists(folder.resolve("state"))).isFalse();
  }

  @Test
  void changesNothingAndRefusesWhatCannotBeCompared() throws IOException {
    Path audit = study("audit", PaperStudy.QUALITY);
    assertThat(compare(audit)).isZero();
    assertThat(Files.exists(folder.resolve("state"))).isFalse();
    assertThat(compare(study("statistics", PaperStudy.STATISTICS))).isNotZero();
    assertThat(printed).contains("is no output folder of a finished quality audit");
    assertThat(compare(study("classes", PaperStudy.CLASSES))).isNotZero();
    assertThat(printed).contains("tells several classes apart");
    assertThat(compare(study("folds", PaperStudy.FOLDS))).isNotZero();
    assertThat(printed).contains("a study of folds: it holds no rows out");
    assertThat(compare(folder.resolve("nowhere"))).isNotZero();
    Files.write(audit.resolve("releases/01-quality.sum"), new byte[80]);
    assertThat(compare(audit)).isNotZero();
    assertThat(printed).contains("contradicts itself");
  }
}
