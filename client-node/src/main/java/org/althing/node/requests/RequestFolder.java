package org.althing.node.requests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.althing.approval.Approval;
import org.althing.approval.SignedApproval;
import org.althing.document.Document;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.node.files.FolderListing;
import org.althing.node.files.WholeFile;
import org.althing.party.PendingStudy;

/**
 * What the node's process and the commands of its people share: {@code requests}, which the process
 * writes, and {@code approvals}, to which the commands add. Every file is written once and whole; a
 * statement stays when its study is over.
 */
public final class RequestFolder {
  /** More statements on one plan are not written, and where there are more none is read. */
  public static final int MOST_STATEMENTS = 500;

  private static final String REQUEST = ".request";
  private static final String STATEMENT = ".approval";
  private static final int MOST_REQUEST_BYTES = 2 * Document.MOST_BYTES + 1024;

  private final Path requests;
  private final Path approvals;

  /**
   * @param state the node's folder of that name
   */
  public RequestFolder(Path state) {
    this.requests = state.resolve("requests");
    this.approvals = state.resolve("approvals");
  }

  // What people are asked.

  public void file(PendingStudy pending) throws IOException {
    WholeFile.folder(requests);
    WholeFile.write(requestFile(pending.matter().plan()), pending.toBytes());
  }

  public void discard(Digest plan) throws IOException {
    WholeFile.remove(requestFile(plan));
  }

  private Path requestFile(Digest plan) {
    return requests.resolve(plan.hex() + REQUEST);
  }

  /**
   * Every study that people are asked about, by plan.
   *
   * @param faults is told of files that cannot be read, which are passed over: the coordinator
   *     offers their studies again
   */
  public List<PendingStudy> pending(Consumer<String> faults) throws IOException {
    List<PendingStudy> found = new ArrayList<>();
    for (Path file : FolderListing.of(requests, REQUEST)) {
      try {
        PendingStudy pending = PendingStudy.ofBytes(read(file, MOST_REQUEST_BYTES));
        if (file.equals(requestFile(pending.matter().plan()))) {
          found.add(pending);
        } else {
          faults.accept(file + " is of another plan");
        }
      } catch (MalformedEncoding e) {
        faults.accept(file + " is no request: " + e.getMessage());
      }
    }
    return found;
  }

  // What they said.

  /** Adds a statement. */
  public Path add(SignedApproval statement) throws IOException {
    Approval said = statement.approval();
    Path folder = WholeFile.folder(statementsOn(said.matter().plan()));
    if (FolderListing.of(folder, STATEMENT).size() >= MOST_STATEMENTS) {
      throw new IOException(
          "%s holds %d statements: move older ones away first".formatted(folder, MOST_STATEMENTS));
    }
    Path file =
        folder.resolve(
            String.format(
                Locale.ROOT,
                "%013d-%s-%s%s",
                said.givenMillis(),
                said.person(),
                statement.digest().brief(),
                STATEMENT));
    WholeFile.write(file, statement.toBytes());
    return file;
  }

  /** The names of a plan's statements, which change when there is one more. */
  public List<String> namesOn(Digest plan) throws IOException {
    return FolderListing.of(statementsOn(plan), STATEMENT).stream()
        .map(file -> file.getFileName().toString())
        .toList();
  }

  /**
   * Everything that was said on a plan, unverified.
   *
   * @param faults is told of files that cannot be read, which are passed over
   */
  public List<SignedApproval> statements(Digest plan, Consumer<String> faults) throws IOException {
    List<Path> files = FolderListing.of(statementsOn(plan), STATEMENT);
    if (files.size() > MOST_STATEMENTS) {
      throw new IOException(
          "%s holds more than %d statements: none of them counts"
              .formatted(statementsOn(plan), MOST_STATEMENTS));
    }
    List<SignedApproval> found = new ArrayList<>();
    for (Path file : files) {
      try {
        found.add(SignedApproval.ofBytes(read(file, SignedApproval.MOST_BYTES)));
      } catch (MalformedEncoding e) {
        faults.accept(file + " is no statement: " + e.getMessage());
      }
    }
    return found;
  }

  private Path statementsOn(Digest plan) {
    return approvals.resolve(plan.hex());
  }

  private static byte[] read(Path file, int most) throws IOException, MalformedEncoding {
    if (Files.size(file) > most) {
      throw new MalformedEncoding("it has more than " + most + " bytes");
    }
    return Files.readAllBytes(file);
  }
}
