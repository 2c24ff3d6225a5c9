package org.althing.secagg;

/** The cohort as one node took it, with the announcement it answers. */
record SeatedCohort(CohortAnnounced answered, Cohort cohort) {
  boolean repeats(CohortAnnounced announced) {
    return announced.equals(answered);
  }
}
