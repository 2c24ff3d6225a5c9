package org.althing.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.althing.contract.SourceFormat;

/** Keeps a record's fields as texts. */
final class FieldTexts implements RecordSplitter.Sink {
  private List<String> fields = new ArrayList<>();

  @Override
  public void field(int position, byte[] utf8, int from, int to) {
    fields.add(new String(utf8, from, to - from, StandardCharsets.UTF_8));
  }

  @Override
  public void end(int count, int line) {}

  /** The fields since the last call. */
  List<String> take() {
    List<String> taken = fields;
    fields = new ArrayList<>();
    return taken;
  }

  /** The columns' names, where the record is a text's first. */
  List<String> names(SourceFormat format) {
    return format.header()
        ? List.copyOf(fields)
        : IntStream.rangeClosed(1, fields.size()).mapToObj(SourceFormat::nameOf).toList();
  }
}
