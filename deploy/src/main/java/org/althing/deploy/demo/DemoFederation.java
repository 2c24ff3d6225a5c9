package org.althing.deploy.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.althing.cli.CommandFailure;
import org.althing.cli.ExitCode;

/** The federations that the demonstration can run, written to a folder as anyone's own would be. */
public final class DemoFederation {
  private static final List<String> HEART = List.of("cleveland", "hungarian", "switzerland", "va");

  private DemoFederation() {}

  /**
   * Four invented hospitals with their data; the same files for the same seed.
   *
   * @return the study files in the order they are run
   */
  public static List<Path> write(Path folder, long seed) throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    for (Map.Entry<String, byte[]> file : DemoHospitals.files(seed).entrySet()) {
      Files.write(data.resolve(file.getKey()), file.getValue());
    }
    return new BundledDocuments("/demo/", DemoHospitals.names()).writeTo(folder, "data");
  }

  /**
   * The four heart-disease files in {@code data}, which stay where they are.
   *
   * @return the study files in the order they are run
   */
  static List<Path> writeHeart(Path folder, Path data) throws IOException {
    Path given = data.toAbsolutePath().normalize();
    for (String hospital : HEART) {
      if (!Files.isReadable(given.resolve(hospital + ".csv"))) {
        throw new CommandFailure(
            ExitCode.BAD_INPUT,
            "%s has no readable file %s.csv; it must hold one for each of %s"
                .formatted(given, hospital, String.join(", ", HEART)));
      }
    }
    return new BundledDocuments("/examples/heart/", HEART).writeTo(folder, given.toString());
  }
}
