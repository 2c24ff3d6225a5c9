package org.althing.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.althing.encoding.CanonicalReader;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.MalformedEncoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockTest {
  private static Block read(String name, int length) throws MalformedEncoding {
    byte[] bytes =
        new CanonicalWriter("test/v1")
            .putString(name)
            .putInt(length)
            .putLong(1)
            .putLong(1)
            .toBytes();
    return Block.readFrom(new CanonicalReader(bytes, "test/v1"));
  }

  @Test
  void aBlockComesBackFromItsBytes() throws MalformedEncoding {
    assertThat(read("age: values", 12)).isEqualTo(new Block("age: values", 12, 1, 1));
  }

  /** Found by fuzzing: a refusal of the length repeated the name with its control characters. */
  @ParameterizedTest
  @ValueSource(strings = {"", "a\u0000b", "a\u001b[31m", "a\u0085", "line\nbreak"})
  void aNameThatCannotBeShownIsNoName(String name) {
    assertThatThrownBy(() -> read(name, Block.MOST_COORDINATES + 1))
        .isInstanceOf(MalformedEncoding.class)
        .message()
        .matches(text -> text.chars().noneMatch(Character::isISOControl));
    assertThatThrownBy(() -> new Block("x".repeat(101), 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
