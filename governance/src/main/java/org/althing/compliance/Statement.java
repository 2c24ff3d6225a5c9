package org.althing.compliance;

/** One thing a report says, and where that is from. */
record Statement(Phrase text, Source source) {
  static final Phrase NOT_STATED = Phrase.of("⚠ not stated", "⚠ 未说明");
  private static final Phrase NOT_RECORDED =
      Phrase.of("this log records no such thing", "本日志不记录此类事项");

  static Statement of(Phrase text, Source source) {
    return new Statement(text, source);
  }

  /** Of a text that is the same in every language. */
  static Statement of(String text, Source source) {
    return new Statement(Phrase.same(text), source);
  }

  /** What people have to type and did not. */
  static Statement missing(String path) {
    return new Statement(
        NOT_STATED,
        new Source.Nowhere(Phrase.of("wanted: particulars %s", "应写入补充说明：%s").with(path)));
  }

  /** What neither the log nor the particulars can tell. */
  static Statement unrecorded() {
    return new Statement(NOT_STATED, new Source.Nowhere(NOT_RECORDED));
  }

  /** The same with where it would be found. */
  static Statement nowhere(Phrase remark) {
    return new Statement(NOT_STATED, new Source.Nowhere(remark));
  }

  /** Whether it says that nobody stated it, rather than that nobody could assess it. */
  boolean isNotStated() {
    return text.equals(NOT_STATED);
  }

  /** Whether it says only that there is nothing to say. */
  boolean isMissing() {
    return source instanceof Source.Nowhere;
  }
}
