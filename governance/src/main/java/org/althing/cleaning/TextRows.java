package org.althing.cleaning;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of texts on their way to the cleaner, their UTF-8 in one array; to be emptied and filled
 * again. A field that is not set is empty. A field may be given as a number, or as a place in a
 * list of texts: its text is then written when somebody asks for it. Not safe for concurrent use.
 */
public final class TextRows {
  private static final int FIRST_ROOM = 1024;
  private static final int FIRST_ROWS = 16;
  private static final int MOST_BYTES_PER_CHAR = 3;
  private static final double[] NO_NUMBERS = {};
  private static final int[] NO_PLACES = {};
  private static final TextList NO_TEXTS = new TextList(List.of());

  private final int fields;
  private byte[] bytes = new byte[FIRST_ROOM];
  private int size;
  private boolean trimmed;

  /** By field: each row's number or NaN; empty of a field that never had one. */
  private final double[][] numbers;

  /** By field: 1 + each row's place in the field's list, or 0; empty as the numbers are. */
  private final int[][] places;

  private final TextList[] lists;

  /** Of every field, row by row, where its text begins and ends. */
  private int[] starts;

  private int[] ends;
  private int rows;

  /** Rows of which fields may have been set, ended or not. */
  private int touched = 1;

  /**
   * Without a row.
   *
   * @param fields of each row
   */
  public TextRows(int fields) {
    this.fields = fields;
    this.starts = new int[FIRST_ROWS * fields];
    this.ends = new int[FIRST_ROWS * fields];
    this.numbers = new double[fields][];
    Arrays.fill(numbers, NO_NUMBERS);
    this.places = new int[fields][];
    Arrays.fill(places, NO_PLACES);
    this.lists = new TextList[fields];
    Arrays.fill(lists, NO_TEXTS);
  }

  /** Some rows, all of one width. */
  public static TextRows of(List<String[]> rows) {
    TextRows texts = new TextRows(rows.isEmpty() ? 0 : rows.get(0).length);
    for (String[] row : rows) {
      texts.add(row);
    }
    return texts;
  }

  public int fields() {
    return fields;
  }

  public int rows() {
    return rows;
  }

  /** How many bytes the texts have, ended rows or not. */
  public int size() {
    return size;
  }

  /** Adds a row. */
  public void add(String[] row) {
    if (row.length != fields) {
      throw new IllegalArgumentException(
          "a row has %d fields, expected %d".formatted(row.length, fields));
    }
    for (int field = 0; field < fields; field++) {
      set(field, row[field]);
    }
    endRow();
  }

  /** Sets a field of the row that has not ended. */
  public void set(int field, String text) {
    set(field, text.getBytes(StandardCharsets.UTF_8));
  }

  /** As the other, of a text's UTF-8. */
  public void set(int field, byte[] utf8) {
    append(rows, field, utf8, 0, utf8.length);
  }

  /** As the other, of some characters. */
  public void set(int field, char[] chars, int from, int length) {
    reserve(MOST_BYTES_PER_CHAR * length);
    byte[] into = bytes;
    int end = size;
    for (int i = from; i < from + length; i++) {
      char c = chars[i];
      if (c >= 0x80) {
        set(field, new String(chars, from, length));
        return;
      }
      into[end++] = (byte) c;
    }
    placed(rows, field, end);
  }

  /**
   * Makes room for rows to come, so that fields of them may be set column by column.
   *
   * @param count rows from the one that has not ended
   */
  public void reserveRows(int count) {
    touched = Math.max(touched, rows + count);
    int wanted = (rows + count) * fields;
    if (wanted > starts.length) {
      starts = Arrays.copyOf(starts, 2 * wanted);
      ends = Arrays.copyOf(ends, 2 * wanted);
    }
  }

  /**
   * Sets a field of the next rows that have not ended.
   *
   * @param values what is not finite is no number, and leaves the field as it is
   * @param count room is reserved for them
   */
  public void set(int field, double[] values, int count) {
    double[] into = roomForNumbers(field, rows + count);
    for (int ahead = 0; ahead < count; ahead++) {
      into[rows + ahead] = Double.isFinite(values[ahead]) ? values[ahead] : Double.NaN;
    }
  }

  /**
   * As the other, to places in a list of texts.
   *
   * @param texts the same for all rows of this field until these are {@link #clear}ed
   * @param values -1 leaves the field as it is
   */
  public void set(int field, TextList texts, int[] values, int count) {
    int[] into = roomForPlaces(field, rows + count);
    lists[field] = texts;
    for (int ahead = 0; ahead < count; ahead++) {
      into[rows + ahead] = 1 + values[ahead];
    }
  }

  private double[] roomForNumbers(int field, int wanted) {
    int before = numbers[field].length;
    if (wanted > before) {
      numbers[field] = Arrays.copyOf(numbers[field], starts.length / fields);
      Arrays.fill(numbers[field], before, numbers[field].length, Double.NaN);
    }
    return numbers[field];
  }

  private int[] roomForPlaces(int field, int wanted) {
    if (wanted > places[field].length) {
      places[field] = Arrays.copyOf(places[field], starts.length / fields);
    }
    return places[field];
  }

  /** As the other, to a text. */
  public void set(int ahead, int field, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    append(rows + ahead, field, utf8, 0, utf8.length);
  }

  /** The row is complete. */
  public void endRow() {
    endRows(1);
  }

  /** Empties the fields of the row that has not ended, as far as they were set as texts. */
  public void forgetRow() {
    for (int at = rows * fields; at < (rows + 1) * fields; at++) {
      size = starts[at] < ends[at] ? Math.min(size, starts[at]) : size;
      starts[at] = 0;
      ends[at] = 0;
    }
  }

  /** So many rows are complete. */
  public void endRows(int count) {
    rows += count;
    reserveRows(1);
  }

  /** Forgets all rows. */
  public void clear() {
    if (size > 0) {
      int used = Math.min(touched * fields, starts.length);
      Arrays.fill(starts, 0, used, 0);
      Arrays.fill(ends, 0, used, 0);
    }
    for (int field = 0; field < fields; field++) {
      Arrays.fill(numbers[field], 0, Math.min(touched, numbers[field].length), Double.NaN);
      Arrays.fill(places[field], 0, Math.min(touched, places[field].length), 0);
    }
    rows = 0;
    touched = 1;
    size = 0;
    trimmed = false;
  }

  public String text(int row, int field) {
    int start = start(row, field);
    return new String(bytes, start, end(row, field) - start, StandardCharsets.UTF_8);
  }

  /** Takes blanks of any script from around all texts. */
  void trim() {
    trimmed = true;
    for (int i = 0; size > 0 && i < rows * fields; i++) {
      if (starts[i] == ends[i]) {
        continue;
      }
      // Of most texts two bytes tell.
      if (isInk(bytes[starts[i]]) && isInk(bytes[ends[i] - 1])) {
        continue;
      }
      starts[i] = PlainText.start(bytes, starts[i], ends[i]);
      ends[i] = PlainText.end(bytes, starts[i], ends[i]);
    }
  }

  /** Whether a byte is a character of ASCII that can be seen. */
  private static boolean isInk(byte b) {
    return b > ' ' && b <= '~';
  }

  /** The number that a field was given as; NaN for none. */
  public double number(int row, int field) {
    return row < numbers[field].length ? numbers[field][row] : Double.NaN;
  }

  /** Where in {@link #list} the text of a field is; -1 where it is elsewhere. */
  public int place(int row, int field) {
    return row < places[field].length ? places[field][row] - 1 : -1;
  }

  /** What a field's places stand for. */
  public TextList list(int field) {
    return lists[field];
  }

  /** All texts; to be asked for after {@link #start}, which may write one. Not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where the text of a field begins. */
  public int start(int row, int field) {
    int at = row * fields + field;
    if (starts[at] == ends[at]) {
      write(row, field);
    }
    return starts[at];
  }

  /** Writes the text of a field that was given as something else. */
  private void write(int row, int field) {
    int place = place(row, field);
    if (place >= 0) {
      byte[] text = lists[field].utf8(place);
      int from = trimmed ? PlainText.start(text, 0, text.length) : 0;
      append(
          row, field, text, from, trimmed ? PlainText.end(text, from, text.length) : text.length);
      return;
    }
    double number = number(row, field);
    if (!Double.isNaN(number)) {
      reserve(DecimalText.MOST_BYTES);
      int end = DecimalText.write(number, bytes, size);
      placed(row, field, end);
    }
  }

  private void append(int row, int field, byte[] utf8, int from, int to) {
    reserve(to - from);
    System.arraycopy(utf8, from, bytes, size, to - from);
    placed(row, field, size + to - from);
  }

  /** Where it ends; to be asked for after {@link #start}. */
  public int end(int row, int field) {
    return ends[row * fields + field];
  }

  private void placed(int row, int field, int end) {
    starts[row * fields + field] = size;
    ends[row * fields + field] = end;
    size = end;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }
}
