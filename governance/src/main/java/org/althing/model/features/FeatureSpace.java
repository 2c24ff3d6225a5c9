package org.althing.model.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;

/**
 * Chosen columns of a schema as one vector per record: the columns in order, then those that
 * interact, then a bias that is always 1.
 *
 * <p>Coordinates are whole steps of 1 / {@link #stepsPerUnit}, so norms are integers. Each field
 * and the bias add at most 1 to a record's squared norm: ‖x‖² ≤ {@link #l2Squared} by the schema
 * alone, whatever the data.
 *
 * @param columns names of the columns that have coordinates of their own, in this order
 * @param buckets over how many coordinates the words of a free text without a vocabulary are
 *     spread; 0 where there is no such column
 * @param squared those of the columns, all numbers, that stand with their squares, whether or not
 *     they have bins
 * @param interactions pairs of columns, with cells, that are read together, whether or not they
 *     also have coordinates of their own; with {@code columns} at least one
 * @param values those of the columns, all numbers without squares, that stand by their values
 *     whether or not they have bins
 */
public record FeatureSpace(
    Schema schema,
    List<String> columns,
    int buckets,
    List<String> squared,
    List<Interaction> interactions,
    List<String> values) {
  public static final int DEFAULT_BUCKETS = 1024;
  public static final int LEAST_BUCKETS = 64;
  public static final int MOST_BUCKETS = 8192;

  /** w² ≈ 0.1: what a record adds, in steps of 1/256, where records are counted beside x. */
  public static final long RECORD_STEPS = 81;

  private static final long STEPS_OF_NUMBERS = 256;

  public FeatureSpace {
    if (buckets != 0 && (buckets < LEAST_BUCKETS || buckets > MOST_BUCKETS)) {
      throw new IllegalArgumentException(
          "words are spread over %d to %d buckets, got %d"
              .formatted(LEAST_BUCKETS, MOST_BUCKETS, buckets));
    }
    columns = List.copyOf(columns);
    interactions = Interaction.distinct(interactions);
    if (columns.size() + interactions.size() == 0
        || columns.stream().distinct().count() != columns.size()) {
      throw new IllegalArgumentException("features are at least one column, each named once");
    }
    for (String name : columns) {
      if (!schema.contains(name)) {
        throw new IllegalArgumentException(
            "feature %s is no column of the schema; choose among the contract's federated columns"
                .formatted(name));
      }
    }
    boolean open = columns.stream().anyMatch(name -> isOpenText(schema.column(name)));
    if (open && buckets == 0) {
      throw new IllegalArgumentException("words without a vocabulary are spread over buckets");
    }
    buckets = open ? buckets : 0;
    squared = List.copyOf(squared);
    if (!columns.containsAll(squared) || squared.stream().distinct().count() != squared.size()) {
      throw new IllegalArgumentException(
          "columns with squares are some of the features, each named once");
    }
    values = List.copyOf(values);
    if (!columns.containsAll(values)
        || values.stream().distinct().count() != values.size()
        || values.stream().anyMatch(squared::contains)) {
      throw new IllegalArgumentException(
          "columns that stand by their values are some of the features, each named once");
    }
    List<String> misfits = Interaction.misfits(interactions, schema);
    if (!misfits.isEmpty()) {
      throw new IllegalArgumentException(misfits.get(0));
    }
  }

  /** As the other, with bins wherever columns have them. */
  public FeatureSpace(
      Schema schema,
      List<String> columns,
      int buckets,
      List<String> squared,
      List<Interaction> interactions) {
    this(schema, columns, buckets, squared, interactions, List.of());
  }

  /** As the other, with no interactions. */
  public FeatureSpace(Schema schema, List<String> columns, int buckets, List<String> squared) {
    this(schema, columns, buckets, squared, List.of());
  }

  /** As the other, with no squares. */
  public FeatureSpace(Schema schema, List<String> columns, int buckets) {
    this(schema, columns, buckets, List.of());
  }

  /** As the other, over {@value #DEFAULT_BUCKETS} buckets where there are free texts. */
  public FeatureSpace(Schema schema, List<String> columns) {
    this(schema, columns, DEFAULT_BUCKETS);
  }

  /** The same with these columns by their values. */
  public FeatureSpace withValues(List<String> numbers) {
    return new FeatureSpace(schema, columns, buckets, squared, interactions, numbers);
  }

  /** The same with these columns by their values and their squares. */
  public FeatureSpace withSquares(List<String> numbers) {
    return new FeatureSpace(schema, columns, buckets, numbers, interactions, values);
  }

  /**
   * The columns that are numbers with bins, but for those that interact, which have to keep them.
   *
   * @param kept columns that are to keep them too
   */
  public List<String> binned(Set<String> kept) {
    return columns.stream()
        .filter(name -> schema.column(name).domain() instanceof Domain.Numbers)
        .filter(name -> schema.column(name).domain().cells() > 0)
        .filter(name -> !kept.contains(name))
        .filter(name -> interactions.stream().noneMatch(pair -> pair.reads(name)))
        .toList();
  }

  private static boolean isOpenText(Column column) {
    return column.domain() instanceof Domain.Words words && words.vocabulary().isEmpty();
  }

  /** The columns that records are read by: {@link #columns}, then others that interact. */
  public List<String> columnsRead() {
    return Stream.concat(
            columns.stream(),
            interactions.stream().flatMap(pair -> Stream.of(pair.first(), pair.second())))
        .distinct()
        .toList();
  }

  /** All coordinates but the bias, in order: one field per column, then one per interaction. */
  public List<Field> fields() {
    return Stream.concat(
            columns.stream().map(name -> fieldOf(schema.column(name))),
            interactions.stream().map(this::product))
        .toList();
  }

  /** F: how many fields there are. */
  public int fieldCount() {
    return columns.size() + interactions.size();
  }

  private Field product(Interaction pair) {
    return new Field.Product(
        new Field.OneHot(schema.column(pair.first())),
        new Field.OneHot(schema.column(pair.second())));
  }

  private Field fieldOf(Column column) {
    if (squared.contains(column.name())) {
      return new Field.Squared(column);
    }
    if (column.domain() instanceof Domain.Words) {
      return new WordField(column, buckets);
    }
    return column.domain().cells() > 0 && !values.contains(column.name())
        ? new Field.OneHot(column)
        : new Field.Bounded(column);
  }

  /** d: coordinates of all fields and the bias. */
  public int size() {
    return fields().stream().mapToInt(Field::size).sum() + 1;
  }

  /** Where field {@code index} starts; for the number of fields, where the bias stands. */
  public int offset(int index) {
    return fields().subList(0, index).stream().mapToInt(Field::size).sum();
  }

  /** R²: the most that ‖x‖² can be, in units of value. */
  public int l2Squared() {
    return fieldCount() + 1;
  }

  /** The most coordinates that one record sets, the bias included. */
  public int mostEntries() {
    return fields().stream().mapToInt(Field::mostEntries).sum() + 1;
  }

  /** Whether a column is free text. */
  public boolean hasWords() {
    return fields().stream().anyMatch(WordField.class::isInstance);
  }

  /** The coordinates that stand for declared words, ascending. */
  public int[] declaredWords() {
    List<Field> all = fields();
    IntStream.Builder words = IntStream.builder();
    for (int f = 0; f < all.size(); f++) {
      if (all.get(f) instanceof WordField text && text.isDeclared()) {
        int start = offset(f);
        IntStream.range(start, start + text.noWord()).forEach(words::add);
      }
    }
    return words.build().toArray();
  }

  /** The columns of free text whose words are spread over buckets by their hashes. */
  public List<String> bucketed() {
    return fields().stream()
        .filter(field -> field instanceof WordField text && !text.isDeclared())
        .map(field -> field.columns().get(0).name())
        .toList();
  }

  /** Whether every column has cells, so that all coordinates are 0 or 1. */
  public boolean isAllCells() {
    return fields().stream().allMatch(Field::isOneHot);
  }

  /** Integer steps per unit of value: 1 where all coordinates are 0 or 1. */
  public long stepsPerUnit() {
    if (!squared.isEmpty()) {
      return Field.Squared.STEPS;
    }
    return isAllCells() ? 1 : STEPS_OF_NUMBERS;
  }

  /** Which coordinates are squares of those before them. */
  boolean[] squares() {
    boolean[] squares = new boolean[size()];
    int start = 0;
    for (Field field : fields()) {
      if (field instanceof Field.Squared) {
        squares[start + 1] = true;
      }
      start += field.size();
    }
    return squares;
  }

  /**
   * What a coordinate stands for: {@code column = cell}, both of an interaction, or {@code bias}.
   */
  public List<String> coordinateNames() {
    List<String> names = new ArrayList<>();
    for (Field field : fields()) {
      for (int i = 0; i < field.size(); i++) {
        names.add(field.coordinateName(i));
      }
    }
    names.add("bias");
    return names;
  }

  /** Of each field the positions of its columns in the schema. */
  int[][] positions() {
    return fields().stream()
        .map(f -> f.columns().stream().mapToInt(c -> schema.indexOf(c.name())).toArray())
        .toArray(int[][]::new);
  }

  /** Prepares the reading of records; safe for concurrent use. */
  public RowEncoder encoder() {
    return new RowEncoder(this);
  }

  /** Reads records as sparse vectors of a feature space. */
  public static final class RowEncoder {
    private final Schema schema;

    /** One that was found equal; which of several, and when others see it, makes no difference. */
    private Schema known;

    private final Field[] fields;
    private final int[][] positions;
    private final int[] offsets;
    private final long stepsPerUnit;

    /** The fields whose entries differ from record to record, and the most of all others. */
    private final int[] texts;

    private final int mostWithoutTexts;

    private RowEncoder(FeatureSpace space) {
      this.schema = space.schema;
      this.known = schema;
      this.fields = space.fields().toArray(new Field[0]);
      this.positions = space.positions();
      this.offsets = new int[fields.length + 1];
      for (int f = 0; f < fields.length; f++) {
        offsets[f + 1] = offsets[f] + fields[f].size();
      }
      this.stepsPerUnit = space.stepsPerUnit();
      this.texts =
          IntStream.range(0, fields.length).filter(f -> fields[f] instanceof WordField).toArray();
      this.mostWithoutTexts =
          space.mostEntries() - IntStream.of(texts).map(f -> fields[f].mostEntries()).sum();
    }

    /** A record's coordinates, the bias last. */
    public SparseRow encode(RecordBatch batch, int row) {
      SparseBlock one = block(1);
      encode(batch, row, 1, one);
      return one.row(0);
    }

    /** Prepares the reading of a batch of which many records are asked for. */
    public EncodedRecords over(RecordBatch batch) {
      requireColumns(batch.schema());
      return new EncodedRecords(this, batch);
    }

    SparseBlock block(int mostRecords) {
      return new SparseBlock(mostRecords, stepsPerUnit);
    }

    /** Encodes records that follow one another; {@code out} then holds them and no others. */
    void encode(RecordBatch batch, int first, int records, SparseBlock out) {
      requireColumns(batch.schema());
      out.clear();
      for (int row = first; row < first + records; row++) {
        int capacity = mostWithoutTexts;
        for (int f : texts) {
          capacity += fields[f].entries(batch, positions[f], row);
        }
        out.append(capacity);
      }
      for (int f = 0; f < fields.length; f++) {
        out.startField(offsets[f]);
        fields[f].encode(batch, positions[f], first, out);
      }
      out.startField(offsets[fields.length]);
      for (int record = 0; record < records; record++) {
        out.set(record, 0, stepsPerUnit);
      }
      out.requireRoom();
    }

    /** Schemas of rows are one object time and again; comparing all columns takes long. */
    @SuppressWarnings("ReferenceEquality")
    private void requireColumns(Schema given) {
      if (given == known) {
        return;
      }
      if (!given.equals(schema)) {
        throw new IllegalArgumentException(
            "the batch has other columns than the feature space was made for");
      }
      known = given;
    }
  }
}
