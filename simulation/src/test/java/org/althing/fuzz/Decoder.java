package org.althing.fuzz;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.althing.cli.ResultFolders;
import org.althing.cli.ScoredRows;
import org.althing.coordinator.CoordinatorSettingsFiles;
import org.althing.coordinator.console.Submissions;
import org.althing.node.NodeSettingsFiles;
import org.althing.node.source.DelimitedFiles;

/** Every decoder that hostile bytes can reach. */
enum Decoder {
  SESSION_MESSAGES(SessionMessages::new, 1000, "wire.*", "audit.*", "encoding.*"),
  SECAGG_MESSAGES(SecaggMessages::new, 1000, "wire.*", "secagg.*", "encoding.*"),
  FRAME_SEQUENCES(FrameSequences::new, 1000, "wire.*"),
  LOG_RECORDS(
      LogRecords::new,
      1000,
      "approval.*",
      "study.*",
      "session.*",
      "privacy.*",
      "federation.*",
      "vector.*",
      "encoding.*"),
  LOG_NOTES(LogNotes::new, 1000, "audit.*", "encoding.*"),
  WITNESS_ANSWERS(WitnessAnswers::new, 1000, "audit.*", "encoding.*"),
  RESULT_FOLDERS(
      ResultFolders::new,
      50,
      "cli.*",
      "report.*",
      "study.*",
      "session.*",
      "audit.*",
      "encoding.*",
      "model.**"),
  DOCUMENTS(
      Documents::new, 1000, "document.*", "contract.*", "policy.*", "study.*", "federation.*"),
  NODE_SETTINGS(NodeSettingsFiles::new, 200, "node.*", "document.*"),
  COORDINATOR_SETTINGS(CoordinatorSettingsFiles::new, 200, "coordinator.*", "document.*"),
  MODEL_FILES(ModelFiles::new, 1000, "report.*", "model.**", "table.*", "contract.*", "encoding.*"),
  SCORE_REQUESTS(
      ScoreRequests::new, 1000, "scoring.*", "report.Json", "cleaning.*", "model.**", "table.*"),
  SCORED_ROWS(ScoredRows::new, 1000, "cli.*", "cleaning.*", "model.**"),
  DELIMITED_FILES(DelimitedFiles::new, 200, "node.source.*", "cleaning.*"),
  SUBMISSIONS(
      Submissions::new,
      300,
      "coordinator.**",
      "document.*",
      "study.*",
      "privacy.*",
      "quality.*",
      "model.**"),
  PEER_CERTIFICATES(PeerCertificates::new, 1000, "coordinator.access.*");

  private final Supplier<FuzzTarget> maker;
  private final int everydayInputs;
  private final List<String> packages;

  /**
   * @param packages patterns of classes under org.althing, whose branches steer the fuzzer; the
   *     fewer, the sooner it starts
   */
  Decoder(Supplier<FuzzTarget> maker, int everydayInputs, String... packages) {
    this.maker = maker;
    this.everydayInputs = everydayInputs;
    this.packages = List.of(packages);
  }

  FuzzTarget target() {
    return maker.get();
  }

  /** How many spoiled seeds are taken on every day; fewer where one takes long. */
  int everydayInputs() {
    return everydayInputs;
  }

  /** The classes whose branches steer the fuzzer: ours, and the parser that many stand on. */
  List<String> watched() {
    return Stream.concat(
            packages.stream().map("org.althing."::concat),
            Stream.of("org.snakeyaml.engine.v2.parser.*"))
        .toList();
  }

  /** As folders and tables name it. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
