package org.althing.statistics;

/**
 * The number that a share of a column's valid values does not exceed.
 *
 * @param level the share, 0 to 1
 * @param value to the width of a leaf of the column's tree
 * @param noise the 95 % interval by noise alone
 * @param total by noise and sampling together
 */
public record Quantile(double level, double value, Interval noise, Interval total) {}
