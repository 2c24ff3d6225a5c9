package org.althing.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.althing.audit.Checkpoint;
import org.althing.audit.Cosignature;
import org.althing.audit.SignedNote;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.study.Examples;
import org.althing.study.StudyEvent.Released;
import org.junit.jupiter.api.Test;

class PublicStateTest {
  private static final NodeId A = new NodeId("org-a");
  private static final NodeId B = new NodeId("org-b");
  private static final Digest ONE = Digest.of(new byte[] {1});
  private static final Digest TWO = Digest.of(new byte[] {2});

  private static Released released(int release, Digest total, NodeId... survivors) {
    return new Released(release, 1, List.of(survivors), total, ONE, List.of());
  }

  /** Nodes that were shown other releases mask for another state, and no sum comes about. */
  @Test
  void everythingThatWasReleasedMakesTheState() {
    List<List<Released>> histories =
        List.of(
            List.of(),
            List.of(released(0, ONE, A, B)),
            List.of(released(1, ONE, A, B)),
            List.of(released(0, TWO, A, B)),
            List.of(released(0, ONE, A)),
            List.of(released(0, ONE, A, new NodeId("org-c"))),
            List.of(released(0, ONE, A, B), released(1, ONE, A, B)),
            List.of(released(0, ONE, A, B), released(1, TWO, A, B)));
    Stream<Digest> states = histories.stream().map(each -> PublicState.of(note(3, ONE), each));
    assertThat(states).doesNotHaveDuplicates();
  }

  /** Nodes that were shown another history mask for another state; who cosigned it is no matter. */
  @Test
  void theLogsRootMakesTheStateAndItsSignaturesDoNot() {
    SignedNote shown = note(3, ONE);
    SignedNote cosigned =
        shown.with(Cosignature.sign(shown.text(), "org-a", Examples.key(0), 7).line());
    List<Released> released = List.of(released(0, ONE, A, B));
    assertThat(Stream.of(shown, note(4, ONE), note(3, TWO)).map(n -> PublicState.of(n, released)))
        .doesNotHaveDuplicates();
    assertThat(PublicState.of(cosigned, released)).isEqualTo(PublicState.of(shown, released));
  }

  private static SignedNote note(long size, Digest root) {
    String text = new Checkpoint("log.example", size, root).toText();
    return SignedNote.sign(text, "log.example", Examples.key(9));
  }
}
