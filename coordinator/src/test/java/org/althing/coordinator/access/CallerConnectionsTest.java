package org.althing.coordinator.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallerConnectionsTest {
  private static final Optional<PeerName> ANNA =
      Optional.of(new PeerName(PeerName.Role.LEAD, "anna"));
  private static final Optional<PeerName> WEST =
      Optional.of(new PeerName(PeerName.Role.NODE, "west"));

  @Test
  void everyCallerHasItsOwnAndGetsBackWhatItCloses() {
    CallerConnections connections = new CallerConnections(2);
    assertThat(connections.open(ANNA)).isTrue();
    assertThat(connections.open(ANNA)).isTrue();
    assertThat(connections.open(ANNA)).isFalse();
    assertThat(connections.open(WEST)).isTrue();
    connections.close(ANNA);
    assertThat(connections.open(ANNA)).isTrue();
    assertThat(connections.open(ANNA)).as("the refused one was not counted").isFalse();
  }

  @Test
  void thoseWhomNoCertificateNamesShareOneAllowance() {
    CallerConnections connections = new CallerConnections(1);
    assertThat(connections.open(Optional.empty())).isTrue();
    assertThat(connections.open(Optional.empty())).isFalse();
    connections.close(Optional.empty());
    connections.close(Optional.empty());
    assertThat(connections.open(Optional.empty())).isTrue();
    assertThat(connections.open(Optional.empty())).as("closing twice lends nothing").isFalse();
  }
}
