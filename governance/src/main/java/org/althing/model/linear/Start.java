package org.althing.model.linear;

/** Where the rounds of a linear model start. */
public enum Start {
  /** At weights zero, whose gradient is released beside the second moments. */
  ZERO,
  /** At what the released sums of each class come to as {@link TableStart} reads them. */
  TABLES
}
