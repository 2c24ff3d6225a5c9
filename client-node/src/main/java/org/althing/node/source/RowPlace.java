package org.althing.node.source;

import java.util.OptionalLong;

/**
 * Where a row is, for the organisation's own staff.
 *
 * @param file its name without folders
 * @param row among those of the file that were not set aside, from 1
 * @param line of the file on which the row begins, from 1; only of delimited text
 */
public record RowPlace(String file, long row, OptionalLong line) {}
