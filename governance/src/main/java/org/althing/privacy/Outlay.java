package org.althing.privacy;

/**
 * What a study holds of its population's budget: all that was set aside while it is open, what was
 * spent once it is closed.
 */
public record Outlay(Asked asked, Rho cost) {}
