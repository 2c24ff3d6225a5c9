package org.althing.coordinator.console;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;
import org.althing.document.Document;

/**
 * The two documents of a submission, {@code {"study": YAML, "contract": YAML}}, as texts that
 * nobody has read yet.
 */
record SubmittedTexts(String study, String contract) {
  private static final Set<String> FIELDS = Set.of("study", "contract");

  /** Nothing where the body is anything but a JSON object of these two texts. */
  static Optional<SubmittedTexts> read(String body) {
    JsonObject request;
    try {
      request = new JsonObject(body);
    } catch (DecodeException e) {
      return Optional.empty();
    }
    return request.fieldNames().equals(FIELDS)
            && request.getValue("study") instanceof String study
            && request.getValue("contract") instanceof String contract
        ? Optional.of(new SubmittedTexts(study, contract))
        : Optional.empty();
  }

  /** Whether a document is longer than any that is read. */
  boolean tooLong() {
    return study.length() > Document.MOST_BYTES || contract.length() > Document.MOST_BYTES;
  }
}
