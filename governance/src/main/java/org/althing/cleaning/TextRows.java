package org.althing.cleaning;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of texts on their way to the cleaner, their UTF-8 in one array; to be emptied and filled
 * again. A field that is not set is empty. Not safe for concurrent use.
 */
public final class TextRows {
  private static final int FIRST_ROOM = 1024;
  private static final int FIRST_ROWS = 16;
  private static final int MOST_BYTES_PER_CHAR = 3;
  private static final int MOST_DIGITS = 20;

  private final int fields;
  private byte[] bytes = new byte[FIRST_ROOM];
  private int size;

  /** Of every field, row by row, where its text begins and ends. */
  private int[] starts;

  private int[] ends;
  private int rows;

  /**
   * Without a row.
   *
   * @param fields of each row
   */
  public TextRows(int fields) {
    this.fields = fields;
    this.starts = new int[FIRST_ROWS * fields];
    this.ends = new int[FIRST_ROWS * fields];
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
    reserve(utf8.length);
    System.arraycopy(utf8, 0, bytes, size, utf8.length);
    placed(field, size + utf8.length);
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
    placed(field, end);
  }

  /**
   * As the other, of a decimal number without zeros at its end.
   *
   * @param steps the number times 10 to the power of {@code places}
   */
  public void set(int field, long steps, int places) {
    if (places == 0 || steps == Long.MIN_VALUE) {
      set(field, Long.toString(steps));
      return;
    }
    reserve(MOST_DIGITS + places);
    long left = Math.abs(steps);
    int fraction = places;
    while (fraction > 0 && left % 10 == 0) {
      left /= 10;
      fraction--;
    }
    int end = size + (steps < 0 ? 1 : 0) + digits(left, fraction) + (fraction > 0 ? 1 : 0);
    int at = end;
    for (int i = 0; i < fraction; i++) {
      bytes[--at] = (byte) ('0' + left % 10);
      left /= 10;
    }
    if (fraction > 0) {
      bytes[--at] = '.';
    }
    do {
      bytes[--at] = (byte) ('0' + left % 10);
      left /= 10;
    } while (left > 0);
    if (steps < 0) {
      bytes[--at] = '-';
    }
    placed(field, end);
  }

  /** How many digits a number has, at least one before those of its fraction. */
  private static int digits(long number, int fraction) {
    int count = 1;
    for (long left = number / 10; left > 0; left /= 10) {
      count++;
    }
    return Math.max(count, fraction + 1);
  }

  /** The row is complete. */
  public void endRow() {
    rows++;
    int used = rows * fields;
    if (used + fields > starts.length) {
      starts = Arrays.copyOf(starts, 2 * (used + fields));
      ends = Arrays.copyOf(ends, 2 * (used + fields));
    }
  }

  /** Forgets all rows. */
  public void clear() {
    int used = Math.min((rows + 1) * fields, starts.length);
    Arrays.fill(starts, 0, used, 0);
    Arrays.fill(ends, 0, used, 0);
    rows = 0;
    size = 0;
  }

  public String text(int row, int field) {
    int start = start(row, field);
    return new String(bytes, start, end(row, field) - start, StandardCharsets.UTF_8);
  }

  /** Takes blanks of any script from around all texts. */
  void trim() {
    for (int i = 0; i < rows * fields; i++) {
      // Of most texts two bytes tell.
      if (starts[i] < ends[i] && isInk(bytes[starts[i]]) && isInk(bytes[ends[i] - 1])) {
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

  byte[] bytes() {
    return bytes;
  }

  int start(int row, int field) {
    return starts[row * fields + field];
  }

  int end(int row, int field) {
    return ends[row * fields + field];
  }

  private void placed(int field, int end) {
    starts[rows * fields + field] = size;
    ends[rows * fields + field] = end;
    size = end;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }
}
