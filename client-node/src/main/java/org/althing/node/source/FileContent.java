package org.althing.node.source;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.zip.ZipException;
import org.althing.encoding.Digest;
import org.althing.node.source.SourceProblem.Kind;

/**
 * The content of a file, of a {@code .gz} file what was compressed, and the digest of the bytes as
 * they lie there.
 */
public final class FileContent extends InputStream {
  private final DigestInputStream raw;
  private final InputStream content;

  private FileContent(DigestInputStream raw, InputStream content) {
    this.raw = raw;
    this.content = content;
  }

  /**
   * Opens a file.
   *
   * @throws IOException as does reading, which {@link #problem} says in words
   */
  public static FileContent open(Path file) throws IOException {
    MessageDigest sha256 = Digest.sha256();
    InputStream stored = Files.newInputStream(file);
    DigestInputStream raw = new DigestInputStream(new BufferedInputStream(stored), sha256);
    try {
      return new FileContent(
          raw, compressed(file) ? Expansion.of(raw, Expansion.Limits.DECLARED) : raw);
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /** Reads a file to its end, so that what expands beyond the limits is refused. */
  static Digest digest(Path file) throws IOException {
    try (FileContent content = open(file)) {
      return content.digest();
    }
  }

  static boolean compressed(Path file) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".gz");
  }

  /** Reads what is left, and returns the digest of the file's bytes. */
  Digest digest() throws IOException {
    content.transferTo(OutputStream.nullOutputStream());
    // A reader of gzip stops before what is not gzip; the digest is of every byte.
    raw.transferTo(OutputStream.nullOutputStream());
    return Digest.ofBytes(raw.getMessageDigest().digest());
  }

  /** What an error in reading means. */
  public static SourceProblem problem(Path file, IOException e) {
    String name = String.valueOf(file.getFileName());
    if (e instanceof Expansion.Exceeded) {
      return new SourceProblem(
          Kind.EXPANSION, name, "expected %s → compress the file again".formatted(e.getMessage()));
    }
    if (e instanceof ZipException || e instanceof EOFException) {
      return new SourceProblem(Kind.MALFORMED, name, "expected gzip → compress the file again");
    }
    return new SourceProblem(
        Kind.UNREADABLE,
        file.toString(),
        "%s → check that the file is there and may be read"
            .formatted(e.getClass().getSimpleName()));
  }

  @Override
  public int read() throws IOException {
    return content.read();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return content.read(bytes, offset, length);
  }

  @Override
  public void close() throws IOException {
    try (raw) {
      content.close();
    }
  }
}
