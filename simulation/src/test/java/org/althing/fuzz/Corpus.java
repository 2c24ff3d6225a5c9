package org.althing.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The inputs kept for a decoder: a zip of the fewest that reach everything that was ever reached,
 * and beside it a folder of those that once broke a promise, each named by what it broke.
 */
final class Corpus {
  private Corpus() {}

  /** The kept inputs by name, once-broken promises among them. */
  static SortedMap<String, byte[]> kept(Decoder decoder) {
    SortedMap<String, byte[]> kept = new TreeMap<>(broken(decoder));
    try (InputStream in = Corpus.class.getResourceAsStream(decoder.word() + ".zip")) {
      if (in != null) {
        ZipInputStream zip = new ZipInputStream(in);
        for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
          kept.put(e.getName(), zip.readAllBytes());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return kept;
  }

  /** The inputs that once broke a promise. */
  static SortedMap<String, byte[]> broken(Decoder decoder) {
    URL folder = Corpus.class.getResource(decoder.word());
    if (folder == null) {
      return new TreeMap<>();
    }
    try {
      return files(Path.of(folder.toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the class path holds a folder that is no place", e);
    }
  }

  /** The files of a folder by name. */
  static SortedMap<String, byte[]> files(Path folder) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> listed = Files.list(folder)) {
      for (Path file : (Iterable<Path>) listed::iterator) {
        files.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /** The bytes of a zip that {@link #kept} reads; the same inputs give the same bytes. */
  static byte[] zip(SortedMap<String, byte[]> inputs) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (var input : inputs.entrySet()) {
        ZipEntry entry = new ZipEntry(input.getKey());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(input.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
