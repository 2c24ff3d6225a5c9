package org.althing.compliance;

import org.althing.report.Findings;

/** A study whose folder was verified, every file of it; whoever makes one vouches for that. */
public record VerifiedStudy(Findings findings, Receipt receipt) {}
