package org.althing.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.althing.contract.Excerpt;
import org.althing.document.DocumentError;
import org.althing.document.StudyDocument;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.report.ModelFile;
import org.althing.report.ResultFile;
import org.althing.report.StudyFolder;
import org.althing.study.Study;

/**
 * What a study's output folder says of its model. Read off the files as they are: whether they hold
 * is {@link FolderVerifier}'s matter.
 *
 * @param digest of {@code model.json}
 * @param people the declared, rough number of people; empty where none was declared
 * @param epsilon as printed; of the study's whole cost
 * @param evaluatedOn which records the figures are of
 * @param tried what was tried beside it, in words, the chosen one first; empty where nothing was
 * @param groups where the study asked for them
 * @param errors of each weight, of noise and sampling together, one deviation; empty where the
 *     study has none
 */
record ModelCard(
    ModelFile model,
    Digest digest,
    String people,
    String epsilon,
    Optional<Rate> accuracy,
    Optional<Rate> auc,
    String evaluatedOn,
    List<String> tried,
    Optional<ByGroup> groups,
    List<Double> errors) {
  ModelCard {
    tried = List.copyOf(tried);
    errors = List.copyOf(errors);
  }

  /**
   * A rate of the held-out records.
   *
   * @param value not below 0 nor above 1, whatever the noise did
   * @param error of noise and sampling together, one deviation
   */
  record Rate(double value, double error, boolean cut) {
    static Optional<Rate> of(JsonNode measure) {
      if (!measure.isObject()) {
        return Optional.empty();
      }
      double raw = measure.path("value").asDouble();
      double value = Math.max(0, Math.min(1, raw));
      return Optional.of(new Rate(value, errorOf(measure), value != raw));
    }

    String text() {
      return "%s \u00b1 %s%s".formatted(fixed(value, 3), fixed(error, 3), cut ? " (cut)" : "");
    }
  }

  /**
   * What the study says of groups of people.
   *
   * @param column whose cells they are
   */
  record ByGroup(String column, List<String> rates, List<Group> groups, List<String> gaps) {
    private static final List<String> RATES =
        List.of(
            "accuracy", "predicted_positive", "true_positive_rate", "false_positive_rate", "auc");

    /** More classes are not told side by side. */
    private static final int MOST_CLASSES = 6;

    ByGroup {
      rates = List.copyOf(rates);
      groups = List.copyOf(groups);
      gaps = List.copyOf(gaps);
    }

    /**
     * One of them.
     *
     * @param rates in the order of {@link ByGroup#rates}; empty where too few records stand in the
     *     noise
     */
    record Group(String name, String records, List<Optional<Rate>> rates) {
      Group {
        rates = List.copyOf(rates);
      }
    }

    static Optional<ByGroup> of(JsonNode node) {
      if (!node.isObject()) {
        return Optional.empty();
      }
      if (node.has("classes")) {
        return Optional.of(ofClasses(node));
      }
      List<Group> groups = new ArrayList<>();
      for (JsonNode group : node.path("groups")) {
        groups.add(
            new Group(
                group.path("group").asText(),
                fixed(group.path("records").path("value").asDouble(), 0),
                RATES.stream().map(rate -> Rate.of(group.path(rate))).toList()));
      }
      return Optional.of(
          new ByGroup(
              node.path("column").asText(),
              List.of("accuracy", "predicted positive", "true positives", "false positives", "AUC"),
              groups,
              List.of(
                  gap(node, "demographic_parity_difference", "shares predicted positive"),
                  gap(node, "equal_opportunity_difference", "true positive rates"))));
    }

    /** Accuracy, and the recall of each class where they fit side by side. */
    private static ByGroup ofClasses(JsonNode node) {
      int shown = node.path("classes").size() <= MOST_CLASSES ? node.path("classes").size() : 0;
      List<String> rates = new ArrayList<>(List.of("accuracy"));
      List<String> gaps = new ArrayList<>(List.of(gap(node, "accuracy_difference", "accuracies")));
      for (int k = 0; k < node.path("classes").size(); k++) {
        JsonNode one = node.path("classes").path(k);
        String name = one.path("class").asText();
        if (k < shown) {
          rates.add("recall of " + name);
        }
        gaps.add(gap(one, "demographic_parity_difference", "shares predicted as " + name));
        gaps.add(gap(one, "equal_opportunity_difference", "recalls of " + name));
      }
      List<Group> groups = new ArrayList<>();
      for (JsonNode group : node.path("groups")) {
        List<Optional<Rate>> found = new ArrayList<>(List.of(Rate.of(group.path("accuracy"))));
        for (int k = 0; k < shown; k++) {
          found.add(Rate.of(group.path("classes").path(k).path("recall")));
        }
        groups.add(
            new Group(
                group.path("group").asText(),
                fixed(group.path("records").path("value").asDouble(), 0),
                found));
      }
      return new ByGroup(node.path("column").asText(), rates, groups, gaps);
    }

    private static String gap(JsonNode node, String field, String what) {
      JsonNode gap = node.path(field);
      return gap.isObject()
          ? "largest difference of %s: %s (95 %%: %s to %s), %s"
              .formatted(
                  what,
                  fixed(Math.min(1, gap.path("value").asDouble()), 3),
                  fixed(gap.path("interval").path(0).asDouble(), 3),
                  fixed(gap.path("interval").path(1).asDouble(), 3),
                  gap.path("told_from_noise").asBoolean()
                      ? gap.path("lowest").asText()
                          + " lowest, "
                          + gap.path("highest").asText()
                          + " highest"
                      : "not told from noise")
          : "largest difference of %s: too few records".formatted(what);
    }
  }

  /** Whether a folder is one of a study that fitted a model. */
  static boolean isIn(Path folder) {
    return Files.isRegularFile(folder.resolve(ModelFile.NAME))
        && Files.isRegularFile(folder.resolve(ResultFile.NAME));
  }

  static ModelCard read(Path folder) {
    byte[] model = StoredModel.bytes(folder);
    try {
      Path study = folder.resolve(StudyFolder.STUDY);
      JsonNode result =
          JsonMapper.builder()
              .build()
              .readTree(Files.readAllBytes(folder.resolve(ResultFile.NAME)));
      Study asked = StudyDocument.read(study.toString(), Files.readAllBytes(study));
      JsonNode evaluation = result.path("evaluation");
      return new ModelCard(
          ModelFile.ofBytes(model),
          Digest.of(model),
          asked.participation().people().isPresent()
              ? Long.toString(asked.participation().people().getAsLong())
              : "",
          fixed(result.path("plan").path("cost").path("epsilon").asDouble(), 2),
          Rate.of(evaluation.path("accuracy")),
          Rate.of(evaluation.path(evaluation.has("macro_auc") ? "macro_auc" : "auc")),
          evaluatedOn(asked),
          tried(result.path("candidates")),
          ByGroup.of(result.path("groups")),
          errors(result.path("weights")));
    } catch (MalformedEncoding | DocumentError e) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT, folder + " is no output folder: " + e.getMessage(), e);
    } catch (IOException e) {
      throw CommandFailure.unreadable(folder, e);
    }
  }

  private static String evaluatedOn(Study asked) {
    return asked
        .folds()
        .map(
            folds ->
                "every record by one of %d models that has not seen it; the weights are the mean of these, which is not evaluated itself"
                    .formatted(folds.count()))
        .orElseGet(
            () ->
                asked.holdoutPercent() == 0
                    ? "nothing: no record was held out"
                    : "%d %% of the records, held out".formatted(asked.holdoutPercent()));
  }

  private static List<String> tried(JsonNode candidates) {
    List<String> tried = new ArrayList<>();
    if (!candidates.isObject()) {
      return tried;
    }
    String criterion = candidates.path("choose_by").asText();
    String chosen = candidates.path("chosen").asText();
    tried.add(
        "%s, the best of %d by %s%s"
            .formatted(
                chosen,
                candidates.path("models").size(),
                criterion,
                candidates.has("optimism_at_most")
                    ? ", which is too good by at most %s on average"
                        .formatted(fixed(candidates.path("optimism_at_most").asDouble(), 3))
                    : ""));
    for (JsonNode each : candidates.path("models")) {
      JsonNode behind = each.path("behind_chosen");
      if (!each.path("name").asText().equals(chosen)) {
        tried.add(
            "%s, %s: %s"
                .formatted(
                    each.path("name").asText(),
                    each.path("analysis").asText(),
                    behind.isObject()
                        ? "%s behind, %s"
                            .formatted(
                                fixed(behind.path("value").asDouble(), 3),
                                behind.path("told_from_noise").asBoolean()
                                    ? "told from noise"
                                    : "not told from noise")
                        : "too few records for the noise"));
      }
    }
    return tried;
  }

  private static List<Double> errors(JsonNode weights) {
    List<Double> errors = new ArrayList<>();
    weights.forEach(weight -> errors.add(errorOf(weight)));
    return errors;
  }

  private static double errorOf(JsonNode measure) {
    return Math.hypot(
        measure.path("noise_deviation").asDouble(), measure.path("sampling_deviation").asDouble());
  }

  static String labelOf(ModelFile file) {
    return Excerpt.printable(file.model().label().inWords());
  }

  static String fixed(double value, int decimals) {
    return Double.isFinite(value)
        ? new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString()
        : "?";
  }
}
