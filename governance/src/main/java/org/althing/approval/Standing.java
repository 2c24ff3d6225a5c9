package org.althing.approval;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.althing.encoding.Digest;

/** Where a study stands with the people whom an owner asks. */
public sealed interface Standing {
  /**
   * Everybody asked for agreed.
   *
   * @param statements their statements by digest; none where nobody is asked
   */
  record Approved(List<Digest> statements) implements Standing {
    public Approved {
      statements = List.copyOf(statements);
    }
  }

  /** Somebody said no, and nobody's yes weighs against it. */
  record Denied(List<Objection> objections) implements Standing {
    public Denied {
      objections = List.copyOf(objections);
    }
  }

  /**
   * Neither yet.
   *
   * @param missing how many of which role have not agreed
   * @param questions how many people wait for an answer
   */
  record Waiting(SortedMap<String, Integer> missing, int questions) implements Standing {
    public Waiting {
      missing = Collections.unmodifiableSortedMap(new TreeMap<>(missing));
    }

    /** For example {@code 1 officer, 2 steward}. */
    @Override
    public String toString() {
      return missing.entrySet().stream()
          .map(each -> each.getValue() + " " + each.getKey())
          .collect(Collectors.joining(", "));
    }
  }

  /** One person's no, without the person's name. */
  record Objection(String role, String reason) {}
}
