package org.althing.cli;

import org.althing.model.features.Label;

/** What scores say of the rows that have a label, counted as they come. */
interface LabelledRows {
  static LabelledRows of(Label label) {
    return label.isBinary() ? new Fit(label) : new ClassFit(label);
  }

  void add(ScoredChunk chunk);

  /** All rows, labelled or not. */
  long rows();

  long labelled();

  /** How well the scores fit, where there are labelled rows. */
  String inWords();

  /** The figures of each class and the counts of right and wrong predictions, line by line. */
  String byClass();
}
