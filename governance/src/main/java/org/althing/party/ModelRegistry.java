package org.althing.party;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.althing.document.DocumentError;
import org.althing.document.StudyDocument;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.report.ModelFile;
import org.althing.report.RegisteredModel;
import org.althing.study.LogEntry;
import org.althing.study.LogFailure;
import org.althing.study.Study;
import org.althing.study.StudyEvent;
import org.althing.study.StudyLog;
import org.althing.study.StudyRecord;

/**
 * The models of finished studies: a fold of the log, like everything else that is said of studies.
 * Nothing is stored, and nothing can be registered that the log does not name.
 */
public final class ModelRegistry {
  public static final String LATEST = "latest";

  private ModelRegistry() {}

  /** Every model, in the order in which their reports came into the log. */
  public static List<RegisteredModel> of(StudyLog log) {
    List<RegisteredModel> models = new ArrayList<>();
    log.records().forEach(record -> of(log, record).ifPresent(models::add));
    models.sort((a, b) -> Long.compare(a.place(), b.place()));
    Map<String, Integer> versions = new HashMap<>();
    models.replaceAll(m -> numbered(m, versions.merge(m.study(), 1, Integer::sum)));
    // A report names a model before its study is closed: that one has its number, and is not there
    // yet.
    models.removeIf(m -> log.note(m.plan()).isEmpty());
    return List.copyOf(models);
  }

  /**
   * One model.
   *
   * @param version a number, or {@value #LATEST}
   */
  public static Optional<RegisteredModel> find(StudyLog log, String study, String version) {
    List<RegisteredModel> versions = of(log).stream().filter(m -> m.study().equals(study)).toList();
    return versions.stream()
        .filter(
            m ->
                version.equals(LATEST)
                    ? m.version() == versions.get(versions.size() - 1).version()
                    : Integer.toString(m.version()).equals(version))
        .findFirst();
  }

  private static RegisteredModel numbered(RegisteredModel m, int version) {
    return new RegisteredModel(
        m.study(),
        m.title(),
        m.method(),
        version,
        m.digest(),
        m.plan(),
        m.issued(),
        m.entries(),
        m.issue(),
        m.place());
  }

  private static Optional<RegisteredModel> of(StudyLog log, StudyRecord record) {
    for (LogEntry entry : record.entries()) {
      if (entry.event() instanceof StudyEvent.ReportIssued report
          && report.files().containsKey(ModelFile.NAME)) {
        Study study = study(record);
        return Optional.of(
            new RegisteredModel(
                study.id(),
                study.title(),
                study.analysis().word(),
                0,
                report.files().get(ModelFile.NAME),
                record.study(),
                entry.timeMillis(),
                record.entries().size(),
                entry.digest(),
                log.places(record.study()).get(entry.sequence())));
      }
    }
    return Optional.empty();
  }

  private static Study study(StudyRecord record) {
    try {
      return StudyDocument.read("study.yaml", record.submission().study().toArray());
    } catch (DocumentError e) {
      throw new IllegalStateException("the log holds a study that cannot be read", e);
    }
  }

  /**
   * The output folder that a model is part of, worked out of the log again.
   *
   * @throws LogFailure where it is not the model that the log names
   */
  public static SortedMap<String, Bytes> folder(StudyLog log, RegisteredModel model) {
    SortedMap<String, Bytes> files = StudyFiles.folder(log, model.plan());
    Bytes bytes = files.get(ModelFile.NAME);
    if (bytes == null || !Digest.of(bytes.toArray()).equals(model.digest())) {
      throw new LogFailure(
          "model %s, version %d, is not what the log names"
              .formatted(model.study(), model.version()));
    }
    return files;
  }
}
