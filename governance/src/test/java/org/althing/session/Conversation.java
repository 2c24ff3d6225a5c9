package org.althing.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.policy.Allowed;
import org.althing.privacy.Rho;
import org.althing.study.Examples;
import org.althing.study.Recollection;
import org.althing.study.Signed;

/** A message of every kind that is said in a study, as whole studies say them. */
public record Conversation(List<ToNode> toNode, List<ToCoordinator> toCoordinator) {
  /** From a study that completes without a node, and from one that an owner refuses. */
  public static Conversation inSmallStudies() {
    StudyTexts texts = StudyTexts.of(StudyTexts.NAIVE_BAYES, 1);
    SmallFederation whole = new SmallFederation(4, texts);
    SmallFederation refused = new SmallFederation(3, texts, Allowed.NOTHING, Rho.roundedDown(100));
    Map<Class<?>, ToNode> down = new LinkedHashMap<>();
    Map<Class<?>, ToCoordinator> up = new LinkedHashMap<>();
    whole.tampered =
        (node, message) -> {
          down.putIfAbsent(kind(message), message);
          return message;
        };
    whole.lost =
        (node, message) ->
            node.equals(Examples.node(3))
                && message instanceof ToCoordinator.Round round
                && round.message() instanceof org.althing.secagg.Input;
    up.put(ToCoordinator.Hello.class, whole.node(0).hello());
    whole.play();
    refused.play();
    whole.nodes.values().forEach(n -> n.said.forEach(m -> up.put(kind(m), m)));
    refused.nodes.values().forEach(n -> n.said.forEach(m -> up.putIfAbsent(kind(m), m)));
    var plan = whole.plan.digest();
    down.put(ToNode.Welcome.class, whole.log.welcome(0));
    down.put(
        ToNode.RoundAborted.class, new ToNode.RoundAborted(plan, 1, 2, "zu wenige: 2 < 3 ≤ n"));
    Bytes recollection = recollection(whole.node(1));
    down.put(ToNode.Declared.class, whole.log.declared(0));
    up.put(
        ToCoordinator.Declare.class,
        new ToCoordinator.Declare(Bytes.of("declaration".getBytes(StandardCharsets.UTF_8))));
    down.put(ToNode.Inquired.class, new ToNode.Inquired(Examples.node(1), plan));
    down.put(ToNode.Recalled.class, new ToNode.Recalled(recollection));
    up.put(ToCoordinator.Inquire.class, new ToCoordinator.Inquire(plan));
    up.put(
        ToCoordinator.Recalled.class, new ToCoordinator.Recalled(Examples.node(0), recollection));
    up.put(
        ToCoordinator.Complaint.class,
        new ToCoordinator.Complaint(
            plan, java.util.Optional.of(Examples.node(1)), "das geht nicht: ≠"));
    up.put(
        List.class,
        new ToCoordinator.Hello(ToCoordinator.PROTOCOL, Long.MAX_VALUE, List.of(plan, plan)));
    up.put(Map.class, new ToCoordinator.Refused(plan, Bytes.EMPTY));
    return new Conversation(new ArrayList<>(down.values()), new ArrayList<>(up.values()));
  }

  /** What a node remembers of the first one. */
  private static Bytes recollection(SmallNode by) {
    Recollection said =
        new Recollection(
            by.id, Examples.node(0), Digest.of(new byte[0]), by.memory().of(Examples.node(0)));
    return Bytes.of(Signed.by(Examples.key(1), said).toBytes());
  }

  private static Class<?> kind(ToNode message) {
    if (message instanceof ToNode.Setup setup) {
      return setup.announcement().getClass();
    }
    return message instanceof ToNode.Round round
        ? round.announcement().getClass()
        : message.getClass();
  }

  private static Class<?> kind(ToCoordinator message) {
    if (message instanceof ToCoordinator.Setup setup) {
      return setup.message().getClass();
    }
    return message instanceof ToCoordinator.Round round
        ? round.message().getClass()
        : message.getClass();
  }
}
