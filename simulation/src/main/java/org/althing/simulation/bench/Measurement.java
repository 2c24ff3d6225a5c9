package org.althing.simulation.bench;

import java.util.List;

/** A section of the table: measures some rows. */
interface Measurement {
  /** The heading under which its rows stand. */
  String section();

  /**
   * Adds the rows that {@code setting} wants to {@code table}, and no others, each as soon as it is
   * measured.
   */
  void measure(Setting setting, List<Row> table) throws Exception;
}
