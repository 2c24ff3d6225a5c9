package org.althing.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
  /** Computed by a second program from the published definitions of FNV-1a and MurmurHash3. */
  @ParameterizedTest
  @CsvSource({"'',2872998923", "free,1615737909", "血压,2626254707", "don't,1986138407"})
  void hashesAWordToTheSameNumberEverywhere(String word, long expected) {
    assertThat(Integer.toUnsignedLong(Domain.Words.hash(word))).isEqualTo(expected);
  }

  @Test
  void namesDeclaredWordsInTheOrderOfTheirHashes() {
    Domain.Words words = new Domain.Words(Language.ENGLISH, List.of("win", "free", "call"));
    int[] hashes = words.vocabularyHashes();
    assertThat(hashes).isSorted();
    assertThat(words.vocabularyByHash())
        .containsExactlyInAnyOrder("win", "free", "call")
        .allMatch(w -> Domain.Words.hash(w) == hashes[words.vocabularyByHash().indexOf(w)]);
  }

  @Test
  void documentFrequenciesAreOneForEachWordAndOfTenThousand() {
    List<String> words = List.of("win", "free");
    assertThat(new Domain.Words(Language.ENGLISH, words, List.of(1, 10_000)).weightsByHash())
        .containsExactlyInAnyOrder(256, 1);
    assertThat(new Domain.Words(Language.ENGLISH, words).weightsByHash()).isEmpty();
    assertThatThrownBy(() -> new Domain.Words(Language.ENGLISH, words, List.of(1)))
        .hasMessageContaining("2 words has 1 document frequencies: give one for each word");
    for (int outside : new int[] {0, -1, 10_001}) {
      assertThatThrownBy(() -> new Domain.Words(Language.ENGLISH, words, List.of(5, outside)))
          .hasMessageContaining("1 to 10000 of 10000 texts");
    }
  }

  @Test
  void refusesAWordDeclaredTwiceAndTooMany() {
    assertThatThrownBy(() -> new Domain.Words(Language.ENGLISH, List.of("win", "win")))
        .hasMessageContaining("drop one");
    List<String> many = IntStream.rangeClosed(0, 8192).mapToObj(n -> "w" + n).toList();
    assertThatThrownBy(() -> new Domain.Words(Language.ENGLISH, many))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new Domain.Words(Language.CHINESE, Collections.emptyList()).inWords())
        .isEqualTo("free text, every word (zh)");
  }
}
