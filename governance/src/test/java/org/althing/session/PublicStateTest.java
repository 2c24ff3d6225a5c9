package org.althing.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
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
    Stream<Digest> states = histories.stream().map(PublicState::of);
    assertThat(states).doesNotHaveDuplicates();
  }
}
