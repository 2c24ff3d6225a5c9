package org.althing.node.declarations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.althing.encoding.CanonicalReader;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.node.files.FolderListing;
import org.althing.node.files.WholeFile;
import org.althing.policy.Retention;
import org.althing.study.Declaration;

/**
 * What a policy's retention lets a node erase: files, by kind, that are older than their period.
 * What cannot be made out to be older stays. A file that is erased is unlinked; whether its blocks
 * are overwritten is the file system's matter.
 */
public final class RetentionSweep {
  /** One sweep erases no more; the next goes on. */
  public static final int MOST_FILES = 500;

  /** The folders of the state that files are erased from. */
  private static final List<String> ERASED_FROM =
      List.of("outbox", "approvals", "policy-consents", "openings");

  private static final String LABEL = "erased-list/v1";
  private static final String BEGUN = "sweep/v1";
  private static final Pattern MILLIS = Pattern.compile("([0-9]{13})-.*");
  private static final Pattern COMMITMENT = Pattern.compile("[0-9]{13}-([0-9a-f]{64})[.]opening");

  private final Path state;
  private final Retention retention;
  private final Instant now;

  /**
   * @param state the node's folder of that name
   */
  public RetentionSweep(Path state, Retention retention, Instant now) {
    this.state = state;
    this.retention = retention;
    this.now = now;
  }

  /**
   * The files of one kind that are too old.
   *
   * @param before all of them are older than this
   */
  public record Due(Retention.Kind kind, Instant before, List<Path> files) {
    public Due {
      files = List.copyOf(files);
    }
  }

  /** What is due, by kind; kinds of which nothing is are not named. Changes nothing. */
  public List<Due> due() throws IOException {
    List<Due> all = new ArrayList<>();
    for (Map.Entry<Retention.Kind, Period> each : retention.periods().entrySet()) {
      LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
      Instant before = today.minus(each.getValue()).atStartOfDay().toInstant(ZoneOffset.UTC);
      List<Path> files = new ArrayList<>();
      for (Path file : files(each.getKey())) {
        boolean old = lastTouched(file).filter(end -> !end.isAfter(before)).isPresent();
        if (old && files.size() < MOST_FILES) {
          files.add(file);
        }
      }
      if (!files.isEmpty()) {
        all.add(new Due(each.getKey(), before, files));
      }
    }
    return all;
  }

  private List<Path> files(Retention.Kind kind) throws IOException {
    return switch (kind) {
      case OUTBOX -> {
        List<Path> months = FolderListing.of(state.resolve("outbox"), ".sent");
        // The newest month tells the number of the last message.
        yield months.isEmpty() ? months : months.subList(0, months.size() - 1);
      }
      case APPROVALS -> {
        List<Path> said = new ArrayList<>(statements());
        said.addAll(FolderListing.of(state.resolve("policy-consents"), ".consent"));
        yield said;
      }
      case SALTS -> FolderListing.of(state.resolve("openings"), ".opening");
    };
  }

  /** What people said of studies on which nobody is asked any more. */
  private List<Path> statements() throws IOException {
    List<Path> said = new ArrayList<>();
    Path approvals = state.resolve("approvals");
    if (Files.isDirectory(approvals)) {
      try (var plans = Files.list(approvals)) {
        for (Path plan : (Iterable<Path>) plans.sorted()::iterator) {
          Path request = state.resolve("requests").resolve(plan.getFileName() + ".request");
          if (Files.isDirectory(plan) && !Files.exists(request)) {
            said.addAll(FolderListing.of(plan, ".approval"));
          }
        }
      }
    }
    return said;
  }

  /** The time by which everything in a file had been written, from its name. */
  private static Optional<Instant> lastTouched(Path file) {
    String name = String.valueOf(file.getFileName());
    Matcher millis = MILLIS.matcher(name);
    if (millis.matches()) {
      return Optional.of(Instant.ofEpochMilli(Long.parseLong(millis.group(1))));
    }
    try {
      YearMonth month = YearMonth.parse(name.replaceFirst("[.]sent$", ""));
      return Optional.of(month.plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /**
   * What is to be declared of an erasure, worked out before it: of each kind how many files, and
   * the digest of the list of their digests; and which commitments nobody can open afterwards.
   */
  static Declaration.Erased matter(Digest policy, List<Due> due) throws IOException {
    List<Declaration.Lot> lots = new ArrayList<>();
    List<Digest> salts = new ArrayList<>();
    for (Due each : due) {
      List<Digest> list = new ArrayList<>();
      for (Path file : each.files()) {
        list.add(Digest.of(Files.readAllBytes(file)));
        Matcher commitment = COMMITMENT.matcher(String.valueOf(file.getFileName()));
        if (each.kind() == Retention.Kind.SALTS && commitment.matches()) {
          salts.add(Digest.ofHex(commitment.group(1)));
        }
      }
      Digest digest = new CanonicalWriter(LABEL).putList(list, CanonicalWriter::putDigest).digest();
      lots.add(
          new Declaration.Lot(
              each.kind().word(), each.before().toEpochMilli(), each.files().size(), digest));
    }
    return new Declaration.Erased(policy, lots, salts);
  }

  /** What was begun and perhaps not finished: files that go, and what will be declared of them. */
  public record Begun(Declaration.Matter matter, List<Path> files) {}

  /** Writes down, durably, what is about to be erased, so that it is declared whatever happens. */
  public Begun begin(Digest policy, List<Due> due) throws IOException {
    Declaration.Matter matter = matter(policy, due);
    List<Path> files = due.stream().flatMap(each -> each.files().stream()).toList();
    byte[] begun =
        new CanonicalWriter(BEGUN)
            .putBytes(matter.toBytes())
            .putList(files, (w, file) -> w.putString(state.relativize(file).toString()))
            .toBytes();
    WholeFile.write(sweepFile(), begun);
    return new Begun(matter, files);
  }

  /** A sweep that a crash cut short. */
  public Optional<Begun> begun() throws IOException {
    if (!Files.exists(sweepFile())) {
      return Optional.empty();
    }
    try {
      CanonicalReader in = new CanonicalReader(Files.readAllBytes(sweepFile()), BEGUN);
      Declaration.Matter matter = Declaration.matterOf(in.getBytes());
      List<Path> files = in.getList(r -> state.resolve(r.getString()));
      in.end();
      if (!files.stream().allMatch(this::mayBeErased)) {
        throw new IOException(sweepFile() + " names files that no sweep erases");
      }
      return Optional.of(new Begun(matter, files));
    } catch (MalformedEncoding e) {
      throw new IOException(sweepFile() + " is damaged: " + e.getMessage(), e);
    }
  }

  private boolean mayBeErased(Path file) {
    return ERASED_FROM.stream()
        .anyMatch(folder -> file.normalize().startsWith(state.resolve(folder).normalize()));
  }

  private Path sweepFile() {
    return state.resolve("sweep");
  }

  /** Erases the files of a sweep, durably; those that are gone already are no fault. */
  public static void erase(Begun sweep) throws IOException {
    for (Path file : sweep.files()) {
      WholeFile.remove(file);
    }
  }

  /** To be called when the sweep is declared. */
  public void done() throws IOException {
    WholeFile.remove(sweepFile());
  }
}
