package org.althing.node.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HexFormat;
import java.util.Set;
import org.althing.federation.SigningKey;

/**
 * The file that holds the seed of a node's identity key: 64 hexadecimal digits, readable by its
 * owner alone.
 */
public final class IdentityFile {
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private IdentityFile() {}

  public static SigningKey read(Path file) throws IOException {
    if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
      throw new IOException(
          "others may read the identity key in " + file + ": chmod 600 it, and replace the key");
    }
    String hex = Files.readString(file).strip();
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IOException(file + " holds no seed of 64 hexadecimal digits");
    }
    return SigningKey.ofSeed(HexFormat.of().parseHex(hex));
  }
}
