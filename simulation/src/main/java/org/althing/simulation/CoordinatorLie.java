package org.althing.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.althing.audit.SignedNote;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.federation.NodeId;
import org.althing.federation.Quorum;
import org.althing.federation.Roster;
import org.althing.federation.SigningKey;
import org.althing.secagg.Advertise;
import org.althing.secagg.AdvertiseBundle;
import org.althing.secagg.CohortAnnounced;
import org.althing.secagg.ConfirmationsShown;
import org.althing.secagg.RoundAnnouncement;
import org.althing.secagg.SurvivorsProposed;
import org.althing.session.ToNode;
import org.jspecify.annotations.Nullable;

/**
 * What a lying coordinator does to one node, its victim, or to all of them: the attacks on the
 * protocol of secure-aggregation §5 and of the fault catalogue, reliability §4.3.
 *
 * <p>It holds the log's key and no node's. Behind the lie the honest machine goes on, so that the
 * others are led as far as they would be.
 */
enum CoordinatorLie {
  SWAPPED_KEY("another member's keys replaced by the liar's own", "§5 1", Ending.WITHOUT) {
    @Override
    List<ToNode> tell(Liar liar, NodeId to, ToNode honest) {
      return liar.inKeys(to, honest, liar::swapped);
    }
  },
  OTHER_KEY_SET("a set of keys that lacks a member", "§5 2", Ending.WITHOUT) {
    @Override
    List<ToNode> tell(Liar liar, NodeId to, ToNode honest) {
      return liar.inKeys(
          to, honest, keys -> liar.withoutAnother(keys.advertised(), Advertise::sender));
    }
  },
  TWO_COHORTS("a cohort that lacks a member the others see", "§5 2, §5 9", Ending.WITHOUT) {
    @Override
    List<ToNode> tell(Liar liar, NodeId to, ToNode honest) {
      return liar.inRound(to, honest, CohortAnnounced.class, liar::smallerCohort);
    }
  },
  SMALL_COHORT("a cohort below the quorum", "§5 11", Ending.WITHOUT) {
    @Override
    List<ToNode> tell(Liar liar, NodeId to, ToNode honest) {
      return liar.inRound(to, honest, CohortAnnounced.class, liar::tinyCohort);
    }
  },
  TWO_SURVIVOR_SETS(
      "a survivor set that lacks a member the others see", "§5 2, §5 4", Ending.COMPLETED) {
    @Override
    List<ToNode> tell(Liar liar, NodeId to, ToNode honest) {
      return liar.inRound(to, honest, SurvivorsProposed.class, liar::fewerSurvivors);
    }
  },
  SECOND_SURVIVOR_SET("after one survivor set another one", "§5 3, §5 4", Ending.COMPLETED) {
    @Override
    List<ToNode> tell(Liar liar, NodeId to, ToNode honest) {
      List<ToNode> other = liar.inRound(to, honest, SurvivorsProposed.class, liar::fewerSurvivors);
      return other.equals(List.of(honest)) ? other : List.of(honest, other.get(0));
    }
  },
  FEW_SURVIVORS("a survivor set below the quorum", "§5 11, §5 12", Ending.COMPLETED) {
    @Override
    List<ToNode> tell(Liar liar, NodeId to, ToNode honest) {
      return liar.inRound(
          to,
          honest,
          SurvivorsProposed.class,
          all ->
              new SurvivorsProposed(
                  all.headers().stream().filter(h -> h.sender().equals(to)).toList()));
    }
  },
  FEW_CONFIRMATIONS(
      "shares asked for on fewer confirmations than the threshold", "§5 3", Ending.COMPLETED) {
    @Override
    List<ToNode> tell(Liar liar, NodeId to, ToNode honest) {
      return liar.inRound(
          to,
          honest,
          ConfirmationsShown.class,
          all -> new ConfirmationsShown(all.headers().subList(0, 2)));
    }
  },
  REPLAYS(
      "what was said in earlier rounds, once more after everything",
      "§5 6, rows 12 to 14",
      Ending.COMPLETED) {
    @Override
    List<ToNode> tell(Liar liar, NodeId to, ToNode honest) {
      List<ToNode> both = new ArrayList<>(List.of(honest));
      liar.replayed(to, honest, 6).forEach(both::add);
      return both;
    }
  },
  LOWER_QUORUM("an offer whose roster asks for fewer survivors", "§5 5", Ending.STOPPED) {
    @Override
    List<ToNode> tell(Liar liar, NodeId to, ToNode honest) {
      return liar.offer(to, honest, liar::withLowerQuorum);
    }
  },
  SYBIL_ROSTER("an offer whose roster has a member of the liar's own", "§5 10", Ending.STOPPED) {
    @Override
    List<ToNode> tell(Liar liar, NodeId to, ToNode honest) {
      return liar.offer(to, honest, liar::withSybil);
    }
  },
  SWAPPED_PLAN("another study under the approved plan's name", "row 24", Ending.STOPPED) {
    @Override
    List<ToNode> tell(Liar liar, NodeId to, ToNode honest) {
      return liar.isVictim(to) && honest instanceof ToNode.Offer offer
          ? List.of(
              new ToNode.Offer(
                  offer.plan(),
                  Bytes.of(Questions.study(77, Questions.Analysis.LOGISTIC, 3)),
                  offer.contract(),
                  offer.roster()))
          : List.of(honest);
    }
  },
  FORGED_ADMISSION("a roster that one member has not signed", "§5 5", Ending.WITHOUT) {
    @Override
    List<ToNode> tell(Liar liar, NodeId to, ToNode honest) {
      if (!liar.isVictim(to) || !(honest instanceof ToNode.RosterSealed sealed)) {
        return List.of(honest);
      }
      List<Bytes> admissions = new ArrayList<>(sealed.admissions());
      admissions.set(0, admissions.get(1));
      return List.of(new ToNode.RosterSealed(sealed.plan(), admissions));
    }
  },
  OTHER_MODEL("another total than the others are shown", "§5 9, row 24", Ending.COMPLETED) {
    @Override
    List<ToNode> tell(Liar liar, NodeId to, ToNode honest) {
      if (!liar.isVictim(to) || !(honest instanceof ToNode.Published shown)) {
        return List.of(honest);
      }
      byte[] total = shown.total().toArray();
      total[7] ^= 1;
      return List.of(
          new ToNode.Published(
              shown.plan(),
              shown.entry(),
              Bytes.of(total),
              shown.checkpoint(),
              shown.inclusion(),
              shown.consistency()));
    }
  },
  WITHHELD_LOG("no release is ever shown", "row 24", Ending.COMPLETED) {
    @Override
    List<ToNode> tell(Liar liar, NodeId to, ToNode honest) {
      return liar.isVictim(to) && honest instanceof ToNode.Published ? List.of() : List.of(honest);
    }
  },
  FORKED_LOG("a history of its own to one node", "row 22, row 24", Ending.WITHOUT) {
    @Override
    List<ToNode> tell(Liar liar, NodeId to, ToNode honest) {
      return liar.isVictim(to) ? liar.fork().instead(honest) : List.of(honest);
    }
  },
  FORKED_RELEASE(
      "a history of its own to one node, after the honest one", "row 24", Ending.COMPLETED) {
    @Override
    List<ToNode> tell(Liar liar, NodeId to, ToNode honest) {
      return liar.isVictim(to) && honest instanceof ToNode.Published
          ? liar.fork().instead(honest)
          : List.of(honest);
    }
  },
  UNSHOWN_LOG("no log before the keys", "row 22, row 24", Ending.WITHOUT) {
    @Override
    List<ToNode> tell(Liar liar, NodeId to, ToNode honest) {
      return liar.isVictim(to) && honest instanceof ToNode.LogShown ? List.of() : List.of(honest);
    }
  },
  UNWITNESSED_ROUND(
      "a round under a checkpoint that nobody cosigned", "row 22, row 24", Ending.WITHOUT) {
    @Override
    List<ToNode> tell(Liar liar, NodeId to, ToNode honest) {
      if (!liar.isVictim(to) || !(honest instanceof ToNode.RoundOpened opened)) {
        return List.of(honest);
      }
      SignedNote history = opened.history();
      return List.of(
          Fork.under(opened, new SignedNote(history.text(), history.signatures().subList(0, 1))));
    }
  },
  SHRINKING_COHORT(
      "one organisation more left out in every release", "§5 12, row 25", Ending.COMPLETED) {
    @Override
    List<ToNode> tell(Liar liar, NodeId to, ToNode honest) {
      return honest instanceof ToNode.Round round && liar.leftOut(to, round.release())
          ? List.of()
          : List.of(honest);
    }
  },
  LATER_ATTEMPT("the last attempt opened first", "§5 12", Ending.COMPLETED) {
    @Override
    List<ToNode> tell(Liar liar, NodeId to, ToNode honest) {
      return honest instanceof ToNode.RoundOpened opened
          ? List.of(
              new ToNode.RoundOpened(
                  opened.plan(), opened.epoch(), opened.release(), 3, opened.history()),
              honest)
          : List.of(honest);
    }
  },
  LATER_RELEASE("the next release opened before this one is out", "row 14", Ending.COMPLETED) {
    @Override
    List<ToNode> tell(Liar liar, NodeId to, ToNode honest) {
      return honest instanceof ToNode.RoundOpened opened
          ? List.of(
              new ToNode.RoundOpened(
                  opened.plan(),
                  opened.epoch(),
                  opened.release() + 1,
                  opened.attempt(),
                  opened.history()),
              honest)
          : List.of(honest);
    }
  },
  OFFER_IN_A_ROUND("the study offered anew in the middle of a round", "row 14", Ending.COMPLETED) {
    @Override
    List<ToNode> tell(Liar liar, NodeId to, ToNode honest) {
      liar.remember(to, honest);
      ToNode offer = liar.offered(to);
      return liar.isVictim(to) && honest instanceof ToNode.Round && offer != null
          ? List.of(offer, honest)
          : List.of(honest);
    }
  },
  EARLY_END("the study said to be over in the middle of it", "row 15", Ending.WITHOUT) {
    @Override
    List<ToNode> tell(Liar liar, NodeId to, ToNode honest) {
      return liar.isVictim(to)
              && honest instanceof ToNode.Round round
              && round.announcement() instanceof CohortAnnounced
          ? List.of(liar.end(round.plan()), honest)
          : List.of(honest);
    }
  },
  NO_WELCOME("work asked for without showing the log", "row 22", Ending.STOPPED) {
    @Override
    List<ToNode> tell(Liar liar, NodeId to, ToNode honest) {
      return liar.isVictim(to) && honest instanceof ToNode.Welcome ? List.of() : List.of(honest);
    }
  },
  EVERYTHING_TWICE("every message twice", "row 12", Ending.COMPLETED) {
    @Override
    List<ToNode> tell(Liar liar, NodeId to, ToNode honest) {
      return List.of(honest, honest);
    }
  },
  WITHHELD_CHARGES("nothing of what the others were charged", "row 20", Ending.WITHOUT) {
    @Override
    List<ToNode> tell(Liar liar, NodeId to, ToNode honest) {
      return liar.isVictim(to) && honest instanceof ToNode.ChargesShown
          ? List.of()
          : List.of(honest);
    }
  },
  FEWER_CHARGES("the charges without one that the others see", "row 20", Ending.WITHOUT) {
    @Override
    List<ToNode> tell(Liar liar, NodeId to, ToNode honest) {
      return liar.isVictim(to) && honest instanceof ToNode.ChargesShown shown
          ? List.of(
              new ToNode.ChargesShown(
                  shown.plan(),
                  shown.release(),
                  shown.attempt(),
                  shown.charges().subList(0, shown.charges().size() - 1)))
          : List.of(honest);
    }
  },
  NO_REMEMBRANCE("noise asked for before its charge is remembered", "row 20", Ending.WITHOUT) {
    @Override
    List<ToNode> tell(Liar liar, NodeId to, ToNode honest) {
      return liar.remembered(to, honest, all -> List.of(), ToNode.ChargesRemembered::charge);
    }
  },
  ONE_REMEMBERS("the word of one member as that of a quorum", "row 20", Ending.WITHOUT) {
    @Override
    List<ToNode> tell(Liar liar, NodeId to, ToNode honest) {
      return liar.remembered(
          to,
          honest,
          all -> Collections.nCopies(all.size(), all.get(0)),
          ToNode.ChargesRemembered::charge);
    }
  },
  OLD_REMEMBRANCES("remembrances of another attempt", "row 13, row 20", Ending.WITHOUT) {
    @Override
    List<ToNode> tell(Liar liar, NodeId to, ToNode honest) {
      return liar.remembered(to, honest, liar::former, ToNode.ChargesRemembered::charge);
    }
  },
  UNLOGGED_CHARGE("noise asked for before its charge is in the log", "row 20", Ending.WITHOUT) {
    @Override
    List<ToNode> tell(Liar liar, NodeId to, ToNode honest) {
      return liar.remembered(
          to,
          honest,
          all -> all,
          said -> new ToNode.Logged(liar.another(said), said.charge().inclusion()));
    }
  },
  WITHHELD_MEMORY(
      "nothing of what the others remember of its ledger", "row 20, row 41", Ending.STOPPED) {
    @Override
    List<ToNode> tell(Liar liar, NodeId to, ToNode honest) {
      return liar.isVictim(to) && honest instanceof ToNode.Recalled ? List.of() : List.of(honest);
    }
  };

  private final String what;
  private final String answers;
  private final Ending ending;

  CoordinatorLie(String what, String answers, Ending ending) {
    this.what = what;
    this.answers = answers;
    this.ending = ending;
  }

  abstract List<ToNode> tell(Liar liar, NodeId to, ToNode honest);

  /** What is done, in words. */
  String what() {
    return what;
  }

  /** The rows of the design's lists that it stands for. */
  String answers() {
    return answers;
  }

  /** How the study of {@link LieTable} ends. */
  Ending ending() {
    return ending;
  }

  /** The lie as it is told to node number {@code victim}. */
  Deceit to(int victim) {
    return new Liar(this, victim);
  }

  /** A coordinator that tells one lie; what it remembers, and what it can make. */
  static final class Liar implements Deceit {
    private final CoordinatorLie lie;
    private final int victim;
    private final Deque<ToNode> heard = new ArrayDeque<>();
    private @Nullable World world;
    private List<Bytes> former = List.of();
    private @Nullable ToNode offer;
    private @Nullable Fork fork;

    private Liar(CoordinatorLie lie, int victim) {
      this.lie = lie;
      this.victim = victim;
    }

    @Override
    public void enter(World entered) {
      world = entered;
    }

    @Override
    public List<ToNode> toNode(NodeId to, ToNode honest) {
      return lie.tell(this, to, honest);
    }

    private World world() {
      World entered = world;
      if (entered == null) {
        throw new IllegalStateException("nobody can lie outside a world");
      }
      return entered;
    }

    private boolean isVictim(NodeId node) {
      return world().nodes().get(victim).id().equals(node);
    }

    private NodeId another() {
      return world().nodes().get((victim + 1) % world().nodes().size()).id();
    }

    private <T> List<T> withoutAnother(List<T> all, Function<T, NodeId> of) {
      return all.stream().filter(each -> !of.apply(each).equals(another())).toList();
    }

    private SurvivorsProposed fewerSurvivors(SurvivorsProposed all) {
      return new SurvivorsProposed(withoutAnother(all.headers(), header -> header.sender()));
    }

    private List<ToNode> inKeys(
        NodeId to, ToNode honest, Function<AdvertiseBundle, List<Advertise>> change) {
      return isVictim(to)
              && honest instanceof ToNode.Setup setup
              && setup.announcement() instanceof AdvertiseBundle keys
          ? List.of(
              new ToNode.Setup(
                  setup.plan(), setup.epoch(), new AdvertiseBundle(change.apply(keys))))
          : List.of(honest);
    }

    private <A extends RoundAnnouncement> List<ToNode> inRound(
        NodeId to, ToNode honest, Class<A> kind, UnaryOperator<A> change) {
      return isVictim(to)
              && honest instanceof ToNode.Round round
              && kind.isInstance(round.announcement())
          ? List.of(
              new ToNode.Round(
                  round.plan(),
                  round.release(),
                  round.attempt(),
                  change.apply(kind.cast(round.announcement()))))
          : List.of(honest);
    }

    private List<Advertise> swapped(AdvertiseBundle bundle) {
      Advertise own = bundle.advertised().get(0);
      return bundle.advertised().stream()
          .map(
              each ->
                  each.sender().equals(another())
                      ? new Advertise(
                          each.sender(),
                          each.ctx(),
                          own.agreementKey(),
                          own.encapsulationKey(),
                          each.signature())
                      : each)
          .toList();
    }

    private CohortAnnounced smallerCohort(CohortAnnounced all) {
      return new CohortAnnounced(
          withoutAnother(all.headers(), header -> header.sender()),
          withoutAnother(all.boxes(), box -> box.from()));
    }

    private CohortAnnounced tinyCohort(CohortAnnounced all) {
      NodeId own = world().nodes().get(victim).id();
      return new CohortAnnounced(
          all.headers().stream()
              .filter(h -> h.sender().equals(own) || h.sender().equals(another()))
              .toList(),
          all.boxes().stream().filter(box -> box.from().equals(another())).toList());
    }

    /** Says to the victim that others than do remember its charge, or that it is elsewhere. */
    private List<ToNode> remembered(
        NodeId to,
        ToNode honest,
        UnaryOperator<List<Bytes>> words,
        Function<ToNode.ChargesRemembered, ToNode.Logged> charge) {
      if (!isVictim(to) || !(honest instanceof ToNode.ChargesRemembered said)) {
        return List.of(honest);
      }
      return List.of(
          new ToNode.ChargesRemembered(
              said.plan(),
              said.release(),
              said.attempt(),
              said.checkpoint(),
              said.consistency(),
              charge.apply(said),
              words.apply(said.remembrances())));
    }

    /** The words of the attempt before; none at the first. */
    private List<Bytes> former(List<Bytes> words) {
      List<Bytes> before = former;
      former = words;
      return before;
    }

    /** Another entry than the one that is shown. */
    private Bytes another(ToNode.ChargesRemembered said) {
      List<byte[]> entries = world().coordinator().disk().log().entries();
      return Bytes.of(entries.get((int) said.charge().inclusion().index() - 1));
    }

    private List<ToNode> replayed(NodeId to, ToNode honest, int back) {
      if (!isVictim(to)) {
        return List.of();
      }
      heard.addLast(honest);
      return heard.size() > back ? List.of(heard.removeFirst()) : List.of();
    }

    private List<ToNode> offer(NodeId to, ToNode honest, UnaryOperator<Roster> change) {
      if (!isVictim(to) || !(honest instanceof ToNode.Offer offered)) {
        return List.of(honest);
      }
      try {
        Roster roster = change.apply(Roster.ofBytes(offered.roster().toArray()));
        return List.of(
            new ToNode.Offer(
                offered.plan(), offered.study(), offered.contract(), Bytes.of(roster.toBytes())));
      } catch (MalformedEncoding e) {
        throw new IllegalStateException("an honest offer has a roster", e);
      }
    }

    private Roster withLowerQuorum(Roster roster) {
      Quorum q = roster.quorum();
      Quorum lower =
          q.threshold() == q.nodes()
              ? new Quorum(q.nodes(), q.nodes() - 1, 0, 3, q.nodes() - 1)
              : new Quorum(q.nodes(), q.threshold(), 0, 3, q.threshold());
      return new Roster(roster.members(), lower);
    }

    private Roster withSybil(Roster roster) {
      List<Roster.Member> members = new ArrayList<>(roster.members());
      SigningKey own = world().key(500);
      members.add(new Roster.Member(new NodeId("org-z"), own.verifyingKey()));
      return new Roster(members, Quorum.defaultFor(members.size()));
    }

    private void remember(NodeId to, ToNode honest) {
      if (isVictim(to) && honest instanceof ToNode.Offer) {
        offer = honest;
      }
    }

    private @Nullable ToNode offered(NodeId to) {
      return isVictim(to) ? offer : null;
    }

    private boolean leftOut(NodeId node, int release) {
      int index = (release + victim) % world().nodes().size();
      return world().nodes().get(index).id().equals(node);
    }

    private ToNode end(Digest plan) {
      var log = world().coordinator().log().orElseThrow();
      long seen = world().nodes().get(victim).disk().witness(world().logKey()).seen().size();
      return new ToNode.Ended(
          plan,
          "completed",
          log.signedCheckpoint(),
          log.consistency(seen, log.checkpoint().size()),
          List.of());
    }

    private Fork fork() {
      if (fork == null) {
        fork = new Fork(world(), victim);
      }
      return fork;
    }
  }
}
