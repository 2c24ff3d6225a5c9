package org.althing.export;

import java.util.List;
import org.althing.report.ModelFile;

/** Where an exported model comes from, as the formats' own notes. */
record Property(String key, String text) {
  static List<Property> of(ModelFile file) {
    return List.of(
        new Property("althing.study", file.study()),
        new Property("althing.method", file.method()),
        new Property("althing.plan", file.plan().hex()),
        new Property("althing.contract", file.contract().hex()),
        new Property("althing.label", file.model().label().column()),
        new Property("althing.positive", String.join(" | ", file.model().label().positive())));
  }
}
