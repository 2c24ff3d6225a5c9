package org.althing.deploy.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.althing.cli.CommandFailure;
import org.althing.cli.ExitCode;

/**
 * The built artefacts on disk ({@code lib/} and {@code coordinator/}) and the command lines that
 * start them. The launcher names the folder in the system property {@code althing.home}.
 */
public final class Distribution {
  /**
   * The launcher's main class, by name: it mounts this package's commands, so this package must not
   * see it.
   */
  private static final String LAUNCHED = "org.althing.deploy.Althing";

  private static final int FIRST_JAVA_WITH_NATIVE_ACCESS_FLAG = 24;

  private final Path home;

  private Distribution(Path home) {
    this.home = home;
  }

  /** The distribution that the launcher named, or a failure that says how to name one. */
  public static Distribution ofThisProcess() {
    String home = System.getProperty("althing.home");
    if (home == null) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "system property althing.home is not set; start Althing with ./althing, which sets it");
    }
    return at(Path.of(home));
  }

  /** The distribution in a folder; the folder must hold what the build puts there. */
  public static Distribution at(Path home) {
    if (!Files.isDirectory(home.resolve("lib")) || !Files.isRegularFile(coordinatorJar(home))) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "no built distribution in "
              + home
              + ": expected lib/ and coordinator/quarkus-run.jar; build with ./mvnw package");
    }
    return new Distribution(home.toAbsolutePath().normalize());
  }

  private static Path coordinatorJar(Path home) {
    return home.resolve("coordinator").resolve("quarkus-run.jar");
  }

  /** Command line of a coordinator with the given arguments. */
  public List<String> coordinator(List<String> arguments) {
    List<String> command = java();
    command.add("-jar");
    command.add(coordinatorJar(home).toString());
    command.addAll(arguments);
    return List.copyOf(command);
  }

  /** Command line of a node with the given arguments. */
  public List<String> node(List<String> arguments) {
    List<String> command = java();
    command.add("-XX:+UseSerialGC");
    command.add("-Dalthing.home=" + home);
    command.add("-cp");
    command.add(home.resolve("lib") + java.io.File.separator + "*");
    command.add(LAUNCHED);
    command.add("node");
    command.addAll(arguments);
    return List.copyOf(command);
  }

  /**
   * The same command line for a process that starts at once with others and is to answer soon: of
   * its code only what runs forty times as often as usual is optimised to the full, which otherwise
   * takes more of the processors than the first study does.
   */
  static List<String> answeringSoon(List<String> command) {
    List<String> soon = new ArrayList<>(command);
    soon.addAll(
        1,
        List.of(
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:Tier4InvocationThreshold=200000",
            "-XX:Tier4MinInvocationThreshold=24000",
            "-XX:Tier4CompileThreshold=600000",
            "-XX:Tier4BackEdgeThreshold=1600000"));
    return List.copyOf(soon);
  }

  private static List<String> java() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= FIRST_JAVA_WITH_NATIVE_ACCESS_FLAG) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    return command;
  }
}
