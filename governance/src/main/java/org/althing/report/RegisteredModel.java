package org.althing.report;

import org.althing.encoding.Digest;

/**
 * A model of a finished study, as the log names it.
 *
 * @param study the study's id; studies of one id are versions of one model
 * @param version from 1, in the order in which their reports came into the log
 * @param digest of {@code model.json}
 * @param plan digest of the study's plan, which names the study in the log
 * @param issued milliseconds since 1970 of the entry that names the digest
 * @param entries how many entries the study has in the log
 * @param issue digest of that entry
 * @param place where in the log it lies
 */
public record RegisteredModel(
    String study,
    String title,
    String method,
    int version,
    Digest digest,
    Digest plan,
    long issued,
    int entries,
    Digest issue,
    long place) {}
