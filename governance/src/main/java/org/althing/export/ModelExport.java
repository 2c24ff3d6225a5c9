package org.althing.export;

import java.util.List;
import org.althing.encoding.Bytes;
import org.althing.report.ModelFile;

/**
 * A model file in another format, or why there is none ({@code docs/models.md}).
 *
 * <p>What is exported reads the contract's values: categories as the contract writes them, numbers
 * as they are. It trims no blanks, knows no local codes and converts no units; what is missing, out
 * of range or never declared it takes as our own scoring does.
 */
public sealed interface ModelExport {
  /** The formats there are. */
  enum Format {
    /** {@code model.json} itself. */
    JSON,
    /** Open Neural Network Exchange, IR 8. */
    ONNX,
    /** Predictive Model Markup Language 4.4. */
    PMML
  }

  /** The file. */
  record Written(Bytes bytes) implements ModelExport {}

  /**
   * The format cannot say what the model does.
   *
   * @param reason with what to do instead
   */
  record Refused(String reason) implements ModelExport {}

  static ModelExport of(ModelFile file, Format format) {
    if (format == Format.JSON) {
      return new Written(Bytes.of(file.toBytes()));
    }
    List<String> texts = Term.unsayable(file);
    if (!texts.isEmpty()) {
      return new Refused(
          "the model reads free text or dates (%s), and neither taking texts apart nor our calendar is an operator of %s → score with althing model predict, or export json"
              .formatted(String.join(", ", texts), format));
    }
    List<String> repaired = Term.repaired(file);
    if (!repaired.isEmpty()) {
      return new Refused(
          "the study cleaned %s by clips or fills, which are not written as operators of %s yet → score with althing model predict, or export json"
              .formatted(String.join(", ", repaired), format));
    }
    if (format == Format.PMML) {
      return PmmlWriter.isSayable(file)
          ? new Written(Bytes.of(new PmmlWriter(file).write()))
          : new Refused(
              "a column's name or one of its values holds a control character, which XML has none of → export onnx or json");
    }
    return new Written(Bytes.of(new OnnxWriter(file).write()));
  }
}
