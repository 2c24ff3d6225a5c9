package org.althing.table;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The declared values of a column, cut into public cells. Declared in a contract, never learnt from
 * data.
 */
public sealed interface Domain {
  int MOST_CELLS = 4096;

  /** How many cells the values of this domain fall in; 0 for numbers without declared bins. */
  int cells();

  /** The name of a cell as a reader of the contract would write it. */
  String cellName(int cell);

  /** A closed list of categories; each is a cell. */
  record Categories(List<String> values) implements Domain {
    public Categories {
      values = List.copyOf(values);
      if (values.isEmpty()
          || values.size() > MOST_CELLS
          || values.stream().distinct().count() != values.size()) {
        throw new IllegalArgumentException(
            "categories are 1 to " + MOST_CELLS + " different values");
      }
    }

    @Override
    public int cells() {
      return values.size();
    }

    @Override
    public String cellName(int cell) {
      return values.get(cell);
    }

    /** The cell of {@code value}, or -1 where it was never declared. */
    public int cellOf(String value) {
      return values.indexOf(value);
    }
  }

  /**
   * Numbers from {@code minimum} to {@code maximum}, both included.
   *
   * @param whole whether only whole numbers belong
   * @param edges ascending inner edges of the declared bins: cell k holds edge[k-1] ≤ x &lt;
   *     edge[k]; empty for no bins
   */
  record Numbers(double minimum, double maximum, boolean whole, List<Double> edges)
      implements Domain {
    public Numbers {
      edges = List.copyOf(edges);
      if (!(Double.isFinite(minimum) && Double.isFinite(maximum) && minimum < maximum)) {
        throw new IllegalArgumentException("a range has a finite minimum below a finite maximum");
      }
      if (edges.size() >= MOST_CELLS) {
        throw new IllegalArgumentException("at most " + (MOST_CELLS - 1) + " bin edges");
      }
      for (int i = 0; i < edges.size(); i++) {
        double least = i == 0 ? Math.nextDown(minimum) : edges.get(i - 1);
        if (!(edges.get(i) > least && edges.get(i) <= maximum)) {
          throw new IllegalArgumentException("bin edges ascend strictly within the range");
        }
      }
    }

    @Override
    public int cells() {
      return edges.isEmpty() ? 0 : edges.size() + 1;
    }

    @Override
    public String cellName(int cell) {
      if (cell == 0) {
        return "< " + plain(edges.get(0));
      }
      if (cell == edges.size()) {
        return "≥ " + plain(edges.get(cell - 1));
      }
      return plain(edges.get(cell - 1)) + " – " + plain(edges.get(cell));
    }

    /** The number of edges at or below {@code value}. */
    public int cellOf(double value) {
      int least = 0;
      int most = edges.size();
      while (least < most) {
        int middle = (least + most) >>> 1;
        if (edges.get(middle) <= value) {
          least = middle + 1;
        } else {
          most = middle;
        }
      }
      return least;
    }

    /** The range, such as {@code whole numbers 0 to 120}. */
    public String inWords() {
      return (whole ? "whole numbers " : "numbers ") + plain(minimum) + " to " + plain(maximum);
    }

    /** Whole numbers without a point; {@code Double.parseDouble} reads it back. */
    public static String plain(double value) {
      return value == Math.rint(value) && Math.abs(value) < 1e15
          ? Long.toString((long) value)
          : Double.toString(value);
    }
  }

  /**
   * Free text as the set of its words; it has no cells, a model counts its words.
   *
   * @param vocabulary the declared words that count, none twice; empty where every word counts
   * @param documents of {@value #DOCUMENTS} texts how many have each word of the vocabulary, as is
   *     publicly known, 1 to {@value #DOCUMENTS}, by which rarer words count more; empty where all
   *     count alike
   */
  record Words(Language language, List<String> vocabulary, List<Integer> documents)
      implements Domain {
    public static final int MOST_VOCABULARY = 8192;
    public static final int DOCUMENTS = 10_000;

    /** What the rarest word counts. */
    public static final int MOST_WEIGHT = 256;

    /** Of one text; a text of more different words is cut. */
    public static final int MOST_WORDS = 1024;

    private static final int FNV_OFFSET = 0x811c9dc5;
    private static final int FNV_PRIME = 0x01000193;

    public Words {
      vocabulary = List.copyOf(vocabulary);
      documents = List.copyOf(documents);
      if (!documents.isEmpty() && documents.size() != vocabulary.size()) {
        throw new IllegalArgumentException(
            "a vocabulary of %d words has %d document frequencies: give one for each word, in their order"
                .formatted(vocabulary.size(), documents.size()));
      }
      if (documents.stream().anyMatch(n -> n < 1 || n > DOCUMENTS)) {
        throw new IllegalArgumentException(
            "a document frequency is 1 to %d of %d texts".formatted(DOCUMENTS, DOCUMENTS));
      }
      if (vocabulary.size() > MOST_VOCABULARY
          || vocabulary.stream().mapToInt(Words::hash).distinct().count() != vocabulary.size()) {
        throw new IllegalArgumentException(
            "a vocabulary is at most "
                + MOST_VOCABULARY
                + " words, of different hashes (a word twice, or two that collide: drop one)");
      }
    }

    /** As the other, with words that all count alike. */
    public Words(Language language, List<String> vocabulary) {
      this(language, vocabulary, List.of());
    }

    /**
     * A word as a number: FNV-1a over its UTF-8, then the 32-bit finaliser of MurmurHash3, so that
     * every bit is fit to choose a bucket. Not a secret: the same everywhere.
     */
    public static int hash(String word) {
      int h = FNV_OFFSET;
      for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
        h = (h ^ (b & 0xff)) * FNV_PRIME;
      }
      h = (h ^ (h >>> 16)) * 0x85ebca6b;
      h = (h ^ (h >>> 13)) * 0xc2b2ae35;
      return h ^ (h >>> 16);
    }

    /** What counts, such as {@code free text, every word (en)}. */
    public String inWords() {
      return "free text, %s (%s)%s"
          .formatted(
              vocabulary.isEmpty() ? "every word" : vocabulary.size() + " declared words",
              language.code(),
              documents.isEmpty() ? "" : ", rare ones counting more");
    }

    /** The hashes of the vocabulary, ascending. */
    public int[] vocabularyHashes() {
      return vocabulary.stream().mapToInt(Words::hash).sorted().toArray();
    }

    /** The vocabulary in ascending order of its words' hashes. */
    public List<String> vocabularyByHash() {
      return vocabulary.stream().sorted(Comparator.comparingInt(Words::hash)).toList();
    }

    /**
     * What each word counts, in the order of {@link #vocabularyByHash}: log((D + 1)/n) for a word
     * in n of D texts, as whole parts of {@value #MOST_WEIGHT} at n = 1, at least 1; empty where
     * all count alike.
     */
    public int[] weightsByHash() {
      if (documents.isEmpty()) {
        return new int[0];
      }
      double most = StrictMath.log(DOCUMENTS + 1.0);
      return IntStream.range(0, vocabulary.size())
          .boxed()
          .sorted(Comparator.comparingInt(i -> hash(vocabulary.get(i))))
          .mapToInt(
              i -> {
                double inverse = StrictMath.log((DOCUMENTS + 1.0) / documents.get(i));
                return (int) Math.max(1, Math.rint(MOST_WEIGHT * inverse / most));
              })
          .toArray();
    }

    @Override
    public int cells() {
      return 0;
    }

    @Override
    public String cellName(int cell) {
      throw new IllegalArgumentException("free text has no cells");
    }
  }

  /**
   * Days of the calendar; a value's number is its day since 1970-01-01.
   *
   * @param days whole days, both ends included
   * @param format what a value looks like, in the letters of {@link DateTimeFormatter}
   */
  record Dates(Numbers days, String format) implements Domain {
    /** As ISO 8601 writes days. */
    public static final String ISO = "yyyy-MM-dd";

    /** How a contract may say that days are written. */
    public static final List<String> FORMATS =
        List.of(
            ISO,
            "yyyy/MM/dd",
            "yyyyMMdd",
            "dd.MM.yyyy",
            "dd/MM/yyyy",
            "MM/dd/yyyy",
            "yyyy/M/d",
            "d.M.yyyy",
            "d/M/yyyy",
            "M/d/yyyy");

    public Dates {
      if (!FORMATS.contains(format) || !days.whole()) {
        throw new IllegalArgumentException("dates are whole days in one of " + FORMATS);
      }
    }

    @Override
    public int cells() {
      return days.cells();
    }

    @Override
    public String cellName(int cell) {
      if (cell == 0) {
        return "before " + day(days.edges().get(0));
      }
      if (cell == days.edges().size()) {
        return "from " + day(days.edges().get(cell - 1));
      }
      return day(days.edges().get(cell - 1)) + " – " + day(days.edges().get(cell) - 1);
    }

    /** Reads values, no day that the calendar lacks among them. */
    public DateTimeFormatter reader() {
      return reader(format);
    }

    /**
     * As the other, of days that are written in another way.
     *
     * @param format one of {@link #FORMATS}
     */
    public static DateTimeFormatter reader(String format) {
      return DateTimeFormatter.ofPattern(format.replace('y', 'u'), Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);
    }

    /** The range, such as {@code days 2020-01-01 to 2026-12-31}. */
    public String inWords() {
      return "days " + day(days.minimum()) + " to " + day(days.maximum());
    }

    private static String day(double number) {
      return LocalDate.ofEpochDay((long) number).toString();
    }
  }

  /**
   * Texts of a declared form, such as codes of which there are too many to list. Of them only
   * whether they have it is kept, so they have no cells and cannot be told apart.
   *
   * @param minimum of their length in code points, 0 to {@code maximum}
   * @param maximum of their length, at most {@value #MOST_LENGTH}
   */
  record Formed(int minimum, int maximum, Optional<TextPattern> pattern) implements Domain {
    /** Bounds what looking for a pattern may take. */
    public static final int MOST_LENGTH = 10_000;

    public Formed {
      if (minimum < 0 || maximum < Math.max(1, minimum) || maximum > MOST_LENGTH) {
        throw new IllegalArgumentException(
            "a text's length is from 0 to %d, its least at most its most".formatted(MOST_LENGTH));
      }
    }

    /** OK, or what is wrong with a text that is not empty. */
    public Verdict verdict(String text) {
      int length = text.codePointCount(0, text.length());
      if (length < minimum || length > maximum) {
        return Verdict.OUT_OF_RANGE;
      }
      return pattern.isEmpty() || pattern.get().isIn(text) ? Verdict.OK : Verdict.UNPARSABLE;
    }

    /** The form, such as {@code texts of 5 characters, in which ^[0-9]+$ is found}. */
    public String inWords() {
      String length =
          minimum == maximum
              ? Integer.toString(minimum)
              : minimum <= 1 ? "at most " + maximum : minimum + " to " + maximum;
      return "texts of %s character(s)%s"
          .formatted(length, pattern.map(p -> ", in which %s is found".formatted(p)).orElse(""));
    }

    @Override
    public int cells() {
      return 0;
    }

    @Override
    public String cellName(int cell) {
      throw new IllegalArgumentException("texts of a form have no cells");
    }
  }

  /** Any text: keys and other columns that a node reads but that never enter a sum. */
  record Text() implements Domain {
    @Override
    public int cells() {
      return 0;
    }

    @Override
    public String cellName(int cell) {
      throw new IllegalArgumentException("free text has no cells");
    }
  }
}
