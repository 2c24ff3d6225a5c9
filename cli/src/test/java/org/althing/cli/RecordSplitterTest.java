package org.althing.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.althing.contract.SourceFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many records at a time, against the fields that the text was put together from. */
class RecordSplitterTest {
  private static final List<String> PIECES =
      List.of("a", "7", " ", "é", "北京", "!", ";", "\t", "*", "-1.25", "very long words of it");

  private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|', ' ');

  /** A text, and what its records are. */
  private static final class Text {
    private final StringBuilder written = new StringBuilder();
    private final List<List<String>> records = new ArrayList<>();
    private int lines = 1;

    byte[] utf8() {
      return written.toString().getBytes(StandardCharsets.UTF_8);
    }
  }

  private static String field(Random random, char delimiter) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(4); n > 0; n--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString().replace(delimiter, '_');
  }

  private static void add(Text text, Random random, SourceFormat format, int width) {
    List<String> record = new ArrayList<>();
    boolean withQuotes = format.quotes() && random.nextInt(6) == 0;
    for (int f = 0; f < width; f++) {
      text.written.append(f == 0 ? "" : format.delimiter());
      String field = field(random, format.delimiter());
      if (withQuotes && random.nextBoolean()) {
        field += "\"" + format.delimiter() + (random.nextBoolean() ? "\n" : "\r\n") + field;
        text.lines++;
        text.written.append('"').append(field.replace("\"", "\"\"")).append('"');
      } else {
        text.written.append(field);
      }
      record.add(field);
    }
    text.records.add(record);
    text.lines++;
  }

  private static String lineEnd(Random random) {
    return random.nextInt(3) == 0 ? "\r\n" : random.nextInt(9) == 0 ? "\r" : "\n";
  }

  private static SourceFormat format(Random random) {
    return new SourceFormat(
        StandardCharsets.UTF_8,
        DELIMITERS.get(random.nextInt(DELIMITERS.size())),
        random.nextInt(4) > 0,
        true);
  }

  private static Text text(Random random, SourceFormat format, int width, int records) {
    Text text = new Text();
    for (int r = 0; r < records; r++) {
      add(text, random, format, width);
      boolean open = r == records - 1 && random.nextBoolean();
      text.written.append(open ? "" : lineEnd(random));
      text.lines -= open ? 1 : 0;
    }
    return text;
  }

  private static List<List<String>> split(RecordSplitter splitter, byte[] utf8, int width) {
    List<List<String>> records = new ArrayList<>();
    for (int r = 0; r < splitter.records(); r++) {
      List<String> record = new ArrayList<>();
      for (int f = r * width; f < (r + 1) * width; f++) {
        int start = splitter.starts()[f];
        record.add(new String(utf8, start, splitter.ends()[f] - start, StandardCharsets.UTF_8));
      }
      records.add(record);
    }
    return records;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void takesManyRecordsAtATimeAsTheyWereWritten(int seed) throws RecordSplitter.Fault {
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      SourceFormat format = format(random);
      // One empty field alone at the end of a text would be no record.
      int width = 2 + random.nextInt(random.nextInt(30) + 1);
      Text text = text(random, format, width, 1 + random.nextInt(80));
      byte[] utf8 = text.utf8();
      RecordSplitter splitter = new RecordSplitter(format);
      List<List<String>> found = new ArrayList<>();
      for (int at = 0; at < utf8.length; ) {
        at = splitter.records(utf8, at, utf8.length, width, 1 + random.nextInt(20));
        found.addAll(split(splitter, utf8, width));
      }
      assertThat(found).as("round %d", round).isEqualTo(text.records);
      assertThat(splitter.line()).as("round %d", round).isEqualTo(text.lines);
      byte[] again = text.utf8();
      RecordSplitter single = new RecordSplitter(format);
      List<List<String>> oneByOne = new ArrayList<>();
      for (int at = 0; at < again.length; ) {
        at = single.next(again, at, again.length);
        oneByOne.add(single.texts(again));
      }
      assertThat(oneByOne).as("round %d", round).isEqualTo(text.records);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void stopsAtTheFirstRecordOfAnotherWidthAndKeepsThoseBefore(int seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      SourceFormat format = format(random);
      int width = 2 + random.nextInt(12);
      Text text = text(random, format, width, random.nextInt(40));
      if (!text.written.isEmpty() && !"\r\n".contains(last(text.written))) {
        text.written.append('\n');
        text.lines++;
      }
      int wrong = random.nextBoolean() ? width + 1 + random.nextInt(200) : width - 1;
      text.written.append(("x" + format.delimiter()).repeat(wrong - 1)).append("x\n");
      Text behind = text(random, format, width, 20);
      byte[] utf8 = (text.written.toString() + behind.written).getBytes(StandardCharsets.UTF_8);
      RecordSplitter splitter = new RecordSplitter(format);
      assertThatThrownBy(() -> splitter.records(utf8, 0, utf8.length, width, 64))
          .isInstanceOfSatisfying(
              RecordSplitter.Fault.class, f -> assertThat(f.line()).isEqualTo(text.lines))
          .hasMessage("expected %d fields as in the first line, got %d", width, wrong);
      assertThat(split(splitter, utf8, width)).isEqualTo(text.records);
    }
  }

  private static String last(StringBuilder text) {
    return text.substring(text.length() - 1);
  }
}
