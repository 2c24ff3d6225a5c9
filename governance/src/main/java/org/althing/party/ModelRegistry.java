package org.althing.party;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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
 *
 * <p>The log only grows, so the fold goes on from where it was: each study is read once. What is
 * held is one {@link RegisteredModel} each. Safe for concurrent use; where no study has ended since
 * the last call, callers do not wait for each other.
 */
public final class ModelRegistry {
  public static final String LATEST = "latest";

  private final StudyLog log;

  /** Named by a report, and numbered; not there before their studies are closed. */
  private final Map<Digest, Waiting> waiting = new LinkedHashMap<>();

  private final SortedMap<Long, RegisteredModel> byPlace = new TreeMap<>();
  private final Map<String, Integer> versions = new HashMap<>();
  private int reports;
  private volatile View view = new View(0, List.of(), Map.of());

  private record Waiting(Study study, int version, Digest model) {}

  /**
   * What there was when the log had so many outcomes.
   *
   * @param named by study, then by version
   */
  private record View(
      long outcomes,
      List<RegisteredModel> models,
      Map<String, Map<String, RegisteredModel>> named) {}

  public ModelRegistry(StudyLog log) {
    this.log = log;
  }

  /** Every model, in the order in which their reports came into the log. */
  public List<RegisteredModel> models() {
    return newest().models();
  }

  /**
   * One model.
   *
   * @param version a number, or {@value #LATEST}
   */
  public Optional<RegisteredModel> find(String study, String version) {
    return Optional.ofNullable(newest().named().getOrDefault(study, Map.of()).get(version));
  }

  private View newest() {
    View seen = view;
    return seen.outcomes() == log.outcomes() ? seen : goOn();
  }

  private synchronized View goOn() {
    // Before the log is read: what comes meanwhile is looked at once more.
    long outcomes = log.outcomes();
    for (Digest plan : log.reported(reports)) {
      StudyRecord record = log.record(plan).orElseThrow();
      Digest model = record.report().orElseThrow().files().get(ModelFile.NAME);
      if (model != null) {
        Study study = study(record);
        waiting.put(plan, new Waiting(study, versions.merge(study.id(), 1, Integer::sum), model));
      }
      reports++;
    }
    for (Map.Entry<Digest, Waiting> each : List.copyOf(waiting.entrySet())) {
      Digest plan = each.getKey();
      if (log.note(plan).isPresent()) {
        RegisteredModel model = model(log.record(plan).orElseThrow(), each.getValue());
        byPlace.put(model.place(), model);
        waiting.remove(plan);
      }
    }
    Map<String, Map<String, RegisteredModel>> named = new HashMap<>();
    for (RegisteredModel model : byPlace.values()) {
      Map<String, RegisteredModel> ofStudy =
          named.computeIfAbsent(model.study(), s -> new HashMap<>());
      ofStudy.put(Integer.toString(model.version()), model);
      ofStudy.put(LATEST, model);
    }
    view = new View(outcomes, List.copyOf(byPlace.values()), named);
    return view;
  }

  private RegisteredModel model(StudyRecord record, Waiting named) {
    LogEntry issue =
        record.entries().stream()
            .filter(entry -> entry.event() instanceof StudyEvent.ReportIssued)
            .findFirst()
            .orElseThrow();
    return new RegisteredModel(
        named.study().id(),
        named.study().title(),
        named.study().analysis().word(),
        named.version(),
        named.model(),
        record.study(),
        issue.timeMillis(),
        record.entries().size(),
        issue.digest(),
        log.places(record.study()).get(issue.sequence()));
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
  public SortedMap<String, Bytes> folder(RegisteredModel model) {
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
