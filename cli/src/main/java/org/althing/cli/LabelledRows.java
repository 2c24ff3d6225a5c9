package org.althing.cli;

import org.althing.model.features.Label;

/** What scores say of the rows that have a label, counted as they come. */
interface LabelledRows {
  static LabelledRows of(Label label) {
    return label.isBinary() ? new Fit() : new ClassFit(label.classes());
  }

  void add(ScoredChunk chunk);

  /** All rows, labelled or not. */
  long rows();

  long labelled();

  /** How well the scores fit, where there are labelled rows. */
  String inWords();
}
