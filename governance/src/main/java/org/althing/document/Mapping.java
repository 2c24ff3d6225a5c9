package org.althing.document;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A mapping of a document. Readers ask for the keys they know and call {@link #end} last, which
 * refuses every key nobody asked for. Not safe for concurrent use.
 */
public final class Mapping {
  private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");

  /** Plain scalars that YAML's core schema does not read as text; null is none of our texts. */
  private static final Pattern OTHER =
      Pattern.compile(
          "true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
              + "|[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?"
              + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

  private static final int MOST_LISTED = 12;

  private final Node.Table table;
  private final String path;
  private final Set<String> known = new HashSet<>();
  private final List<Mapping> children = new ArrayList<>();

  Mapping(Node.Table table, String path) {
    this.table = table;
    this.path = path;
  }

  /** The keys in the order of the document; asking for them makes none of them known. */
  public List<String> keys() {
    return List.copyOf(table.entries().keySet());
  }

  /** Whether the key is there; it counts as known from then on. */
  public boolean has(String key) {
    known.add(key);
    return table.entries().containsKey(key);
  }

  /** Names keys that are allowed though this reader does not ask for them. */
  public void allow(String... keys) {
    known.addAll(List.of(keys));
  }

  /** The text of a key that must be there and not be empty. */
  public String text(String key) throws DocumentError {
    return textOf(required(key), at(key));
  }

  /**
   * The text of a key that must be there, not be empty, and be a text to every other reader of YAML
   * 1.2 too (core schema, §10.3.2): a number, {@code true} or {@code null} has to stand in quotes.
   */
  String string(String key) throws DocumentError {
    return stringOf(required(key), at(key));
  }

  /** A list of such texts. */
  List<String> strings(String key) throws DocumentError {
    List<String> strings = new ArrayList<>();
    for (Node item : sequence(key)) {
      strings.add(stringOf(item, at(key) + "[" + strings.size() + "]"));
    }
    return strings;
  }

  boolean isList(String key) {
    Node.Entry entry = table.entries().get(key);
    return entry != null && entry.value() instanceof Node.Sequence;
  }

  /** Of whatever items. */
  void requireList(String key) throws DocumentError {
    sequence(key);
  }

  public Optional<String> optionalText(String key) throws DocumentError {
    return has(key) ? Optional.of(text(key)) : Optional.empty();
  }

  /** A text that is one of {@code choices}. */
  public String choice(String key, Collection<String> choices) throws DocumentError {
    String text = text(key);
    if (choices.contains(text)) {
      return text;
    }
    throw new DocumentError(
        Problem.NOT_A_CHOICE,
        valuePlace(key),
        at(key),
        "expected %s, got %s".formatted(listed(choices), DocumentError.quoted(text)),
        Nearest.to(text, choices).map(Mapping::didYouMean).orElse("write one of these"));
  }

  /** A whole number in decimal digits, {@code least} to {@code most}. */
  public long whole(String key, long least, long most) throws DocumentError {
    Node node = required(key);
    String expected = "a whole number from %d to %d".formatted(least, most);
    if (!(node instanceof Node.Scalar scalar)
        || !scalar.plain()
        || !WHOLE.matcher(scalar.text()).matches()) {
      throw wrongType(node, at(key), expected);
    }
    long value = Long.parseLong(scalar.text());
    if (value < least || value > most) {
      throw outOfRange(node, at(key), expected);
    }
    return value;
  }

  /** A finite decimal number, {@code least} to {@code most}; {@code 1e-6} and {@code 1.0e-6} do. */
  public double number(String key, double least, double most) throws DocumentError {
    return numberOf(required(key), at(key), least, most);
  }

  public OptionalDouble optionalNumber(String key, double least, double most) throws DocumentError {
    return has(key) ? OptionalDouble.of(number(key, least, most)) : OptionalDouble.empty();
  }

  /** A list of numbers, each {@code least} to {@code most}. */
  public List<Double> numbers(String key, double least, double most) throws DocumentError {
    List<Double> numbers = new ArrayList<>();
    for (Node item : sequence(key)) {
      numbers.add(numberOf(item, at(key) + "[" + numbers.size() + "]", least, most));
    }
    return numbers;
  }

  /** {@code true} or {@code false}, nothing else. */
  public boolean flag(String key) throws DocumentError {
    Node node = required(key);
    if (node instanceof Node.Scalar scalar && scalar.plain()) {
      if (scalar.text().equals("true")) {
        return true;
      }
      if (scalar.text().equals("false")) {
        return false;
      }
    }
    throw wrongType(node, at(key), "true or false");
  }

  public Mapping mapping(String key) throws DocumentError {
    return child(required(key), at(key));
  }

  public Optional<Mapping> optionalMapping(String key) throws DocumentError {
    return has(key) ? Optional.of(mapping(key)) : Optional.empty();
  }

  /** A list of mappings. */
  public List<Mapping> mappings(String key) throws DocumentError {
    List<Mapping> mappings = new ArrayList<>();
    for (Node item : sequence(key)) {
      mappings.add(child(item, at(key) + "[" + mappings.size() + "]"));
    }
    return mappings;
  }

  /** A list of mappings; empty where the key is absent. */
  public List<Mapping> optionalMappings(String key) throws DocumentError {
    return has(key) ? mappings(key) : List.of();
  }

  /** A list of texts, none of them empty. */
  public List<String> texts(String key) throws DocumentError {
    List<String> texts = new ArrayList<>();
    for (Node item : sequence(key)) {
      texts.add(textOf(item, at(key) + "[" + texts.size() + "]"));
    }
    return texts;
  }

  /** A list of texts; empty where the key is absent. */
  public List<String> optionalTexts(String key) throws DocumentError {
    return has(key) ? texts(key) : List.of();
  }

  /** A list of lists of texts; empty where the key is absent. */
  public List<List<String>> optionalTextLists(String key) throws DocumentError {
    List<List<String>> lists = new ArrayList<>();
    for (Node item : has(key) ? sequence(key) : List.<Node>of()) {
      String itemPath = at(key) + "[" + lists.size() + "]";
      if (!(item instanceof Node.Sequence sequence)) {
        throw wrongType(item, itemPath, "a list");
      }
      List<String> texts = new ArrayList<>();
      for (Node text : sequence.items()) {
        texts.add(textOf(text, itemPath + "[" + texts.size() + "]"));
      }
      lists.add(texts);
    }
    return lists;
  }

  /** A list of texts in which {@code null} and {@code ""} are both the empty text. */
  public List<String> textsOrNulls(String key) throws DocumentError {
    List<String> texts = new ArrayList<>();
    for (Node item : sequence(key)) {
      boolean none =
          item instanceof Node.Scalar scalar && (scalar.isNull() || scalar.text().isEmpty());
      texts.add(none ? "" : textOf(item, at(key) + "[" + texts.size() + "]"));
    }
    return texts;
  }

  /** A mapping from any text to text, in the order of the document, such as a code map. */
  public Map<String, String> textMap(String key) throws DocumentError {
    Mapping map = mapping(key);
    Map<String, String> texts = new LinkedHashMap<>();
    for (String entry : map.keys()) {
      texts.put(entry, map.text(entry));
    }
    return texts;
  }

  /** Refuses every key that was never asked for, here and in the mappings taken from here. */
  public void end() throws DocumentError {
    for (Map.Entry<String, Node.Entry> entry : table.entries().entrySet()) {
      if (!known.contains(entry.getKey())) {
        throw unknown(entry.getKey(), entry.getValue().keyPlace());
      }
    }
    for (Mapping child : children) {
      child.end();
    }
  }

  /** An error about a key's value that only its reader can see. */
  public DocumentError error(String key, String message) {
    return problem(Problem.REFUSED, key, message, "");
  }

  /** An error about a key's value, with what to do about it. */
  public DocumentError error(String key, String message, String remedy) {
    return problem(Problem.REFUSED, key, message, remedy);
  }

  /** An error about something that is valid elsewhere but that we cannot run and will not skip. */
  DocumentError cannotRun(String key, String message, String remedy) {
    return problem(Problem.CANNOT_RUN, key, message, remedy);
  }

  DocumentError problem(Problem problem, String key, String message, String remedy) {
    return new DocumentError(problem, valuePlace(key), at(key), message, remedy);
  }

  private static String listed(Collection<String> choices) {
    String first = String.join(" | ", choices.stream().limit(MOST_LISTED).toList());
    return choices.size() <= MOST_LISTED
        ? first
        : "%s | … (%d choices)".formatted(first, choices.size());
  }

  private DocumentError unknown(String key, Place place) {
    List<String> unused = known.stream().filter(k -> !table.entries().containsKey(k)).toList();
    String remedy =
        Nearest.to(key, unused)
            .or(() -> Nearest.to(key, known))
            .map(Mapping::didYouMean)
            .orElse("allowed here: " + String.join(", ", known.stream().sorted().toList()));
    return new DocumentError(Problem.UNKNOWN_KEY, place, at(key), "", remedy);
  }

  private static String didYouMean(String text) {
    return "did you mean " + DocumentError.quoted(text) + "?";
  }

  private Node required(String key) throws DocumentError {
    known.add(key);
    Node.Entry entry = table.entries().get(key);
    if (entry != null) {
      return entry.value();
    }
    // A misspelt key is better told as what it is than as the absence of the right one.
    List<String> strangers = keys().stream().filter(k -> !known.contains(k)).toList();
    Optional<String> misspelt = Nearest.to(key, strangers);
    if (misspelt.isPresent()) {
      Node.Entry stranger = table.entries().get(misspelt.get());
      if (stranger != null) {
        throw new DocumentError(
            Problem.UNKNOWN_KEY, stranger.keyPlace(), at(misspelt.get()), "", didYouMean(key));
      }
    }
    throw new DocumentError(
        Problem.MISSING_KEY, table.place(), at(key), "", "add \"" + key + ":\" here");
  }

  private List<Node> sequence(String key) throws DocumentError {
    Node node = required(key);
    if (node instanceof Node.Sequence sequence) {
      return sequence.items();
    }
    throw wrongType(node, at(key), "a list");
  }

  private Mapping child(Node node, String childPath) throws DocumentError {
    if (node instanceof Node.Table childTable) {
      Mapping child = new Mapping(childTable, childPath);
      children.add(child);
      return child;
    }
    throw wrongType(node, childPath, "a mapping");
  }

  private static String textOf(Node node, String nodePath) throws DocumentError {
    if (node instanceof Node.Scalar scalar && !scalar.isNull() && !scalar.text().isBlank()) {
      return scalar.text();
    }
    throw wrongType(node, nodePath, "a text");
  }

  private static String stringOf(Node node, String nodePath) throws DocumentError {
    String text = textOf(node, nodePath);
    if (node instanceof Node.Scalar scalar && scalar.plain() && OTHER.matcher(text).matches()) {
      throw new DocumentError(
          Problem.WRONG_TYPE,
          node.place(),
          nodePath,
          "expected a text, got " + text + ", which YAML reads as a number or a truth value",
          "put it in quotes: \"" + text + "\"");
    }
    return text;
  }

  private static double numberOf(Node node, String nodePath, double least, double most)
      throws DocumentError {
    if (!(node instanceof Node.Scalar scalar)
        || !scalar.plain()
        || !NUMBER.matcher(scalar.text()).matches()) {
      throw wrongType(node, nodePath, "a decimal number");
    }
    double value = Double.parseDouble(scalar.text());
    if (!(value >= least && value <= most) || Double.isInfinite(value)) {
      throw outOfRange(
          node, nodePath, "a number from %s to %s".formatted(plain(least), plain(most)));
    }
    return value;
  }

  private static String plain(double bound) {
    return BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
  }

  private static DocumentError wrongType(Node node, String nodePath, String expected) {
    return new DocumentError(
        Problem.WRONG_TYPE,
        node.place(),
        nodePath,
        "expected %s, got %s".formatted(expected, node.kind()),
        "");
  }

  private static DocumentError outOfRange(Node node, String nodePath, String expected) {
    return new DocumentError(
        Problem.OUT_OF_RANGE,
        node.place(),
        nodePath,
        "expected %s, got %s".formatted(expected, node.kind()),
        "");
  }

  private Place valuePlace(String key) {
    Node.Entry entry = table.entries().get(key);
    return entry == null ? table.place() : entry.value().place();
  }

  private String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
