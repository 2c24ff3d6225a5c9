package org.althing.node.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * A file of its owner alone, durable when the call returns: written beside, synced, renamed over,
 * and the folder synced. Whoever reads meanwhile finds the old content or the new.
 */
public final class WholeFile {
  /** Ends the name of what is being written, which no reader takes for a file. */
  public static final String UNFINISHED = ".new";

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY = mode("rw-------");
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER = mode("rwx------");

  private WholeFile() {}

  public static void write(Path file, byte[] content) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + UNFINISHED);
    Files.deleteIfExists(beside);
    write(beside, content, StandardOpenOption.CREATE_NEW);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncFolderOf(file);
  }

  /**
   * Writes a file that must not be there, such as a key.
   *
   * @throws FileAlreadyExistsException if it is
   */
  public static void create(Path file, byte[] content) throws IOException {
    Path beside =
        Files.createTempFile(folderOf(file), file.getFileName() + "-", UNFINISHED, OWNER_ONLY);
    try {
      write(beside, content, StandardOpenOption.WRITE);
      // A rename would replace; a link is made only where there is nothing.
      Files.createLink(file, beside);
    } finally {
      Files.deleteIfExists(beside);
    }
    syncFolderOf(file);
  }

  /** Removes a file, durably; one that is not there is no fault. */
  public static void remove(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      syncFolderOf(file);
    }
  }

  /** Makes the folder, and those above it, for their owner alone. */
  public static Path folder(Path folder) throws IOException {
    return Files.createDirectories(folder, FOLDER);
  }

  private static void write(Path file, byte[] content, StandardOpenOption how) throws IOException {
    try (FileChannel out =
        FileChannel.open(file, EnumSet.of(how, StandardOpenOption.WRITE), OWNER_ONLY)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
  }

  private static Path folderOf(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
  }

  private static void syncFolderOf(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(folderOf(file), StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static FileAttribute<Set<PosixFilePermission>> mode(String mode) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
  }
}
