package org.althing.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.althing.document.Federation.Organisation;
import org.althing.federation.NodeId;
import org.althing.federation.Quorum;
import org.althing.federation.Roster;
import org.althing.federation.SigningKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FederationDocumentTest {
  private static final String TEXT =
      """
      althing: federation/v1
      name: Three hospitals
      contract: contract.odcs.yaml
      quorum: { colluders: 0 }
      organisations:
        - { id: east, data: [east.csv], binding: bindings/east.yaml, policy: policies/east.yaml, population: east-patients, people: 300 }
        - { id: north, data: [n1.csv, n2.csv], binding: bindings/north.yaml, policy: policies/north.yaml, population: north-patients, people: 200 }
        - { id: west, data: [west.csv], binding: bindings/west.yaml, policy: policies/west.yaml, population: west-patients, people: 100 }
      """;

  private static Federation read(String text) throws DocumentError {
    return FederationDocument.read("f.yaml", text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsOrganisationsAndQuorum() throws DocumentError {
    Federation federation = read(TEXT);
    assertThat(federation.people()).isEqualTo(600);
    assertThat(federation.contractFile()).isEqualTo("contract.odcs.yaml");
    assertThat(federation.organisations().get(1))
        .isEqualTo(
            new Organisation(
                new NodeId("north"),
                List.of("n1.csv", "n2.csv"),
                "bindings/north.yaml",
                "policies/north.yaml",
                "north-patients",
                200));
    assertThat(federation.quorum().over(3)).isEqualTo(new Quorum(3, 3, 0, 3, 3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "people: 300 | poeple: 300 | ALT-DOC-012 unknown key  f.yaml:6:119  organisations[0].poeple → did you mean \"people\"?",
        "people: 300 | people: many | ALT-DOC-013 wrong type  f.yaml:6:127  organisations[0].people: expected a whole number from 1 to 10000000000, got \"many\"",
        "id: north | id: east | ALT-DOC-017 not acceptable  f.yaml:6:3  organisations: two organisations share an id",
        "[n1.csv, n2.csv] | [] | ALT-DOC-017 not acceptable  f.yaml:7:24  organisations[1].data: organisation north names no data file",
      })
  void everyErrorSaysWhere(String from, String to, String error) {
    assertThatThrownBy(() -> read(TEXT.replace(from, to)))
        .isInstanceOf(DocumentError.class)
        .hasMessage(error);
  }

  @Test
  void refusesFewerThanThreeOrganisationsAndUnsafeQuorums() {
    assertThatThrownBy(() -> read(TEXT.substring(0, TEXT.indexOf("  - { id: west"))))
        .hasMessageContaining("at least 3 organisations, got 2");
    assertThatThrownBy(() -> read(TEXT.replace("colluders: 0", "threshold: 1")))
        .hasMessageContaining("two survivor sets could both be confirmed");
  }

  @Test
  void aRosterSurvivesItsText() throws DocumentError {
    List<Roster.Member> members =
        List.of(member("east", 1), member("north", 2), member("west", 3), member("y", 4));
    Roster roster = new Roster(members, new Quorum(4, 4, 2, 4, 4));
    String text = RosterDocument.write(roster);
    Roster read = RosterDocument.read("r.yaml", text.getBytes(StandardCharsets.UTF_8));
    assertThat(read).isEqualTo(roster);
    assertThat(read.digest()).isEqualTo(roster.digest());
  }

  @Test
  void aRosterWithoutQuorumHasTheUsualOne() throws DocumentError {
    Roster roster =
        new Roster(
            List.of(member("east", 1), member("north", 2), member("west", 3)),
            Quorum.defaultFor(3));
    String text = RosterDocument.write(roster);
    String without =
        text.substring(0, text.indexOf("quorum:")) + text.substring(text.indexOf("members:"));
    assertThat(RosterDocument.read("r.yaml", without.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(roster);
  }

  @Test
  void refusesAKeyThatIsNone() {
    String text =
        """
        althing: roster/v1
        members:
          - { id: east, key: 00ff }
        """;
    assertThatThrownBy(() -> RosterDocument.read("r.yaml", text.getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("r.yaml:3:22")
        .hasMessageContaining("64 hexadecimal digits");
  }

  private static Roster.Member member(String id, int seed) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) seed;
    return new Roster.Member(new NodeId(id), SigningKey.ofSeed(bytes).verifyingKey());
  }
}
