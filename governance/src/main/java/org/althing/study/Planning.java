package org.althing.study;

import java.util.List;
import org.althing.encoding.OneLine;

/** What compiling a study comes to. */
public sealed interface Planning {
  /** It can be run. */
  record Planned(Plan plan, Programme programme) implements Planning {}

  /** It cannot be run as it stands, with every reason found. */
  record Unplannable(List<String> reasons) implements Planning {
    public Unplannable {
      // They name what the study's author wrote.
      reasons = reasons.stream().map(OneLine::of).toList();
      if (reasons.isEmpty()) {
        throw new IllegalArgumentException("an unplannable study has at least one reason");
      }
    }
  }
}
