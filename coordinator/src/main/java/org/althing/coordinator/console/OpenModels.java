package org.althing.coordinator.console;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.party.ModelRegistry;
import org.althing.report.ModelFile;
import org.althing.report.RegisteredModel;
import org.althing.report.ResultFile;
import org.althing.report.StudyReport;
import org.althing.study.LogFailure;

/**
 * The models that were asked for last, as their studies' folders have them: working a folder out of
 * the log again takes far longer than scoring a row. They never change.
 */
@ApplicationScoped
class OpenModels {
  private static final int MOST = 8;

  @Inject Instance<ModelRegistry> registry;

  private final Map<Digest, Open> opened = new LinkedHashMap<>(2 * MOST, 0.75f, true);

  /** A model with the files that speak of it. */
  record Open(ModelFile model, Map<String, Bytes> files) {
    Open {
      files = Map.copyOf(files);
    }

    Bytes file(String name) {
      Bytes bytes = files.get(name);
      if (bytes == null) {
        throw new IllegalArgumentException("no file is kept under the name " + name);
      }
      return bytes;
    }
  }

  /** One at a time: a folder that two callers want is worked out once. */
  synchronized Open of(RegisteredModel model) {
    Open open = opened.get(model.plan());
    if (open == null) {
      open = read(model);
      opened.put(model.plan(), open);
      if (opened.size() > MOST) {
        opened.remove(opened.keySet().iterator().next());
      }
    }
    return open;
  }

  private Open read(RegisteredModel model) {
    SortedMap<String, Bytes> folder = registry.get().folder(model);
    try {
      return new Open(
          ModelFile.ofBytes(required(folder, ModelFile.NAME).toArray()),
          Map.of(
              ResultFile.NAME, required(folder, ResultFile.NAME),
              StudyReport.NAME, required(folder, StudyReport.NAME)));
    } catch (MalformedEncoding e) {
      throw new LogFailure("the model of study " + model.study() + " cannot be read", e);
    }
  }

  private static Bytes required(SortedMap<String, Bytes> folder, String name) {
    Bytes bytes = folder.get(name);
    if (bytes == null) {
      throw new LogFailure("the folder of a finished study lacks " + name);
    }
    return bytes;
  }
}
