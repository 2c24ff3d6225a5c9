package org.althing.cli;

import static org.althing.cli.EvidenceFault.require;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.report.StudyFolder;
import org.althing.study.LogEntry;
import org.althing.study.StudyEvent;
import org.althing.study.StudyRecord;

/** The files of a folder to be verified, and the log entries among a study's. */
final class StudyFiles {
  private static final Pattern DECLARED = Pattern.compile("declared/([0-9]{4,9})[.]entry");

  private final SortedMap<String, Bytes> files;

  StudyFiles(SortedMap<String, Bytes> files) {
    this.files = new TreeMap<>(files);
  }

  Bytes bytes(String name) throws EvidenceFault {
    Bytes bytes = files.get(name);
    if (bytes == null) {
      throw new EvidenceFault("the file " + name + " is missing");
    }
    return bytes;
  }

  String text(String name) throws EvidenceFault {
    byte[] bytes = bytes(name).toArray();
    String text = new String(bytes, StandardCharsets.UTF_8);
    require(
        Bytes.of(text.getBytes(StandardCharsets.UTF_8)).equals(bytes(name)),
        "the file " + name + " is no UTF-8 text");
    return text;
  }

  /** All entries in order; the last is the issue of the report, and nothing follows it. */
  List<LogEntry> entries() throws EvidenceFault {
    List<LogEntry> entries = new ArrayList<>();
    while (files.containsKey(StudyFolder.entryName(entries.size()))) {
      String name = StudyFolder.entryName(entries.size());
      try {
        entries.add(LogEntry.ofBytes(bytes(name).toArray()));
      } catch (MalformedEncoding | IllegalArgumentException e) {
        throw new EvidenceFault(name + " is no log entry: " + e.getMessage());
      }
    }
    require(!entries.isEmpty(), "there is no " + StudyFolder.entryName(0));
    try {
      StudyRecord record = StudyRecord.of(entries);
      require(record.ended(), "the study has not ended");
      require(
          record.events(StudyEvent.ReportIssued.class).size() == 1
              && last(entries).event() instanceof StudyEvent.ReportIssued,
          "the last entry must issue the report");
      StudyEvent end = entries.get(entries.size() - 2).event();
      require(
          end instanceof StudyEvent.StudyCompleted || end instanceof StudyEvent.StudyStopped,
          "something stands between the study's end and its report");
    } catch (IllegalStateException e) {
      throw new EvidenceFault(String.valueOf(e.getMessage()));
    }
    return entries;
  }

  /**
   * Whether the files are those that the entries speak of, with the digests that they give; answers
   * the names of those that the report's entry issues.
   */
  Set<String> requireExactly(List<LogEntry> entries) throws EvidenceFault {
    StudyEvent.ReportIssued issued = (StudyEvent.ReportIssued) last(entries).event();
    SortedSet<String> expected = new TreeSet<>(issued.files().keySet());
    expected.addAll(List.of(StudyFolder.LOG_KEY, StudyFolder.CHECKPOINT));
    for (LogEntry entry : entries) {
      expected.add(StudyFolder.entryName(entry.sequence()));
      expected.add(StudyFolder.proofName(entry.sequence()));
      if (entry.event() instanceof StudyEvent.Witnessed) {
        expected.add(StudyFolder.consistencyName(entry.sequence()));
      }
    }
    for (int sequence : declared()) {
      expected.add(StudyFolder.declaredName(sequence));
      expected.add(StudyFolder.declaredProofName(sequence));
    }
    requireNames(expected);
    for (Map.Entry<String, Digest> file : issued.files().entrySet()) {
      require(
          Digest.of(bytes(file.getKey()).toArray()).equals(file.getValue()),
          file.getKey() + " is not the file that the log names: its SHA-256 differs");
    }
    return issued.files().keySet();
  }

  /** The numbers of the declarations that lie beside the study's entries, ascending. */
  SortedSet<Integer> declared() {
    SortedSet<Integer> numbers = new TreeSet<>();
    for (String name : files.keySet()) {
      Matcher matcher = DECLARED.matcher(name);
      if (matcher.matches()) {
        int number = Integer.parseInt(matcher.group(1));
        if (StudyFolder.declaredName(number).equals(name)) {
          numbers.add(number);
        }
      }
    }
    return numbers;
  }

  /** Whether these files are there and no others. */
  void requireNames(Set<String> expected) throws EvidenceFault {
    require(
        expected.containsAll(files.keySet()),
        "a file too many: " + first(files.keySet(), expected));
    require(
        files.keySet().containsAll(expected),
        "a file is missing: " + first(expected, files.keySet()));
  }

  int size() {
    return files.size();
  }

  static String first(Set<String> among, Set<String> known) {
    return among.stream().filter(name -> !known.contains(name)).findFirst().orElse("");
  }

  static LogEntry last(List<LogEntry> entries) {
    return entries.get(entries.size() - 1);
  }
}
