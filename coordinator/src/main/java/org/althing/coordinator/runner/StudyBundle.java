package org.althing.coordinator.runner;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.althing.encoding.Digest;
import org.althing.party.StudyFiles;
import org.althing.study.StudyLog;

/** A closed study's output folder in one piece. */
public final class StudyBundle {
  private StudyBundle() {}

  /** The folder, zipped; the same bytes every time. */
  public static byte[] zip(StudyLog log, Digest study) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (var file : StudyFiles.folder(log, study).entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(file.getValue().toArray());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to be written", e);
    }
    return out.toByteArray();
  }
}
