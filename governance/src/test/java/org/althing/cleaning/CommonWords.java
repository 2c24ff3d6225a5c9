package org.althing.cleaning;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.althing.table.Domain;
import org.althing.table.Language;

/** Test fixture: the words that most texts have, and how many have them. */
public final class CommonWords {
  private CommonWords() {}

  /** The {@code most} commonest words, counting alike or, where {@code weighted}, by rarity. */
  public static Domain.Words of(Language language, List<String> texts, int most, boolean weighted) {
    WordSplitter splitter = new WordSplitter(new Domain.Words(language, List.of()));
    Map<String, Integer> counts = new HashMap<>();
    texts.forEach(text -> splitter.words(text).forEach(w -> counts.merge(w, 1, Integer::sum)));
    List<Map.Entry<String, Integer>> common =
        counts.entrySet().stream()
            .sorted(
                Comparator.comparing((Map.Entry<String, Integer> e) -> -e.getValue())
                    .thenComparing(Map.Entry::getKey))
            .limit(most)
            .toList();
    List<Integer> documents =
        common.stream()
            .map(
                e -> (int) Math.max(1, Domain.Words.DOCUMENTS * (long) e.getValue() / texts.size()))
            .toList();
    return new Domain.Words(
        language,
        common.stream().map(Map.Entry::getKey).toList(),
        weighted ? documents : List.of());
  }
}
