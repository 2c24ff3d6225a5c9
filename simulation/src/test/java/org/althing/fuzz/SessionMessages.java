package org.althing.fuzz;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.session.Conversation;
import org.althing.session.ToCoordinator;
import org.althing.session.ToNode;
import org.althing.wire.MalformedMessage;
import org.althing.wire.SessionCodec;

/** What a node reads from the coordinator, and the coordinator from a node. */
final class SessionMessages implements FuzzTarget {
  @Override
  public boolean take(byte[] input) {
    Input in = new Input(input);
    int direction = in.choose(2);
    byte[] message = in.rest();
    try {
      if (direction == 0) {
        ToNode read = SessionCodec.readToNode(message);
        Promise.sameValue(read, SessionCodec.readToNode(SessionCodec.write(read)));
      } else {
        ToCoordinator read = SessionCodec.readToCoordinator(message);
        Promise.sameValue(read, SessionCodec.readToCoordinator(SessionCodec.write(read)));
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
    SortedMap<String, byte[]> seeds = new TreeMap<>();
    for (ToNode message : said.toNode()) {
      seeds.put(
          "to-node-%02d".formatted(seeds.size()), Input.choosing(0, SessionCodec.write(message)));
    }
    for (ToCoordinator message : said.toCoordinator()) {
      seeds.put(
          "to-coordinator-%02d".formatted(seeds.size()),
          Input.choosing(1, SessionCodec.write(message)));
    }
    return seeds;
  }

  @Override
  public List<String> words() {
    return List.of("index ", "size ", "from ", "to ", "\n", "\n\n", "\u2014 ", "org-a", "org-d");
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
