package org.althing.approval;

/** What a person says of a study; of two given in one millisecond the later of these counts. */
public enum Verdict {
  APPROVE("approves"),
  /** Neither yes nor no: the study waits for an answer. */
  ASK("asks"),
  DENY("denies");

  private final String word;

  Verdict(String word) {
    this.word = word;
  }

  /** What the person does, as people write it. */
  public String word() {
    return word;
  }
}
