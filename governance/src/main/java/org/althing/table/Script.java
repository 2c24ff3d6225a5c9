package org.althing.table;

import java.lang.Character.UnicodeScript;
import java.util.Optional;

/**
 * What most of a text is written in. It tells scripts apart and nothing finer: German passes for
 * English, and Japanese with more Han characters than kana for Chinese.
 *
 * <p>Counted are a Han, kana or Hangul character as one each, and a run of letters of one other
 * script as one too, since it is about a word; digits, signs and what belongs to no script count
 * for nothing. More than half of them decides.
 */
public enum Script {
  LATIN(0),
  HAN(1),
  /** More than half is of another script, or no script has more than half. */
  OTHER(2);

  private final int place;

  Script(int place) {
    this.place = place;
  }

  /** What stands for it in a {@link RecordBatch}. */
  public int place() {
    return place;
  }

  /** The script of a text; nothing where nothing in it is counted. */
  public static Optional<Script> of(String text) {
    int latin = 0;
    int han = 0;
    int all = 0;
    UnicodeScript run = UnicodeScript.COMMON;
    int at = 0;
    while (at < text.length()) {
      int character = text.codePointAt(at);
      at += Character.charCount(character);
      UnicodeScript script = UnicodeScript.of(character);
      if (script == UnicodeScript.INHERITED) {
        // A mark belongs to the letter before it.
        continue;
      }
      boolean letter = Character.isLetter(character) && script != UnicodeScript.COMMON;
      if (letter && (script != run || standsAlone(script))) {
        all++;
        latin += script == UnicodeScript.LATIN ? 1 : 0;
        han += script == UnicodeScript.HAN ? 1 : 0;
      }
      run = letter ? script : UnicodeScript.COMMON;
    }
    if (all == 0) {
      return Optional.empty();
    }
    return Optional.of(2 * latin > all ? LATIN : 2 * han > all ? HAN : OTHER);
  }

  private static boolean standsAlone(UnicodeScript script) {
    return script == UnicodeScript.HAN
        || script == UnicodeScript.HIRAGANA
        || script == UnicodeScript.KATAKANA
        || script == UnicodeScript.HANGUL;
  }
}
