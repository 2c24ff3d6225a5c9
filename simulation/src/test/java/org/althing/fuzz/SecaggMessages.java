package org.althing.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.secagg.RoundAnnouncement;
import org.althing.secagg.RoundMessage;
import org.althing.secagg.SetupAnnouncement;
import org.althing.secagg.SetupMessage;
import org.althing.session.Conversation;
import org.althing.session.ToCoordinator;
import org.althing.session.ToNode;
import org.althing.wire.MalformedMessage;
import org.althing.wire.SecaggCodec;

/** The four kinds of messages of secure aggregation. */
final class SecaggMessages implements FuzzTarget {
  @Override
  public boolean take(byte[] input) {
    Input in = new Input(input);
    int kind = in.choose(4);
    byte[] message = in.rest();
    try {
      switch (kind) {
        case 0 -> {
          SetupMessage read = SecaggCodec.decodeSetupMessage(message);
          Promise.sameValue(read, SecaggCodec.decodeSetupMessage(SecaggCodec.encode(read)));
        }
        case 1 -> {
          SetupAnnouncement read = SecaggCodec.decodeSetupAnnouncement(message);
          Promise.sameValue(read, SecaggCodec.decodeSetupAnnouncement(SecaggCodec.encode(read)));
        }
        case 2 -> {
          RoundMessage read = SecaggCodec.decodeRoundMessage(message);
          Promise.sameValue(read, SecaggCodec.decodeRoundMessage(SecaggCodec.encode(read)));
        }
        default -> {
          RoundAnnouncement read = SecaggCodec.decodeRoundAnnouncement(message);
          Promise.sameValue(read, SecaggCodec.decodeRoundAnnouncement(SecaggCodec.encode(read)));
        }
      }
      return true;
    } catch (MalformedMessage e) {
      Promise.showable(e);
      return false;
    }
  }

  @Override
  public SortedMap<String, byte[]> seeds() {
    Conversation said = Conversation.inSmallStudies();
    List<byte[]> messages = new ArrayList<>();
    for (ToCoordinator message : said.toCoordinator()) {
      if (message instanceof ToCoordinator.Setup setup) {
        messages.add(Input.choosing(0, SecaggCodec.encode(setup.message())));
      } else if (message instanceof ToCoordinator.Round round) {
        messages.add(Input.choosing(2, SecaggCodec.encode(round.message())));
      }
    }
    for (ToNode message : said.toNode()) {
      if (message instanceof ToNode.Setup setup) {
        messages.add(Input.choosing(1, SecaggCodec.encode(setup.announcement())));
      } else if (message instanceof ToNode.Round round) {
        messages.add(Input.choosing(3, SecaggCodec.encode(round.announcement())));
      }
    }
    SortedMap<String, byte[]> seeds = new TreeMap<>();
    messages.forEach(m -> seeds.put("message-%02d".formatted(seeds.size()), m));
    return seeds;
  }

  @Override
  public List<String> words() {
    return List.of("org-a", "org-d");
  }

  @Override
  public int mostBytes() {
    return 12_000;
  }

  @Override
  public Allowance allowance() {
    return new Allowance(1 << 20, 200);
  }
}
