package org.althing.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.althing.cli.ExitCode;
import org.althing.cli.HopelessStudies;
import org.althing.deploy.lab.Distribution;
import org.althing.deploy.lab.LabRun;
import org.althing.deploy.lab.RealFederation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A list of studies in one laboratory: what becomes of the others where one has no result. */
class LabRunIT {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();

  @BeforeEach
  void writeAFederation() throws Exception {
    RealFederation.write(
            folder,
            Map.of(
                "east", Patients.of("east", 300),
                "north", Patients.of("north", 300),
                "south", Patients.of("south", 300),
                "west", Patients.of("west", 300)))
        .close();
  }

  private ExitCode run(String... studies) throws Exception {
    List<Path> files = new ArrayList<>();
    for (String study : studies) {
      files.add(Files.writeString(folder.resolve("study-" + files.size() + ".yaml"), study));
    }
    LabRun run =
        LabRun.with(
            Distribution.at(Path.of(System.getProperty("althing.distribution"))),
            new PrintWriter(out),
            new PrintWriter(new StringWriter()),
            LabRun.Afterwards.REMOVE,
            new HopelessStudies()::objection);
    return run.run(folder.resolve("federation.yaml"), files, folder.resolve("out"));
  }

  @Test
  void aStudyThatIsHopelessOrRefusedByAPolicyLeavesTheOthersTheirTurn() throws Exception {
    String hopeless = Questions.logistic("hopeless").replace("epsilon: 20", "epsilon: 0.001");
    String refused = Questions.quality("refused").replace("heart-research", "advertising");
    ExitCode code = run(Questions.quality("first"), hopeless, refused, Questions.quality("last"));
    assertThat(code).as("%s", out).isEqualTo(ExitCode.REFUSED);
    assertThat(out.toString())
        .containsPattern("\n  first +done ")
        .containsPattern("\n  hopeless +REFUSED +- +see below +-\n")
        .containsPattern("\n  refused +STOPPED ")
        .containsPattern("\n  last +done ")
        .contains("hopeless refused: study hopeless would spend its owners' budgets", "--anyway")
        .containsPattern("refused stopped: .*purpose \"advertising\" is not allowed");
    for (String ran : List.of("first", "refused", "last")) {
      assertThat(folder.resolve("out").resolve(ran).resolve("result.json")).exists();
    }
    assertThat(folder.resolve("out").resolve("hopeless")).doesNotExist();
  }
}
