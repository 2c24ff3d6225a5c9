package org.althing.fuzz;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.encoding.MalformedEncoding;
import org.althing.report.ModelFile;
import org.althing.report.PaperStudy;

/** Model files as they come with a folder, or by mail. */
final class ModelFiles implements FuzzTarget {
  @Override
  public boolean take(byte[] input) {
    ModelFile model;
    try {
      model = ModelFile.ofBytes(input);
    } catch (MalformedEncoding e) {
      Promise.showable(e);
      return false;
    }
    try {
      Promise.sameValue(model, ModelFile.ofBytes(model.toBytes()));
    } catch (MalformedEncoding e) {
      throw new AssertionError("a model's own file is refused", e);
    }
    return true;
  }

  @Override
  public SortedMap<String, byte[]> seeds() {
    SortedMap<String, byte[]> seeds = new TreeMap<>();
    for (String study :
        List.of(
            PaperStudy.NAIVE_BAYES,
            PaperStudy.NORMAL,
            PaperStudy.PAIRS,
            PaperStudy.LOGISTIC,
            PaperStudy.CLASSES)) {
      seeds.put(
          "model-" + seeds.size(),
          PaperStudy.completed(study, 40).folder().get(ModelFile.NAME).toArray());
    }
    return seeds;
  }

  @Override
  public List<String> words() {
    return List.of(
        "\"schema\"",
        "\"study\"",
        "\"columns\"",
        "\"features\"",
        "\"label\"",
        "\"weights\"",
        "\"weight\"",
        "\"of\"",
        "\"minimum\"",
        "\"maximum\"",
        "\"edges\"",
        "\"whole\"",
        "\"categories\"",
        "\"missing_codes\"",
        "\"required\"",
        "\"positive\"",
        "\"classes\"",
        "\"column\"",
        "null",
        "true",
        "false",
        "1e400",
        "-0.0",
        "1e-400",
        "0.1E+2",
        "9007199254740993",
        "\\u0000",
        "\\uD800",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":");
  }

  @Override
  public int mostBytes() {
    return 6000;
  }

  @Override
  public Allowance allowance() {
    return new Allowance(4 << 20, 2000);
  }
}
