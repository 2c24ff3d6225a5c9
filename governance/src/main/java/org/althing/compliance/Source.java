package org.althing.compliance;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Where a statement of a report comes from: what is from nowhere is not stated. */
sealed interface Source {
  Phrase inWords();

  static Log log(int entry) {
    return new Log(List.of(entry), List.of());
  }

  /**
   * Entries of the study's log, which hold its documents too.
   *
   * @param entries ascending numbers within the study, at least one
   * @param fields of those entries, as {@link EntryFields} names them; of a document with the key
   *     in it; none where whole entries are meant
   */
  record Log(List<Integer> entries, List<String> fields) implements Source {
    public Log {
      entries = List.copyOf(entries);
      fields = List.copyOf(fields);
      if (entries.isEmpty()) {
        throw new IllegalArgumentException("a statement from the log names its entries");
      }
    }

    /** The same entries, of which these fields alone. */
    Log at(String... names) {
      return new Log(entries, List.of(names));
    }

    /** These entries and those of {@code other}, with the fields of both, or whole. */
    Log and(Log other) {
      SortedSet<Integer> all = new TreeSet<>(entries);
      all.addAll(other.entries);
      Set<String> both = new LinkedHashSet<>();
      if (!fields.isEmpty() && !other.fields.isEmpty()) {
        both.addAll(fields);
        both.addAll(other.fields);
      }
      return new Log(List.copyOf(all), List.copyOf(both));
    }

    @Override
    public Phrase inWords() {
      return Phrase.of("log %s", "日志 %s").with(numbers());
    }

    /** Such as {@code 2–5, 8}. */
    String numbers() {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < entries.size(); i++) {
        int first = entries.get(i);
        int last = first;
        while (i + 1 < entries.size() && entries.get(i + 1) == last + 1) {
          last = entries.get(++i);
        }
        text.append(text.isEmpty() ? "" : ", ").append(first);
        text.append(last == first ? "" : "–" + last);
      }
      return text.toString();
    }
  }

  /**
   * An entry of what the members declare of themselves, which are chained beside the studies.
   *
   * @param number within that chain
   * @param fields of the entry, as for {@link Log}
   */
  record Declared(int number, List<String> fields) implements Source {
    public Declared {
      fields = List.copyOf(fields);
    }

    @Override
    public Phrase inWords() {
      return Phrase.of("declaration %d", "声明 %d").with(number);
    }
  }

  /** The final checkpoint with its cosignatures and proofs, which the log itself cannot hold. */
  record Proof() implements Source {
    @Override
    public Phrase inWords() {
      return Phrase.of("checkpoint", "检查点");
    }
  }

  /**
   * The file of particulars, typed by people.
   *
   * @param path of the key in it
   */
  record Typed(String path) implements Source {
    @Override
    public Phrase inWords() {
      return Phrase.of("particulars: %s", "补充说明：%s").with(path);
    }
  }

  /** The product itself, of this version: how it is built, whatever the study. */
  record Design() implements Source {
    @Override
    public Phrase inWords() {
      return Phrase.of("design of Althing", "Althing 的设计");
    }
  }

  /**
   * Nothing says it.
   *
   * @param wanted who could say it where
   */
  record Nowhere(Phrase wanted) implements Source {
    @Override
    public Phrase inWords() {
      return wanted;
    }
  }
}
