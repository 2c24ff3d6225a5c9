package org.althing.simulation.bench;

import java.util.List;

/** A section of the table: measures some rows. */
interface Measurement {
  /** The heading under which its rows stand. */
  String section();

  /** Measures the rows that {@code setting} wants, and no others. */
  List<Row> measure(Setting setting) throws Exception;
}
