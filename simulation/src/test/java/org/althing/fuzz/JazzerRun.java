package org.althing.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One process of Jazzer.
 *
 * <p>Jazzer's own driver is used, not its JUnit extension: that one fuzzes one method in a process
 * and, on days without fuzzing, instruments every class for a minute before the first test.
 *
 * @param exit 0 where nothing was found
 * @param seconds from the first execution to the last, without the time to start
 */
record JazzerRun(
    Decoder decoder,
    int exit,
    long seconds,
    long executions,
    long edges,
    long inputs,
    Path output) {
  private static final String SANITIZERS = "com.code_intelligence.jazzer.sanitizers.";

  /**
   * Watches for injections into languages that no decoder speaks; each slows every call it watches.
   */
  private static final List<String> SWITCHED_OFF =
      Stream.of(
              "BigDecimal",
              "ClojureLangHooks",
              "Deserialization",
              "ExpressionLanguageInjection",
              "FilePathTraversal",
              "LdapInjection",
              "NamingContextLookup",
              "OsCommandInjection",
              "ReflectiveCall",
              "RegexInjection",
              "RegexRoadblocks",
              "ScriptEngineInjection",
              "ServerSideRequestForgery",
              "SqlInjection",
              "TemplateInjection",
              "UnsafeSanitizer",
              "XPathInjection",
              "XmlParserSsrfGuidance")
          .map(SANITIZERS::concat)
          .toList();

  static JazzerRun fuzz(Decoder decoder, FuzzTarget target, Path folder, int seconds)
      throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-max_total_time=" + seconds,
                "-print_final_stats=1",
                "-timeout=60",
                "-artifact_prefix=" + folder + "/"));
    // An empty dictionary is an error.
    if (!target.words().isEmpty()) {
      Path dictionary = Files.write(folder.resolve("dictionary"), dictionary(target.words()));
      arguments.add("-dict=" + dictionary);
    }
    arguments.add(folder.resolve("corpus").toString());
    return run(decoder, target, folder.resolve("output.txt"), arguments);
  }

  /** The fewest of the inputs found that together reach all that they reach. */
  static SortedMap<String, byte[]> reduce(Decoder decoder, FuzzTarget target, Path folder)
      throws IOException, InterruptedException {
    Path fewest = Files.createDirectories(folder.resolve("fewest"));
    for (String old : Corpus.files(fewest).keySet()) {
      Files.delete(fewest.resolve(old));
    }
    List<String> arguments =
        List.of("-merge=1", fewest.toString(), folder.resolve("corpus").toString());
    JazzerRun run = run(decoder, target, folder.resolve("reduced.txt"), arguments);
    if (run.exit() != 0) {
      throw new IllegalStateException("the inputs could not be reduced; see " + run.output());
    }
    return Corpus.files(fewest);
  }

  private static JazzerRun run(
      Decoder decoder, FuzzTarget target, Path output, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // The decoders promise to need little; a heap that is small shows it.
    command.addAll(List.of("-Xmx768m", "-XX:+UseSerialGC", "-XX:-OmitStackTraceInFastThrow"));
    // Half a minute of Jazzer's start is the optimising compiler at work on Jazzer itself.
    command.add("-XX:TieredStopAtLevel=1");
    // Names are looked up in an empty file, not in a network.
    command.add("-Djdk.net.hosts.file=" + Files.write(output.resolveSibling("hosts"), new byte[0]));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("com.code_intelligence.jazzer.Jazzer");
    command.add("--target_class=" + FuzzEntry.class.getName());
    command.add("--target_args=" + decoder.name() + "=" + output.resolveSibling("seeds"));
    command.add("--instrumentation_includes=" + String.join(":", decoder.watched()));
    command.add("--custom_hook_includes=" + String.join(":", decoder.watched()));
    command.add("--disabled_hooks=" + String.join(":", SWITCHED_OFF));
    command.add("--reproducer_path=" + output.getParent());
    command.add("-max_len=" + target.mostBytes());
    command.add("-rss_limit_mb=3000");
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      return of(decoder, process.waitFor(), output);
    } finally {
      process.destroyForcibly();
    }
  }

  private static JazzerRun of(Decoder decoder, int exit, Path output) throws IOException {
    // Jazzer writes bytes of inputs between its lines.
    String text = Files.readString(output, StandardCharsets.ISO_8859_1);
    return new JazzerRun(
        decoder,
        exit,
        last(text, "Done \\d+ runs in (\\d+) second"),
        last(text, "stat::number_of_executed_units: +(\\d+)"),
        last(text, "cov: (\\d+) "),
        last(text, "corp: (\\d+)/"),
        output);
  }

  private static long last(String text, String pattern) {
    long last = 0;
    Matcher found = Pattern.compile(pattern).matcher(text);
    while (found.find()) {
      last = Long.parseLong(found.group(1));
    }
    return last;
  }

  /** What Jazzer says it found. */
  String finding() throws IOException {
    return Files.readString(output, StandardCharsets.ISO_8859_1)
        .lines()
        .dropWhile(
            line ->
                !line.startsWith("== Java")
                    && !line.contains("libFuzzer: ")
                    && !line.startsWith("Exception in thread"))
        .limit(40)
        .reduce("", (all, line) -> all + "\n" + line);
  }

  /** A word a line, in quotes, as libFuzzer reads it. */
  private static byte[] dictionary(List<String> words) {
    StringBuilder lines = new StringBuilder();
    for (String word : words) {
      lines.append('"');
      for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
        boolean plain = b >= ' ' && b < 127 && b != '"' && b != '\\';
        lines.append(plain ? String.valueOf((char) b) : "\\x%02X".formatted(b & 0xff));
      }
      lines.append("\"\n");
    }
    return lines.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
