package org.althing.contract;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * How an organisation's delimited text files are written; declared, never guessed from the file.
 * Fields may be quoted with {@code "}, doubled inside quotes; the first line names the columns.
 *
 * @param charset one of UTF-8, GB18030, ISO-8859-1
 * @param delimiter between fields; not a quote or a line break
 */
public record SourceFormat(Charset charset, char delimiter) {
  public static final SourceFormat COMMA_UTF8 = new SourceFormat(StandardCharsets.UTF_8, ',');

  public SourceFormat {
    if (delimiter == '"' || delimiter == '\n' || delimiter == '\r' || delimiter == 0) {
      throw new IllegalArgumentException("a delimiter is no quote, line break or NUL");
    }
  }
}
