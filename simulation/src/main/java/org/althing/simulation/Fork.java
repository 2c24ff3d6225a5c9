package org.althing.simulation;

import java.util.ArrayList;
import java.util.List;
import org.althing.audit.Checkpoint;
import org.althing.audit.InclusionProof;
import org.althing.audit.MerkleTree;
import org.althing.audit.SignedNote;
import org.althing.session.ToNode;

/** A history of its own for one node: all that is in the log, and one entry that is not. */
final class Fork {
  private final World world;
  private final int victim;

  Fork(World world, int victim) {
    this.world = world;
    this.victim = victim;
  }

  /** Every checkpoint that is shown to the victim is of the forked history, under the log's key. */
  List<ToNode> instead(ToNode honest) {
    List<byte[]> entries = new ArrayList<>(world.coordinator().disk().log().entries());
    if (entries.size() < 2) {
      return List.of(honest);
    }
    entries.add(1, new byte[] {1, 2, 3});
    MerkleTree tree = new MerkleTree();
    entries.forEach(tree::append);
    world.invariants().forked(tree);
    SignedNote checkpoint =
        SignedNote.sign(
            Checkpoint.of(World.ORIGIN, tree).toText(), World.ORIGIN, world.logSigningKey());
    long seen = world.nodes().get(victim).disk().witness(world.logKey()).seen().size();
    if (honest instanceof ToNode.Published shown) {
      return List.of(
          new ToNode.Published(
              shown.plan(),
              shown.entry(),
              shown.total(),
              checkpoint,
              tree.inclusion(place(shown.inclusion()), tree.size()),
              tree.consistency(seen, tree.size())));
    }
    if (honest instanceof ToNode.LogShown shown) {
      return List.of(
          new ToNode.LogShown(
              shown.plan(),
              checkpoint,
              tree.consistency(seen, tree.size()),
              new ToNode.Logged(
                  shown.submission().entry(),
                  tree.inclusion(place(shown.submission().inclusion()), tree.size()))));
    }
    if (honest instanceof ToNode.RoundOpened opened) {
      // The cosignatures are of the others' history: nobody can make those of this one.
      return List.of(
          under(opened, new SignedNote(checkpoint.text(), opened.history().signatures())));
    }
    if (honest instanceof ToNode.Ended ended) {
      return List.of(
          new ToNode.Ended(
              ended.plan(),
              ended.outcome(),
              checkpoint,
              tree.consistency(seen, tree.size()),
              ended.own()));
    }
    return List.of(honest);
  }

  /** The same round under another checkpoint. */
  static ToNode.RoundOpened under(ToNode.RoundOpened opened, SignedNote history) {
    return new ToNode.RoundOpened(
        opened.plan(), opened.epoch(), opened.release(), opened.attempt(), history);
  }

  /** Where an entry of the honest log lies in this one. */
  private static long place(InclusionProof honest) {
    return honest.index() == 0 ? 0 : honest.index() + 1;
  }
}
