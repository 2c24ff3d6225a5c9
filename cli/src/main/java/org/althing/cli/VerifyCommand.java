package org.althing.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.althing.compliance.Explanation;
import org.althing.document.RosterDocument;
import org.althing.encoding.Bytes;
import org.althing.federation.Roster;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code verify DIR}: whether a study's output folder, or a copy of a whole log, holds, offline.
 */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Check a study's output folder: log, signatures, plan, charges, and every number recomputed.",
      "Or a copy of a whole log (checkpoint, key, tile/): its tree, its studies, what was cosigned.",
      "Or the proof that a node kept of a member whose ledger was put back or runs twice,",
      "or a receipt (.tlog-proof) that it kept of an entry, or what it kept of a fork (.fork).",
      "Needs no network and no account. Says VALID, or the first thing that is wrong."
    })
public final class VerifyCommand implements Callable<Integer> {
  /** A file is held twice while it is read, and once more while it is compared. */
  private static final long MOST_BYTES = Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 4);

  private static final int MOST_FILES = 100_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "DIR",
      description = "The study's output folder, the log's, or the file of a proof.")
  private Path directory = Path.of("");

  @Option(
      names = "--roster",
      paramLabel = "FILE",
      description = "The roster you know; the log must name the same members and keys.")
  private Optional<Path> roster = Optional.empty();

  @Option(
      names = "--log-key",
      paramLabel = "FILE",
      description =
          "Of a receipt or a fork: the key of the log that you know, as in a folder's log/key.")
  private Optional<Path> logKey = Optional.empty();

  @Option(
      names = "--receipts",
      paramLabel = "PATH",
      description =
          "Of a copy of a whole log: what the log once signed; a node's folder receipts or forks, or one file of them, or its file witness. All of it must be in the copy.")
  private Optional<Path> receipts = Optional.empty();

  @Option(names = "--json", description = "Print one JSON object for programs.")
  private boolean json;

  @Option(
      names = "--explain",
      arity = "0..1",
      paramLabel = "WHAT",
      fallbackValue = "",
      description = {
        "Trace what the reports of the study say to the entries of its log, and to the fields of these.",
        "WHAT is a field or table of a report (such as epsilon), a chapter (privacy/exact), or the number of an entry;",
        "without it, everything is traced. Names follow DIR: verify DIR --explain epsilon."
      })
  private Optional<String> explain = Optional.empty();

  @Override
  public Integer call() {
    if (explain.isPresent()) {
      return explain(explain.get());
    }
    Evidence evidence = evidence(roster.map(file -> DocumentFile.read(file, RosterDocument::read)));
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? json(evidence) : text(evidence));
    out.flush();
    return (evidence.isValid() ? ExitCode.OK : ExitCode.VERIFICATION_FAILED).code();
  }

  /** Only what holds is explained. */
  private int explain(String what) {
    if (json) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "--explain is for people; for programs the reports name entries and fields: report KIND DIR --format json");
    }
    Optional<Roster> pinned = roster.map(file -> DocumentFile.read(file, RosterDocument::read));
    SortedMap<String, Bytes> files = load(directory);
    Explanation explanation = FolderVerifier.explained(files, pinned, directory.toString());
    String text =
        what.isEmpty() ? explanation.all() : explanation.of(what).orElseThrow(() -> unknown(what));
    PrintWriter out = spec.commandLine().getOut();
    out.print(text.replace("\n", System.lineSeparator()));
    out.println("VALID: " + directory);
    out.flush();
    return ExitCode.OK.code();
  }

  private static CommandFailure unknown(String what) {
    return new CommandFailure(
        ExitCode.BAD_INPUT,
        "nothing in the reports of this study, and no entry of it, is called %s: --explain alone lists everything by its name"
            .formatted(what));
  }

  private Evidence evidence(Optional<Roster> pinned) {
    if (Files.isRegularFile(directory)) {
      byte[] file = DocumentFile.bytes(directory);
      if (ReceiptEvidence.isOne(file)) {
        return ReceiptEvidence.verify(file, knownLogKey());
      }
      if (LogAccusation.isOne(file)) {
        return LogAccusation.verify(file, knownLogKey());
      }
      return LedgerAccusation.verify(
          file,
          pinned.orElseThrow(
              () ->
                  new CommandFailure(
                      ExitCode.BAD_INPUT,
                      "whose signatures count in %s? Give the roster you know with --roster FILE"
                          .formatted(directory))));
    }
    SortedMap<String, Bytes> files = load(directory);
    if (WholeLog.isOne(files)) {
      return WholeLog.verify(files, receipts.map(VerifyCommand::promises).orElse(new TreeMap<>()));
    }
    if (receipts.isPresent()) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "--receipts are held against a copy of a whole log; %s is none".formatted(directory));
    }
    return FolderVerifier.verify(files, pinned);
  }

  private byte[] knownLogKey() {
    return DocumentFile.bytes(
        logKey.orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "whose log is %s of? Give the key you know with --log-key FILE, one line as in a folder's log/key"
                        .formatted(directory))));
  }

  /** What the log once signed: one file, or all of a folder. */
  private static SortedMap<String, Bytes> promises(Path path) {
    return Files.isRegularFile(path)
        ? new TreeMap<>(Map.of(path.toString(), Bytes.of(DocumentFile.bytes(path))))
        : load(path);
  }

  /** Every regular file below a folder by its name; links are refused, they could lead anywhere. */
  static SortedMap<String, Bytes> load(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new CommandFailure(ExitCode.BAD_INPUT, "there is no folder " + directory);
    }
    SortedMap<String, Bytes> files = new TreeMap<>();
    long bytes = 0;
    try (Stream<Path> walk = Files.walk(directory)) {
      for (Path path : (Iterable<Path>) walk::iterator) {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          continue;
        }
        bytes += Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) ? Files.size(path) : 0;
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
            || bytes > MOST_BYTES
            || files.size() == MOST_FILES) {
          throw new CommandFailure(
              ExitCode.VERIFICATION_FAILED,
              "%s is a link, or the folder has more than %d bytes or %d files"
                  .formatted(path, MOST_BYTES, MOST_FILES));
        }
        files.put(name(directory, path), Bytes.of(Files.readAllBytes(path)));
      }
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT, "cannot read " + directory + ": " + e.getMessage(), e);
    }
    return files;
  }

  private static String name(Path directory, Path file) {
    return directory.relativize(file).toString().replace('\\', '/');
  }

  private String text(Evidence evidence) {
    StringBuilder text = new StringBuilder();
    evidence.held().forEach(check -> text.append(line("\u2714", check)));
    evidence.fault().ifPresent(check -> text.append(line("\u2716", check)));
    text.append(evidence.isValid() ? "VALID" : "NOT VALID").append(": ").append(directory);
    if (evidence.isValid() && roster.isEmpty() && logKey.isEmpty()) {
      text.append(System.lineSeparator())
          .append("Compare the fingerprints of roster and log key over another channel,")
          .append(" or give the roster you know with --roster FILE.");
    }
    return text.append(System.lineSeparator()).toString();
  }

  private static String line(String mark, Evidence.Check check) {
    return String.format(Locale.ROOT, "%s %-13s %s%n", mark, check.name(), check.finding());
  }

  private static String json(Evidence evidence) {
    ObjectNode root = JsonMapper.builder().build().createObjectNode();
    root.put("schema", "althing/verification/v1").put("valid", evidence.isValid());
    ArrayNode checks = root.putArray("checks");
    evidence.held().forEach(check -> put(checks.addObject(), check, true));
    evidence.fault().ifPresent(check -> put(checks.addObject(), check, false));
    return root.toPrettyString() + System.lineSeparator();
  }

  private static void put(ObjectNode node, Evidence.Check check, boolean holds) {
    node.put("check", check.name()).put("holds", holds).put("finding", check.finding());
  }
}
