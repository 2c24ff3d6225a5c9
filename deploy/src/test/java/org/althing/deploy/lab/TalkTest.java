package org.althing.deploy.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TalkTest {
  private final StringWriter text = new StringWriter();

  @Test
  void saysEachChangeOnceWhereNobodyWatches() {
    Talk talk = new Talk(new PrintWriter(text, true), false);
    talk.progress("round 1");
    talk.progress("round 1");
    talk.progress("round 2");
    talk.line("done");
    assertThat(text.toString().lines()).containsExactly("round 1", "round 2", "done");
  }

  @Test
  void keepsOneLineWhereSomebodyWatches() {
    Talk talk = new Talk(new PrintWriter(text, true), true);
    talk.progress("round 1");
    talk.progress("round 2");
    talk.line("done");
    assertThat(text.toString().lines().filter(line -> !line.isBlank()))
        .last()
        .asString()
        .endsWith("done");
    assertThat(text.toString().chars().filter(c -> c == '\n').count()).isEqualTo(1);
  }
}
