package org.althing.deploy.lab;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.althing.audit.Checkpoint;
import org.althing.audit.SignedNote;
import org.althing.audit.Tile;
import org.althing.cli.CommandFailure;
import org.althing.cli.ExitCode;
import org.althing.encoding.MalformedEncoding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lab log}: a copy of the whole log, file by file, for {@code verify}. */
@Command(
    name = "log",
    mixinStandardHelpOptions = true,
    description = {
      "Copy the whole log of a federation that 'lab up' started: checkpoint, key and tiles.",
      "'verify DIR' checks the copy; so does any client of logs in tiles (C2SP tlog-tiles)."
    })
final class LabLog implements Callable<Integer> {
  private static final long MOST_ENTRIES = 10_000_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--state",
      required = true,
      paramLabel = "DIR",
      description = "The folder given to 'lab up'.")
  private Path state = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the copy goes; must be new or empty (default: out/log-DATE-TIME).")
  private Path out = LabCommand.newFolder("log");

  @Override
  public Integer call() throws InterruptedException {
    LabRun.requireEmpty(out);
    try {
      RunningProcesses.of(state).requireAlive();
      LabFolders folders = LabFolders.open(state);
      CoordinatorClient client =
          // As one of those who witness the log.
          new CoordinatorClient(folders.ports().http(), folders.node(folders.nodes().get(0)));
      Checkpoint checkpoint = copy(client, out);
      PrintWriter words = spec.commandLine().getOut();
      words.printf(
          "%d entries of %s are in %s; check them by: althing verify %s%n",
          checkpoint.size(), checkpoint.origin(), out, out);
      words.flush();
      return ExitCode.OK.code();
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.DEFECT, "the log cannot be copied: " + e.getMessage(), e);
    }
  }

  /** Copies the log up to its newest checkpoint. */
  static Checkpoint copy(CoordinatorClient client, Path folder)
      throws IOException, InterruptedException {
    byte[] note = client.log("checkpoint");
    Checkpoint checkpoint = checkpoint(note);
    if (checkpoint.size() > MOST_ENTRIES) {
      throw new IOException("it has more than " + MOST_ENTRIES + " entries");
    }
    for (Tile tile : Tile.of(checkpoint.size())) {
      write(folder.resolve(tile.path()), client.log(tile.path()));
    }
    write(folder.resolve("key"), client.log("key"));
    write(folder.resolve("checkpoint"), note);
    return checkpoint;
  }

  private static Checkpoint checkpoint(byte[] note) throws IOException {
    try {
      return Checkpoint.parse(SignedNote.parse(note).text());
    } catch (MalformedEncoding e) {
      throw new IOException(
          "its checkpoint is none: " + new String(note, StandardCharsets.UTF_8), e);
    }
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.write(file, bytes);
  }
}
