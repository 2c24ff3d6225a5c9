package org.althing.node.declarations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.federation.SigningKey;
import org.althing.node.files.FolderListing;
import org.althing.node.files.WholeFile;
import org.althing.study.Declaration;
import org.althing.study.Opening;
import org.althing.study.Signed;

/**
 * What the commands of a node's people declare and its process sends: one file each, in the folder
 * {@code declarations} of the node's state; beside them, in {@code openings}, what opens the
 * commitments in them. A declaration that was written is sent until the log has it.
 */
public final class DeclarationFolder {
  private static final String DECLARATION = ".declaration";
  private static final String OPENING = ".opening";

  private final Path declarations;
  private final Path openings;

  /**
   * @param state the node's folder of that name
   */
  public DeclarationFolder(Path state) {
    this.declarations = state.resolve("declarations");
    this.openings = state.resolve("openings");
  }

  /**
   * Signs a declaration and writes it down, with what opens the commitments in it before.
   *
   * @param after the largest number of this node that the log is known to have
   */
  public Signed<Declaration> add(
      NodeId node,
      SigningKey key,
      Declaration.Matter matter,
      List<Opening> opened,
      long after,
      long nowMillis)
      throws IOException {
    for (Opening opening : opened) {
      WholeFile.folder(openings);
      WholeFile.write(
          openings.resolve(
              String.format(
                  Locale.ROOT, "%013d-%s%s", nowMillis, opening.commitment().hex(), OPENING)),
          opening.toBytes());
    }
    long number = Math.max(after, last()) + 1;
    Signed<Declaration> signed = Signed.by(key, new Declaration(node, number, nowMillis, matter));
    WholeFile.folder(declarations);
    WholeFile.create(
        declarations.resolve(String.format(Locale.ROOT, "%012d%s", number, DECLARATION)),
        signed.toBytes());
    return signed;
  }

  private long last() throws IOException {
    List<Signed<Declaration>> all = all();
    return all.isEmpty() ? 0 : all.get(all.size() - 1).statement().number();
  }

  /** The names of all files, which change when there is one more. */
  public List<String> names() throws IOException {
    return FolderListing.of(declarations, DECLARATION).stream()
        .map(file -> file.getFileName().toString())
        .toList();
  }

  /** Every declaration, by number. */
  public List<Signed<Declaration>> all() throws IOException {
    List<Signed<Declaration>> found = new ArrayList<>();
    for (Path file : FolderListing.of(declarations, DECLARATION)) {
      try {
        found.add(Signed.ofBytes(read(file, Declaration.MOST_BYTES * 2), Declaration::ofBytes));
      } catch (MalformedEncoding e) {
        throw new IOException(file + " is no declaration: " + e.getMessage(), e);
      }
    }
    return found;
  }

  /** What opens a commitment; nothing where it is not of this node, or was erased. */
  public Optional<Opening> opening(Digest commitment) throws IOException {
    for (Path file : FolderListing.of(openings, commitment.hex() + OPENING)) {
      try {
        Opening opening = Opening.ofBytes(read(file, Opening.MOST_BYTES));
        if (opening.commitment().equals(commitment)) {
          return Optional.of(opening);
        }
      } catch (MalformedEncoding e) {
        throw new IOException(file + " opens no commitment: " + e.getMessage(), e);
      }
    }
    return Optional.empty();
  }

  private static byte[] read(Path file, int most) throws IOException, MalformedEncoding {
    if (Files.size(file) > most) {
      throw new MalformedEncoding("it has more than " + most + " bytes");
    }
    return Files.readAllBytes(file);
  }
}
