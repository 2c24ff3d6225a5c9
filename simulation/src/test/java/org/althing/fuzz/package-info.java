/**
 * Every decoder under hostile bytes: targets that a coverage-guided fuzzer drives for minutes a
 * night, and the inputs it found, run again on every day.
 */
@NullMarked
package org.althing.fuzz;

import org.jspecify.annotations.NullMarked;
