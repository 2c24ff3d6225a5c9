/**
 * Local files and tables to batches of cleaned records; nothing of them leaves. {@link
 * org.althing.node.source.RecordSource} opens an organisation's files under its binding, {@link
 * org.althing.node.source.CleanRecords} are scanned once per release, and a {@link
 * org.althing.node.source.SourceProblem} says what is wrong with a file, with a text for the
 * steward and another that may travel. Whoever scores rows or begins a contract with them takes
 * them uncleaned, from {@link org.althing.node.source.ParquetTable}, {@link
 * org.althing.node.source.JsonLinesTable} and {@link org.althing.node.source.FileContent}.
 */
@NullMarked
package org.althing.node.source;

import org.jspecify.annotations.NullMarked;
