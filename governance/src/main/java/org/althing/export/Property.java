package org.althing.export;

import java.util.List;
import org.althing.model.features.Label;
import org.althing.report.ModelFile;

/** Where an exported model comes from, as the formats' own notes. */
record Property(String key, String text) {
  static List<Property> of(ModelFile file) {
    Label label = file.model().label();
    return List.of(
        new Property("althing.study", file.study()),
        new Property("althing.method", file.method()),
        new Property("althing.plan", file.plan().hex()),
        new Property("althing.contract", file.contract().hex()),
        new Property("althing.label", label.column()),
        label.isBinary()
            ? new Property("althing.positive", String.join(" | ", label.positive()))
            : new Property("althing.classes", String.join(" | ", label.classNames())));
  }
}
