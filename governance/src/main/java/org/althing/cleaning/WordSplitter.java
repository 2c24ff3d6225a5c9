package org.althing.cleaning;

import com.ibm.icu.text.Transliterator;
import java.io.IOException;
import java.io.StringReader;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.althing.table.Domain;
import org.althing.table.Language;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;

/**
 * Takes free texts apart into their different words, each a hash that is the same everywhere.
 *
 * <p>Texts are normalised by NFKC (so full width is half width) and lower case; traditional
 * characters are turned into simplified ones, by ICU's table, where the language says so. A
 * function of the one text and its domain: stability 1. Not safe for concurrent use.
 */
public final class WordSplitter {
  private final Domain.Words domain;
  private final int[] vocabulary;
  private final Tokenizer tokenizer = new StandardTokenizer();
  private final TokenStream words;
  private final CharTermAttribute word;
  private final TypeAttribute type;
  private int count;
  private final Optional<Transliterator> simplifier;

  public WordSplitter(Domain.Words domain) {
    this.domain = domain;
    this.vocabulary = domain.vocabularyHashes();
    TokenStream lower = new LowerCaseFilter(tokenizer);
    this.words =
        domain.language() == Language.ENGLISH ? lower : new CJKBigramFilter(lower, ~0, true);
    this.simplifier =
        domain.language() == Language.SIMPLIFIED_CHINESE
            ? Optional.of(Transliterator.getInstance("Traditional-Simplified"))
            : Optional.empty();
    this.word = words.addAttribute(CharTermAttribute.class);
    this.type = words.addAttribute(TypeAttribute.class);
  }

  /** The different words of a text, in order of the alphabet. */
  SortedSet<String> words(String text) {
    SortedSet<String> found = new TreeSet<>();
    count = 0;
    try {
      String normal = Normalizer.normalize(text, Normalizer.Form.NFKC);
      tokenizer.setReader(
          new StringReader(simplifier.map(s -> s.transliterate(normal)).orElse(normal)));
      words.reset();
      while (words.incrementToken()) {
        found.add(word.toString());
        // Characters are counted, pairs of them not once more.
        count += type.type().equals(CJKBigramFilter.DOUBLE_TYPE) ? 0 : 1;
      }
      words.end();
      words.close();
    } catch (IOException e) {
      throw new IllegalStateException("a text in memory cannot fail to be read", e);
    }
    return Collections.unmodifiableSortedSet(found);
  }

  /** How many words the text had that was taken apart last, each as often as it occurs. */
  int count() {
    return count;
  }

  /**
   * The hashes of a text's words, ascending: those of the declared vocabulary where there is one;
   * of more than {@value Domain.Words#MOST_WORDS}, the least.
   *
   * @param found the text's different words
   */
  int[] hashes(SortedSet<String> found) {
    int[] hashes = found.stream().mapToInt(Domain.Words::hash).sorted().distinct().toArray();
    if (vocabulary.length > 0) {
      hashes = Arrays.stream(hashes).filter(h -> Arrays.binarySearch(vocabulary, h) >= 0).toArray();
    }
    return hashes.length <= Domain.Words.MOST_WORDS
        ? hashes
        : Arrays.copyOf(hashes, Domain.Words.MOST_WORDS);
  }

  /**
   * The declared words that no text can contain, since they are no single word as texts have them.
   */
  public List<String> unreachable() {
    return domain.vocabulary().stream().filter(w -> !words(w).contains(w)).toList();
  }
}
