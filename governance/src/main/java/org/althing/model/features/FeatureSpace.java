package org.althing.model.features;

import java.util.ArrayList;
import java.util.List;
import org.althing.table.Column;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;

/**
 * Chosen columns of a schema as one vector per record: the fields in order, then a bias that is
 * always 1.
 *
 * <p>Coordinates are whole steps of 1 / {@link #stepsPerUnit}, so norms are integers. Each field
 * and the bias add at most 1 to a record's squared norm: ‖x‖² ≤ {@link #l2Squared} by the schema
 * alone, whatever the data.
 *
 * @param columns names of the chosen columns, at least one, in the order of the coordinates
 */
public record FeatureSpace(Schema schema, List<String> columns) {
  private static final long STEPS_OF_NUMBERS = 256;

  public FeatureSpace {
    columns = List.copyOf(columns);
    if (columns.isEmpty() || columns.stream().distinct().count() != columns.size()) {
      throw new IllegalArgumentException("features are at least one column, each named once");
    }
    for (String name : columns) {
      if (!schema.contains(name)) {
        throw new IllegalArgumentException(
            "feature %s is no column of the schema; choose among the contract's federated columns"
                .formatted(name));
      }
    }
  }

  /** The chosen columns as coordinates, in order. */
  public List<Field> fields() {
    return columns.stream().map(name -> fieldOf(schema.column(name))).toList();
  }

  private static Field fieldOf(Column column) {
    return column.domain().cells() > 0 ? new Field.OneHot(column) : new Field.Bounded(column);
  }

  /** d: coordinates of all fields and the bias. */
  public int size() {
    return fields().stream().mapToInt(Field::size).sum() + 1;
  }

  /** Where field {@code index} starts; for the number of fields, where the bias stands. */
  public int offset(int index) {
    return fields().subList(0, index).stream().mapToInt(Field::size).sum();
  }

  /**
   * R²: the most that ‖x‖² can be, in units of value; also the most coordinates that one record
   * sets.
   */
  public int l2Squared() {
    return columns.size() + 1;
  }

  /** Whether every column has cells, so that all coordinates are 0 or 1. */
  public boolean isAllCells() {
    return fields().stream().allMatch(Field.OneHot.class::isInstance);
  }

  /** Integer steps per unit of value: 1 where all coordinates are 0 or 1. */
  public long stepsPerUnit() {
    return isAllCells() ? 1 : STEPS_OF_NUMBERS;
  }

  /** What a coordinate stands for: {@code column = cell}, or {@code bias}. */
  public List<String> coordinateNames() {
    List<String> names = new ArrayList<>();
    for (Field field : fields()) {
      for (int i = 0; i < field.size(); i++) {
        names.add(field.column().name() + " = " + field.coordinateName(i));
      }
    }
    names.add("bias");
    return names;
  }

  /** Prepares the reading of records; safe for concurrent use. */
  public RowEncoder encoder() {
    return new RowEncoder(this);
  }

  /** Reads records as sparse vectors of a feature space. */
  public static final class RowEncoder {
    private final Schema schema;
    private final Field[] fields;
    private final int[] positions;
    private final int[] offsets;
    private final long stepsPerUnit;

    private RowEncoder(FeatureSpace space) {
      this.schema = space.schema;
      this.fields = space.fields().toArray(new Field[0]);
      this.positions = space.columns.stream().mapToInt(space.schema::indexOf).toArray();
      this.offsets = new int[fields.length + 1];
      for (int f = 0; f < fields.length; f++) {
        offsets[f + 1] = offsets[f] + fields[f].size();
      }
      this.stepsPerUnit = space.stepsPerUnit();
    }

    /** How many coordinates a record sets: one per field, and the bias. */
    public int entries() {
      return fields.length + 1;
    }

    /**
     * Writes a record's coordinates, ascending, and their values in steps; both arrays have {@link
     * #entries} elements.
     */
    public void encode(RecordBatch batch, int row, int[] index, long[] steps) {
      if (!batch.schema().equals(schema)) {
        throw new IllegalArgumentException(
            "the batch has other columns than the feature space was made for");
      }
      for (int f = 0; f < fields.length; f++) {
        index[f] = offsets[f] + fields[f].coordinate(batch, positions[f], row);
        steps[f] = fields[f].steps(batch, positions[f], row, stepsPerUnit);
      }
      index[fields.length] = offsets[fields.length];
      steps[fields.length] = stepsPerUnit;
    }
  }
}
