package org.althing.secagg;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.federation.Roster;
import org.junit.jupiter.api.Test;

/**
 * Whatever part of a message, an attempt or a key agreement is another, what is signed, hashed or
 * derived of it is another: a part that was left out could be exchanged unseen, and an attempt that
 * was left out would reuse a mask.
 */
final class BoundContentTest {
  private static final NodeId A = new NodeId("org-a");
  private static final NodeId B = new NodeId("org-b");
  private static final Digest D = Digest.of(new byte[] {1});
  private static final Bytes SIGNATURE = bytes(64);
  private static final Roster ROSTER = Federation.of(4, 1).roster;
  private static final Roster OTHER_ROSTER = Federation.of(5, 1).roster;
  private static final EpochTerms EPOCH = new EpochTerms(D, 3, ROSTER);

  private static Bytes bytes(int length) {
    byte[] content = new byte[length];
    Arrays.fill(content, (byte) 5);
    return Bytes.of(content);
  }

  @Test
  void everyPartOfAnAttemptIsInItsContext() {
    assertBound(EPOCH, EpochTerms::ctx);
    assertBound(new RoundTerms(EPOCH, D, 4, 1, D, 9), RoundTerms::ctx);
  }

  @Test
  void everyPartOfAMessageIsSigned() {
    assertSigned(new Advertise(A, D, bytes(32), bytes(1184), SIGNATURE));
    assertSigned(
        new BindHeader(
            A,
            D,
            D,
            List.of(new BindHeader.ForPeer(A, D), new BindHeader.ForPeer(B, D)),
            SIGNATURE));
    assertSigned(new ReadyHeader(A, D, D, D, D, SIGNATURE));
    assertSigned(new InputHeader(A, D, D, D, D, SIGNATURE));
    assertSigned(new ConfirmHeader(A, D, D, D, D, SIGNATURE));
    List<RevealedShares> shares =
        List.of(
            new RevealedShares(A, bytes(32), Optional.of(bytes(32))),
            new RevealedShares(B, bytes(32), Optional.of(bytes(32))));
    assertSigned(new Unmask(A, D, D, shares, SIGNATURE));
  }

  private static <S extends Record & Signed> void assertSigned(S message) {
    assertBound(message, each -> Bytes.of(each.signedBytes()));
  }

  private record Boxed(NodeId from, NodeId to, Bytes sealed) {
    Digest digest() {
      return Ready.digestOf(List.of(new ShareBox(from, to, sealed), new ShareBox(A, B, bytes(80))));
    }
  }

  @Test
  void everyPartOfWhatADigestSpeaksOfIsInIt() {
    assertBound(new Encapsulation(A, B, bytes(1088)), Encapsulation::digest);
    assertBound(new Boxed(A, B, bytes(80)), Boxed::digest);
    Advertise advertise = new Advertise(A, D, bytes(32), bytes(1184), SIGNATURE);
    assertBound(new AdvertiseBundle(List.of(advertise)), AdvertiseBundle::digest);
    assertBound(
        new Readies(D, List.of(new ReadyHeader(A, D, D, D, D, SIGNATURE))), Readies::cohort);
    assertBound(
        new Inputs(D, D, List.of(new InputHeader(A, D, D, D, D, SIGNATURE))), Inputs::survivors);
  }

  @Test
  void whatTravelsBesideAHeaderIsInItsDigest() {
    assertBound(new Carried(bytes(80)), each -> Confirm.digestOf(each.content()));
    assertBound(new Carried(bytes(80)), each -> Input.digestOf(each.content()));
  }

  private record Carried(Bytes content) {}

  private record Readies(Digest ctx, List<ReadyHeader> headers) {
    Digest cohort() {
      return Cohort.of(ctx, headers).digest();
    }
  }

  private record Inputs(Digest ctx, Digest cohort, List<InputHeader> headers) {
    Digest survivors() {
      return Survivors.of(ctx, new Cohort(new TreeMap<>(), cohort), headers).digest();
    }
  }

  /** Of the keys of two members and their exchange. */
  private record Exchange(
      Digest keys,
      Digest ctx,
      NodeId lower,
      NodeId higher,
      Bytes lowerAgreement,
      Bytes lowerEncapsulation,
      Bytes higherAgreement,
      Bytes higherEncapsulation,
      Bytes ciphertext,
      Bytes material) {
    Bytes chainKey() {
      return PairSecrets.chainKey(
              keys,
              new Advertise(lower, ctx, lowerAgreement, lowerEncapsulation, SIGNATURE),
              new Advertise(higher, ctx, higherAgreement, higherEncapsulation, SIGNATURE),
              ciphertext,
              material.toArray())
          .reveal();
    }
  }

  private record BoxHeader(NodeId from, NodeId to, Digest ctx, Digest selfSeed) {
    Bytes bytes() {
      return Bytes.of(PairSecrets.boxHeader(from, to, ctx, selfSeed));
    }
  }

  private record SealingHeader(NodeId sender, Digest ctx, Digest survivors) {
    Bytes bytes() {
      return Bytes.of(
          new Survivors(new TreeMap<>(), survivors, List.of()).sealingHeader(sender, ctx));
    }
  }

  @Test
  void everyPartOfAnExchangeIsInItsKeys() {
    assertBound(
        new Exchange(
            D, D, A, B, bytes(32), bytes(1184), bytes(32), bytes(1184), bytes(1088), bytes(64)),
        Exchange::chainKey);
    assertBound(new BoxHeader(A, B, D, D), BoxHeader::bytes);
    assertBound(new SealingHeader(A, D, D), SealingHeader::bytes);
  }

  /** What a round came to, of one survivor. */
  private record Course(
      Digest ctx,
      Digest cohort,
      Digest survivors,
      ConfirmHeader confirmed,
      Digest selfSeed,
      Integer total) {
    Digest transcript() {
      ReadyHeader ready = new ReadyHeader(A, D, selfSeed, D, D, SIGNATURE);
      InputHeader input = new InputHeader(A, D, D, D, D, SIGNATURE);
      return new Unmasking(
              new Chair(new RoundTerms(EPOCH, D, 4, 1, D, 1), ctx, new TreeSet<>(Set.of(A))),
              new Cohort(new TreeMap<>(Map.of(A, ready)), cohort),
              new Survivors(new TreeMap<>(Map.of(A, input)), survivors, List.of()),
              new MaskedSum(1),
              List.of(new Confirm(confirmed, Bytes.EMPTY)))
          .transcript(new NoisyTotal(new long[] {total}));
    }
  }

  @Test
  void everythingThatARoundCameToIsInItsTranscript() {
    assertBound(
        new Course(D, D, D, new ConfirmHeader(A, D, D, D, D, SIGNATURE), D, 7), Course::transcript);
  }

  /** Changes each part in turn, down to the parts of its parts; signatures sign the rest. */
  private static <R extends Record> void assertBound(R value, Function<R, ?> content) {
    List<R> others = variants(value);
    Set<Object> contents = new HashSet<>(List.of(content.apply(value)));
    for (R other : others) {
      assertThat(contents.add(content.apply(other))).as("%s", other).isTrue();
    }
    assertThat(others).isNotEmpty();
  }

  @SuppressWarnings("unchecked")
  private static <R extends Record> List<R> variants(R value) {
    RecordComponent[] parts = value.getClass().getRecordComponents();
    List<R> variants = new ArrayList<>();
    try {
      Object[] values = new Object[parts.length];
      for (int i = 0; i < parts.length; i++) {
        parts[i].getAccessor().setAccessible(true);
        values[i] = parts[i].getAccessor().invoke(value);
      }
      Class<?>[] types =
          Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
      var constructor = value.getClass().getDeclaredConstructor(types);
      constructor.setAccessible(true);
      for (int i = 0; i < parts.length; i++) {
        if (!parts[i].getName().equals("signature")) {
          for (Object other : others(values[i])) {
            Object[] changed = values.clone();
            changed[i] = other;
            variants.add((R) constructor.newInstance(changed));
          }
        }
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record is made of its parts", e);
    }
    return variants;
  }

  private static List<?> others(Object part) {
    if (part instanceof Digest digest) {
      return List.of(Digest.of(digest.bytes()));
    } else if (part instanceof NodeId id) {
      return List.of(new NodeId(id.value() + "-too"));
    } else if (part instanceof Bytes bytes) {
      byte[] flipped = bytes.toArray();
      flipped[0] ^= 1;
      return List.of(Bytes.of(flipped));
    } else if (part instanceof Integer number) {
      return List.of(number + 1);
    } else if (part instanceof Optional<?> optional) {
      return others(optional.orElseThrow()).stream().map(Optional::of).toList();
    } else if (part instanceof List<?> list) {
      List<Object> lists = new ArrayList<>(List.of(list.subList(1, list.size())));
      for (Object first : others(list.get(0))) {
        List<Object> changed = new ArrayList<>(list);
        changed.set(0, first);
        lists.add(changed);
      }
      return lists;
    } else if (part instanceof Roster) {
      return List.of(OTHER_ROSTER);
    }
    return variants((Record) part);
  }
}
