package org.althing.deploy.lab;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Unpacks a study's output; a file name that leads outside the folder, or a bundle without end, is
 * refused.
 */
final class Archive {
  static final int MOST_FILES = 10_000;
  static final long MOST_BYTES = 1L << 30;

  private Archive() {}

  /** Writes the files of a zip archive into a new folder; answers their names. */
  static List<String> unpack(byte[] zip, Path folder) throws IOException {
    Files.createDirectories(folder);
    Path inside = folder.toAbsolutePath().normalize();
    List<String> names = new ArrayList<>();
    long left = MOST_BYTES;
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path file = inside.resolve(entry.getName()).normalize();
        if (!file.startsWith(inside) || file.equals(inside)) {
          throw new IOException("the bundle holds a file name that leads outside its folder");
        }
        if (entry.isDirectory()) {
          Files.createDirectories(file);
          continue;
        }
        if (names.size() == MOST_FILES) {
          throw new IOException("the bundle holds more than " + MOST_FILES + " files");
        }
        Path parent = file.getParent();
        Files.createDirectories(parent == null ? inside : parent);
        byte[] content = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, left + 1));
        left -= content.length;
        if (left < 0) {
          throw new IOException("the bundle unpacks to more than " + MOST_BYTES + " bytes");
        }
        Files.write(file, content);
        names.add(entry.getName());
      }
    }
    return names;
  }
}
