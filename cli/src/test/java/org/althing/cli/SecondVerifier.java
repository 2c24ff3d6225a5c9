package org.althing.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.althing.encoding.Bytes;

/** Test fixture: {@code verifier/althing_verify.py}, asked about one folder after another. */
final class SecondVerifier implements AutoCloseable {
  static final Path SCRIPT =
      Path.of("..", "verifier", "althing_verify.py").toAbsolutePath().normalize();

  private static final String DIALOGUE =
      """
      import pathlib, sys
      sys.path.insert(0, sys.argv[1])
      import althing_verify
      for line in sys.stdin:
          kept = [pathlib.Path(file) for file in line.split()]
          done = (
              althing_verify.verify_file(*kept)
              if kept
              else althing_verify.verify(pathlib.Path(sys.argv[2]), None)
          )
          print("VALID" if done.fault is None else done.check + ": " + done.fault, flush=True)
      """;

  private final Path folder;
  private final Map<String, Bytes> written = new HashMap<>();
  private final Process process;
  private final PrintWriter questions;
  private final BufferedReader answers;

  /**
   * @param folder an empty folder, written anew for each question
   */
  SecondVerifier(String python, Path folder) throws IOException {
    this.folder = folder;
    ProcessBuilder builder =
        new ProcessBuilder(
            python, "-B", "-c", DIALOGUE, SCRIPT.getParent().toString(), folder.toString());
    builder.environment().put("PYTHONIOENCODING", "utf-8");
    process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    questions = new PrintWriter(process.getOutputStream(), true, UTF_8);
    answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  /** A Python with the one package that the verifier needs, if there is any here. */
  static Optional<String> python() throws IOException, InterruptedException {
    for (String python : List.of("python3", "/usr/bin/python3")) {
      try {
        Process trial =
            new ProcessBuilder(
                    python, "-c", "import cryptography.hazmat.primitives.asymmetric.ed25519")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (trial.waitFor() == 0) {
          return Optional.of(python);
        }
      } catch (IOException e) {
        // No such program: the next may be there.
        continue;
      }
    }
    return Optional.empty();
  }

  /** {@code VALID}, or the check that does not hold and why. */
  String verdict(SortedMap<String, Bytes> files) throws IOException {
    write(files);
    questions.println();
    return Optional.ofNullable(answers.readLine()).orElse("no answer");
  }

  /** Of a receipt, or of what a node kept of a fork: {@code VALID}, or why not. */
  String verdict(byte[] kept, byte[] logKey) throws IOException {
    Path evidence = Files.write(folder.resolveSibling("kept"), kept);
    questions.println(evidence + " " + Files.write(folder.resolveSibling("log-key"), logKey));
    return Optional.ofNullable(answers.readLine()).orElse("no answer");
  }

  private void write(SortedMap<String, Bytes> files) throws IOException {
    for (String name : List.copyOf(written.keySet())) {
      if (!files.containsKey(name)) {
        Files.delete(folder.resolve(name));
        written.remove(name);
      }
    }
    for (Map.Entry<String, Bytes> file : files.entrySet()) {
      if (!file.getValue().equals(written.put(file.getKey(), file.getValue()))) {
        Path path = folder.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.write(path, file.getValue().toArray());
      }
    }
  }

  @Override
  public void close() throws IOException {
    questions.close();
    answers.close();
    process.destroy();
  }
}
