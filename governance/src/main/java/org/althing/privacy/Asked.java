package org.althing.privacy;

import java.time.LocalDate;

/**
 * Who asked for a study, and the day on which its cost was set aside.
 *
 * @param lead 1 to 200 characters
 */
public record Asked(String lead, LocalDate day) {
  public Asked {
    if (lead.isBlank() || lead.length() > 200) {
      throw new IllegalArgumentException("whoever asks has a name of 1 to 200 characters");
    }
  }
}
