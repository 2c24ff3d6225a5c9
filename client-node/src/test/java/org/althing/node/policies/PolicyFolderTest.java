package org.althing.node.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.althing.document.PolicyDocument;
import org.althing.policy.Succession;
import org.althing.study.Examples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in force is what was taken, whatever the policy file says by now. */
class PolicyFolderTest {
  private static final String TEXT =
      """
      althing: policy/v1
      org: org-a
      valid: { from: 2020-01-01, until: 2099-12-31 }
      leads: [lead-one]
      purposes: [heart-research]
      analyses: [quality]
      columns: { allow: [disease], never: [name] }
      secure_aggregation: required
      limits: { nodes: 4, people: 0, releases: 10, colluders: 0, survivors: 2 }
      budgets:
        patients: { rho: 10, delta: 1.0e-5 }
      approvals: { from: { steward: 1 }, valid_days: 30 }
      people:
        - { id: anna.k, roles: [steward], key: "%s" }
        - { id: li.wei, roles: [officer], key: "%s" }
      """
          .formatted(Examples.key(60).verifyingKey().hex(), Examples.key(61).verifyingKey().hex());

  private static final String WEAKER = TEXT.replace("nodes: 4", "nodes: 3");
  private static final String STRICTER = TEXT.replace("nodes: 4", "nodes: 5");

  @TempDir private Path folder;

  private PolicyFolder.Taken take(String text) throws Exception {
    return new PolicyFolder(folder).take(Files.writeString(folder.resolve("policy.yaml"), text));
  }

  private List<Integer> versions() throws IOException {
    return new PolicyFolder(folder)
        .versions().stream().map(version -> version.policy().limits().leastNodes()).toList();
  }

  @Test
  void theFirstPolicyIsTakenAndAStricterOneFollows() throws Exception {
    assertThat(take(TEXT)).isInstanceOf(PolicyFolder.Taken.InForce.class);
    assertThat(take(TEXT)).isInstanceOf(PolicyFolder.Taken.InForce.class);
    assertThat(take(STRICTER)).isInstanceOf(PolicyFolder.Taken.InForce.class);
    assertThat(versions()).containsExactly(4, 5);
  }

  @Test
  void aWeakerOneWaitsForTwoAndIsThenKept() throws Exception {
    take(TEXT);
    PolicyFolder.Taken.Refused refused = (PolicyFolder.Taken.Refused) take(WEAKER);
    assertThat(refused.succession().open()).hasSize(1);
    assertThat(versions()).containsExactly(4);
    PolicyFolder store = new PolicyFolder(folder);
    for (int key : new int[] {60, 61}) {
      assertThat(take(WEAKER)).isInstanceOf(PolicyFolder.Taken.Refused.class);
      store.add(
          Succession.change(
                  refused.inForce().policy(),
                  PolicyDocument.read("p", WEAKER.getBytes(StandardCharsets.UTF_8)))
              .signedBy(key == 60 ? "anna.k" : "li.wei", Examples.key(key), "agreed", key));
    }
    assertThat(take(WEAKER)).isInstanceOf(PolicyFolder.Taken.InForce.class);
    assertThat(versions()).containsExactly(4, 3);
    // And back, and there again: the same two agreed to this very change.
    assertThat(take(TEXT)).isInstanceOf(PolicyFolder.Taken.InForce.class);
    assertThat(versions()).containsExactly(4, 3, 4);
  }

  @Test
  void aVersionThatWasChangedOrTakenAwayIsNoticed() throws Exception {
    take(TEXT);
    take(STRICTER);
    List<Path> kept;
    try (var files = Files.list(folder.resolve("policies"))) {
      kept = files.sorted().toList();
    }
    Files.writeString(kept.get(1), WEAKER);
    assertThatThrownBy(this::versions).isInstanceOf(IOException.class);
    Files.writeString(kept.get(1), STRICTER);
    Files.delete(kept.get(0));
    assertThatThrownBy(this::versions).isInstanceOf(IOException.class);
  }

  @Test
  void whatIsNoAgreementCountsForNothing() throws Exception {
    Path consents = Files.createDirectories(folder.resolve("policy-consents"));
    Files.write(consents.resolve("a.consent"), new byte[] {1, 2, 3});
    Files.write(consents.resolve("b.consent"), new byte[10_000]);
    assertThat(new PolicyFolder(folder).consents()).isEmpty();
  }
}
