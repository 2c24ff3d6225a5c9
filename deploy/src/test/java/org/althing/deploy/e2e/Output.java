package org.althing.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.althing.cli.VerifyCommand;
import org.althing.deploy.lab.RealFederation;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.privacy.ChargeReceipt;
import org.althing.privacy.LedgerEntry.ReleaseCharged;
import org.althing.privacy.Rho;
import org.althing.study.ChargeStatement;
import org.althing.study.LogEntry;
import org.althing.study.Signed;
import org.althing.study.StudyEvent;
import org.althing.study.StudyRecord;
import picocli.CommandLine;

/** A study's output folder, found valid, and what its log says. */
record Output(Path folder, StudyRecord record) {
  /** Waits for the study's end, fetches its folder and has it verified. */
  static Output of(RealFederation federation, String study) throws Exception {
    Path folder = federation.output(study);
    int verified =
        new CommandLine(new VerifyCommand())
            .execute(folder.toString(), "--roster", federation.roster().toString());
    assertThat(verified).as("exit code of verify").isZero();
    List<LogEntry> entries = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve("log"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".entry")).sorted().toList()) {
        entries.add(LogEntry.ofBytes(Files.readAllBytes(file)));
      }
    }
    return new Output(folder, StudyRecord.of(entries));
  }

  JsonNode result() throws IOException {
    return new ObjectMapper().readTree(Files.readAllBytes(folder.resolve("result.json")));
  }

  /** Holds a quality study's count of rows against the truth, within what the noise can do. */
  void assertRows(int truth) throws IOException {
    JsonNode rows = result().path("quality").path("rows");
    double deviation = rows.path("noise_deviation").asDouble();
    assertThat(deviation).as("noise small enough to tell one node's rows").isBetween(0.01, 5.0);
    assertThat(rows.path("value").asDouble())
        .isBetween(truth - 6 * deviation, truth + 6 * deviation);
  }

  List<String> survivors(int release) {
    return record.releases().get(release).survivors().stream().map(NodeId::value).toList();
  }

  /** What the log says a node paid. */
  List<ChargeReceipt> charges(String node) {
    return record.events(StudyEvent.Charged.class).stream()
        .map(Output::statement)
        .filter(statement -> statement.node().value().equals(node))
        .map(ChargeStatement::receipt)
        .toList();
  }

  private static ChargeStatement statement(StudyEvent.Charged charged) {
    try {
      return Signed.ofBytes(charged.statement().toArray(), ChargeStatement::ofBytes).statement();
    } catch (MalformedEncoding e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Holds an ended node's ledger against the log: every attempt is charged once, and none that the
   * log knows is missing.
   */
  void assertLedgerCovers(RealFederation federation, String node) {
    List<ReleaseCharged> ledger;
    try {
      ledger =
          federation.ledger(node).stream()
              .filter(ReleaseCharged.class::isInstance)
              .map(ReleaseCharged.class::cast)
              .filter(charge -> charge.release().study().equals(record.study()))
              .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(ledger)
        .as("charges of " + node)
        .extracting(ReleaseCharged::release)
        .doesNotHaveDuplicates();
    for (ChargeReceipt receipt : charges(node)) {
      assertThat(ledger)
          .as("the ledger of " + node)
          .anySatisfy(
              charge -> {
                assertThat(charge.release()).isEqualTo(receipt.release());
                assertThat(charge.marginal()).isEqualTo(receipt.marginal());
              });
    }
    Rho inLedger = ledger.stream().map(ReleaseCharged::marginal).reduce(Rho.ZERO, Rho::plus);
    Rho inLog = charges(node).stream().map(ChargeReceipt::marginal).reduce(Rho.ZERO, Rho::plus);
    assertThat(inLedger).as("spent by " + node).isGreaterThanOrEqualTo(inLog);
  }
}
