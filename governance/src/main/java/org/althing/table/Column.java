package org.althing.table;

/** A column of the agreed schema: its name in the contract and its declared domain. */
public record Column(String name, Domain domain) {}
