package org.althing.table;

/** What cleaning found in one cell; exactly one holds, the first in this order that applies. */
public enum Verdict {
  /** A value of the declared domain. */
  OK,
  /** Empty, or absent from the row. */
  MISSING,
  /** A declared code for "not known", such as {@code ?} or -9. */
  SENTINEL,
  /** Text that is no value of the declared type, or not of the declared pattern. */
  UNPARSABLE,
  /** A number or day outside the declared range, or a text that is too short or too long. */
  OUT_OF_RANGE,
  /** A category that was never declared. */
  NOT_IN_SET
}
