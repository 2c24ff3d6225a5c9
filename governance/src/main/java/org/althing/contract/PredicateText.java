package org.althing.contract;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.althing.contract.RowPredicate.Compared;
import org.althing.contract.RowPredicate.ComparedColumns;
import org.althing.contract.RowPredicate.ComparedDay;
import org.althing.contract.RowPredicate.Comparison;
import org.althing.contract.RowPredicate.Connective;
import org.althing.contract.RowPredicate.DaysApart;
import org.althing.contract.RowPredicate.InScript;
import org.althing.contract.RowPredicate.IsNull;
import org.althing.contract.RowPredicate.Joined;
import org.althing.contract.RowPredicate.Not;
import org.althing.contract.RowPredicate.OneOf;
import org.althing.table.Domain;
import org.althing.table.Script;

/**
 * The conditions of SQL that a contract may use: comparisons of a column with a constant or another
 * column, of the days between two columns with an interval, IN, BETWEEN, IS NULL, of a free text IS
 * LATIN and IS HAN, AND, OR, NOT and brackets. No other arithmetic, no functions or subqueries:
 * such a rule is a sum over rows by its form, and nothing of it is ever run by a database.
 */
public final class PredicateText {
  static final int MOST_CHARACTERS = 2000;
  private static final int MOST_DEPTH = 20;

  /** At most {@link DaysApart#MOST_DAYS}, in whose digits or one fewer. */
  private static final Pattern DAYS = Pattern.compile("'-?(?:[0-9]{1,6}|[1-3][0-9]{6})'");

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<blank>\\s++)"
              + "|(?<number>[+-]?(?:\\d++(?:\\.\\d*+)?|\\.\\d++)(?:[eE][+-]?\\d++)?)"
              + "|(?<text>'(?:[^']++|'')*+')"
              + "|(?<name>\"(?:[^\"]++|\"\")*+\")"
              + "|(?<word>[\\p{L}_][\\p{L}\\p{N}_]*+)"
              + "|(?<sign><>|!=|<=|>=|[=<>(),*{};-])");

  /** The text cannot be run as a condition; says why and at which character. */
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String why) {
      super(why);
    }
  }

  private enum Kind {
    NUMBER,
    TEXT,
    NAME,
    WORD,
    SIGN,
    END
  }

  private record Token(Kind kind, String text, int at) {
    boolean isWord(String word) {
      return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    boolean isSign(String sign) {
      return kind == Kind.SIGN && text.equals(sign);
    }
  }

  private final List<Token> tokens = new ArrayList<>();
  private final List<ContractColumn> columns;
  private int next;
  private int depth;

  private PredicateText(String text, List<ContractColumn> columns) throws Refused {
    this.columns = columns;
    if (text.length() > MOST_CHARACTERS) {
      throw new Refused("more than " + MOST_CHARACTERS + " characters");
    }
    Matcher matcher = TOKEN.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!matcher.region(at, text.length()).lookingAt()) {
        throw new Refused("character %d begins nothing that is known here".formatted(at + 1));
      }
      for (Kind kind : List.of(Kind.NUMBER, Kind.TEXT, Kind.NAME, Kind.WORD, Kind.SIGN)) {
        String found = matcher.group(kind.name().toLowerCase(Locale.ROOT));
        if (found != null) {
          tokens.add(new Token(kind, found, at + 1));
        }
      }
      at = matcher.end();
    }
    tokens.add(new Token(Kind.END, "the end", text.length() + 1));
  }

  /** A condition alone, over columns that may leave. */
  public static RowPredicate condition(String text, List<ContractColumn> columns) throws Refused {
    PredicateText reader = new PredicateText(text, columns);
    RowPredicate predicate = reader.any();
    reader.end();
    return predicate;
  }

  /**
   * The condition of {@code SELECT COUNT(*) FROM {object} WHERE …}; the table may also be named.
   */
  public static RowPredicate count(String query, String table, List<ContractColumn> columns)
      throws Refused {
    PredicateText reader = new PredicateText(query, columns);
    for (String word : List.of("SELECT", "COUNT")) {
      reader.word(word);
    }
    for (String sign : List.of("(", "*", ")")) {
      reader.sign(sign);
    }
    reader.word("FROM");
    if (reader.accepts("{")) {
      reader.word("object");
      reader.sign("}");
    } else {
      reader.word(table);
    }
    reader.word("WHERE");
    RowPredicate predicate = reader.any();
    if (reader.peek().isSign(";")) {
      reader.next++;
    }
    reader.end();
    return predicate;
  }

  private RowPredicate any() throws Refused {
    return joined(Connective.OR, this::all);
  }

  private RowPredicate all() throws Refused {
    return joined(Connective.AND, this::not);
  }

  private interface Part {
    RowPredicate read() throws Refused;
  }

  private RowPredicate joined(Connective by, Part part) throws Refused {
    RowPredicate first = part.read();
    if (!peek().isWord(by.name())) {
      return first;
    }
    List<RowPredicate> all = new ArrayList<>(parts(by, first));
    while (acceptsWord(by.name())) {
      all.addAll(parts(by, part.read()));
    }
    return new Joined(by, all);
  }

  /** Brackets that change nothing leave no trace. */
  private static List<RowPredicate> parts(Connective by, RowPredicate predicate) {
    return predicate instanceof Joined joined && joined.by() == by
        ? joined.of()
        : List.of(predicate);
  }

  private RowPredicate not() throws Refused {
    if (peek().isWord("NOT")) {
      next++;
      return deeper(() -> negated(not()));
    }
    if (accepts("(")) {
      RowPredicate inner = deeper(this::any);
      sign(")");
      return inner;
    }
    return comparison();
  }

  private static RowPredicate negated(RowPredicate predicate) {
    return predicate instanceof Not not ? not.of() : new Not(predicate);
  }

  private RowPredicate deeper(Part part) throws Refused {
    if (++depth > MOST_DEPTH) {
      throw new Refused("more than " + MOST_DEPTH + " brackets within each other");
    }
    RowPredicate inner = part.read();
    depth--;
    return inner;
  }

  private RowPredicate comparison() throws Refused {
    ContractColumn column = column();
    Token token = take();
    if (token.isSign("-")) {
      return apart(column, column());
    }
    if (token.isWord("IS")) {
      boolean negated = acceptsWord("NOT");
      return negated(negated, found(column));
    }
    boolean negated = token.isWord("NOT");
    Token verb = negated ? take() : token;
    if (verb.isWord("IN")) {
      return negated(negated, in(column));
    }
    if (verb.isWord("BETWEEN")) {
      double least = number();
      word("AND");
      return negated(negated, between(column, least, number()));
    }
    if (negated) {
      throw unexpected(verb, "IN or BETWEEN");
    }
    return compared(column, comparison(token));
  }

  /** What stands behind IS: no value or, of a free text, a script. */
  private RowPredicate found(ContractColumn column) throws Refused {
    if (column.column().domain() instanceof Domain.Words) {
      for (Script script : List.of(Script.LATIN, Script.HAN)) {
        if (acceptsWord(script.name())) {
          return new InScript(column.column().name(), script);
        }
      }
    }
    word("NULL");
    return new IsNull(column.column().name());
  }

  private RowPredicate apart(ContractColumn later, ContractColumn earlier) throws Refused {
    for (ContractColumn column : List.of(later, earlier)) {
      if (!(column.column().domain() instanceof Domain.Dates)) {
        throw new Refused(
            "%s holds no days, and nothing else is subtracted".formatted(column.column().name()));
      }
    }
    Comparison comparison = comparison(take());
    word("INTERVAL");
    Token days = take();
    if (!DAYS.matcher(days.text()).matches()) {
      throw unexpected(days, "whole days such as '30'");
    }
    word("DAY");
    return new DaysApart(
        later.column().name(),
        earlier.column().name(),
        comparison,
        Integer.parseInt(days.text().substring(1, days.text().length() - 1)));
  }

  private static RowPredicate negated(boolean negated, RowPredicate predicate) {
    return negated ? negated(predicate) : predicate;
  }

  private RowPredicate in(ContractColumn column) throws Refused {
    sign("(");
    List<Token> items = new ArrayList<>();
    do {
      items.add(take());
    } while (accepts(","));
    sign(")");
    String name = column.column().name();
    if (column.column().domain() instanceof Domain.Numbers) {
      List<RowPredicate> equal = new ArrayList<>();
      for (Token item : items) {
        equal.add(new Compared(name, Comparison.EQUAL, number(item)));
      }
      return equal.size() == 1 ? equal.get(0) : new Joined(Connective.OR, equal);
    }
    List<String> values = new ArrayList<>();
    for (Token item : items) {
      values.add(category(column, item));
    }
    return new OneOf(name, values.stream().distinct().toList());
  }

  private RowPredicate between(ContractColumn column, double least, double most) throws Refused {
    String name = numeric(column);
    return new Joined(
        Connective.AND,
        List.of(
            new Compared(name, Comparison.GREATER_OR_EQUAL, least),
            new Compared(name, Comparison.LESS_OR_EQUAL, most)));
  }

  private RowPredicate compared(ContractColumn column, Comparison comparison) throws Refused {
    Token right = take();
    if (column.column().domain() instanceof Domain.Dates
        && right.isWord("DATE")
        && peek().kind() == Kind.TEXT) {
      return new ComparedDay(column.column().name(), comparison, day(take()));
    }
    if (isColumn(right)) {
      return comparedColumns(column, comparison, column(right));
    }
    if (column.column().domain() instanceof Domain.Dates) {
      throw unexpected(right, "DATE 'year-month-day' or a column");
    }
    if (column.column().domain() instanceof Domain.Numbers) {
      return new Compared(column.column().name(), comparison, number(right));
    }
    RowPredicate one = new OneOf(column.column().name(), List.of(category(column, right)));
    return switch (comparison) {
      case EQUAL -> one;
      case NOT_EQUAL -> new Not(one);
      default ->
          throw new Refused(
              "%s has a list of values, which have no order: use =, <> or IN"
                  .formatted(column.column().name()));
    };
  }

  private static RowPredicate comparedColumns(
      ContractColumn left, Comparison comparison, ContractColumn right) throws Refused {
    boolean days =
        left.column().domain() instanceof Domain.Dates
            && right.column().domain() instanceof Domain.Dates;
    return days
        ? new ComparedColumns(left.column().name(), comparison, right.column().name())
        : new ComparedColumns(numeric(left), comparison, numeric(right));
  }

  private static LocalDate day(Token token) throws Refused {
    try {
      return LocalDate.parse(token.text().substring(1, token.text().length() - 1));
    } catch (DateTimeException e) {
      throw unexpected(token, "a day such as '2026-06-30'");
    }
  }

  private static boolean isColumn(Token token) {
    return token.kind() == Kind.NAME || token.kind() == Kind.WORD;
  }

  private Comparison comparison(Token token) throws Refused {
    if (token.isSign("!=")) {
      return Comparison.NOT_EQUAL;
    }
    for (Comparison comparison : Comparison.values()) {
      if (token.isSign(comparison.sign())) {
        return comparison;
      }
    }
    throw unexpected(token, "a comparison, IS, IN or BETWEEN");
  }

  private ContractColumn column() throws Refused {
    return column(take());
  }

  private ContractColumn column(Token token) throws Refused {
    boolean keyword =
        token.kind() == Kind.WORD
            && RowPredicate.KEYWORDS.contains(token.text().toUpperCase(Locale.ROOT));
    if (!isColumn(token) || keyword) {
      throw unexpected(token, "a column");
    }
    String name =
        token.kind() == Kind.NAME
            ? token.text().substring(1, token.text().length() - 1).replace("\"\"", "\"")
            : token.text();
    Optional<ContractColumn> column =
        columns.stream().filter(c -> c.column().name().equals(name)).findFirst();
    if (column.isEmpty()) {
      throw new Refused(
          "character %d: there is no column %s".formatted(token.at(), Excerpt.of(name)));
    }
    if (column.get().use() != ContractColumn.Use.FEDERATED) {
      throw new Refused("column %s never enters a sum".formatted(Excerpt.of(name)));
    }
    return column.get();
  }

  private static String numeric(ContractColumn column) throws Refused {
    if (column.column().domain() instanceof Domain.Numbers) {
      return column.column().name();
    }
    throw new Refused("%s holds no numbers".formatted(column.column().name()));
  }

  private double number() throws Refused {
    return number(take());
  }

  private static double number(Token token) throws Refused {
    if (token.kind() != Kind.NUMBER) {
      throw unexpected(token, "a number");
    }
    double value = Double.parseDouble(token.text());
    if (Double.isInfinite(value)) {
      throw unexpected(token, "a number that is not endless");
    }
    return value;
  }

  /** Never a value that the column cannot have: such a rule would be a mistake. */
  private static String category(ContractColumn column, Token token) throws Refused {
    if (token.kind() != Kind.TEXT && token.kind() != Kind.NUMBER) {
      throw unexpected(token, "a value of " + column.column().name());
    }
    String value =
        token.kind() == Kind.TEXT
            ? token.text().substring(1, token.text().length() - 1).replace("''", "'")
            : token.text();
    if (!(column.column().domain() instanceof Domain.Categories categories)
        || categories.cellOf(value) < 0) {
      throw new Refused(
          "character %d: %s is no declared value of %s"
              .formatted(token.at(), Excerpt.of(value), column.column().name()));
    }
    return value;
  }

  private Token peek() {
    return tokens.get(next);
  }

  private Token take() {
    Token token = tokens.get(next);
    if (token.kind() != Kind.END) {
      next++;
    }
    return token;
  }

  private boolean accepts(String sign) {
    if (peek().isSign(sign)) {
      next++;
      return true;
    }
    return false;
  }

  private boolean acceptsWord(String word) {
    if (peek().isWord(word)) {
      next++;
      return true;
    }
    return false;
  }

  private void word(String word) throws Refused {
    if (!acceptsWord(word)) {
      throw unexpected(peek(), word);
    }
  }

  private void sign(String sign) throws Refused {
    if (!accepts(sign)) {
      throw unexpected(peek(), sign);
    }
  }

  private void end() throws Refused {
    if (peek().kind() != Kind.END) {
      throw unexpected(peek(), "the end");
    }
  }

  private static Refused unexpected(Token token, String expected) {
    return new Refused(
        "character %d: expected %s, got %s"
            .formatted(
                token.at(),
                expected,
                token.kind() == Kind.END ? token.text() : Excerpt.of(token.text())));
  }
}
