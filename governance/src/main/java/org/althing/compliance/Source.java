package org.althing.compliance;

import java.util.ArrayList;
import java.util.List;

/** Where a statement of a report comes from: what is from nowhere is not stated. */
sealed interface Source {
  Phrase inWords();

  static Source log(int... entries) {
    List<Integer> numbers = new ArrayList<>();
    for (int entry : entries) {
      numbers.add(entry);
    }
    return new Log(numbers);
  }

  /**
   * Entries of the study's log, which hold its documents too.
   *
   * @param entries ascending numbers within the study, at least one
   */
  record Log(List<Integer> entries) implements Source {
    public Log {
      entries = List.copyOf(entries);
      if (entries.isEmpty()) {
        throw new IllegalArgumentException("a statement from the log names its entries");
      }
    }

    @Override
    public Phrase inWords() {
      return Phrase.of("log %s", "日志 %s").with(numbers());
    }

    /** Such as {@code 2–5, 8}. */
    private String numbers() {
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
