package org.althing.node.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HexFormat;
import java.util.Set;
import org.althing.federation.SigningKey;
import org.althing.node.files.WholeFile;

/**
 * The file that holds the seed of a node's identity key, or of a person's own: 64 hexadecimal
 * digits, readable by its owner alone.
 */
public final class IdentityFile {
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private IdentityFile() {}

  /**
   * Writes a new key.
   *
   * @param seed from the operating system's generator
   * @throws java.nio.file.FileAlreadyExistsException if the file is there: a key is never replaced
   */
  public static SigningKey create(Path file, byte[] seed) throws IOException {
    SigningKey key = SigningKey.ofSeed(seed);
    String text = HexFormat.of().formatHex(seed) + "\n";
    WholeFile.create(file, text.getBytes(StandardCharsets.US_ASCII));
    return key;
  }

  public static SigningKey read(Path file) throws IOException {
    if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
      throw new IOException(
          "others may read the key in " + file + ": chmod 600 it, and replace the key");
    }
    String hex = Files.readString(file).strip();
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IOException(file + " holds no seed of 64 hexadecimal digits");
    }
    return SigningKey.ofSeed(HexFormat.of().parseHex(hex));
  }
}
