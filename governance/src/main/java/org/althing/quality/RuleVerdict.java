package org.althing.quality;

/** Three-valued: what noise leaves open is said to be open. */
public enum RuleVerdict {
  PASS,
  FAIL,
  INCONCLUSIVE
}
