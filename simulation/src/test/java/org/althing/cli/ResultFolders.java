package org.althing.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.encoding.Bytes;
import org.althing.encoding.MalformedEncoding;
import org.althing.fuzz.FuzzTarget;
import org.althing.fuzz.Input;
import org.althing.fuzz.Promise;
import org.althing.report.ForgedFolder;
import org.althing.report.PaperStudy;
import org.althing.study.StudyEvent;

/**
 * A study's folder as {@code verify} reads it, spoiled in one of two ways: its files as whoever
 * passes it on could, or its events as a log could that all nodes cosign, with every digest, proof
 * and signature of the log made anew.
 */
public final class ResultFolders implements FuzzTarget {
  private static final int MOST_CHANGES = 8;
  private final SortedMap<String, Bytes> folder =
      PaperStudy.completed(PaperStudy.NAIVE_BAYES, 40).folder();
  private final List<StudyEvent> events = ForgedFolder.eventsOf(folder);

  @Override
  public boolean take(byte[] input) {
    Input in = new Input(input);
    return in.choose(2) == 0 ? passedOn(in) : forged(in);
  }

  private boolean passedOn(Input in) {
    SortedMap<String, Bytes> files = new TreeMap<>(folder);
    for (int i = 0; i < MOST_CHANGES && !in.isEmpty(); i++) {
      String name = List.copyOf(files.keySet()).get(in.octet() % files.size());
      switch (in.choose(4)) {
        case 0 -> files.put(name, spliced(files.get(name), in));
        case 1 -> files.remove(name);
        case 2 -> files.put(new String(in.some(), UTF_8), Bytes.of(in.some()));
        default -> files.put(name, Bytes.of(Arrays.copyOf(files.get(name).toArray(), in.two())));
      }
      if (files.isEmpty()) {
        break;
      }
    }
    boolean valid = judged(files);
    if (valid != files.equals(folder)) {
      throw new AssertionError("the folder as it was made is valid, and no other is");
    }
    return valid;
  }

  private boolean forged(Input in) {
    List<StudyEvent> told = new ArrayList<>(events);
    SortedMap<String, Bytes> derived = ForgedFolder.derivedOf(folder);
    for (int i = 0; i < MOST_CHANGES && !in.isEmpty(); i++) {
      int at = in.octet() % told.size();
      switch (in.choose(5)) {
        case 0 -> told.set(at, retold(told.get(at), in));
        case 1 -> told.remove(at);
        case 2 -> told.add(in.octet() % told.size(), told.get(at));
        case 3 -> rewrite(derived, at, in);
        default -> resum(told, derived, in);
      }
      if (told.isEmpty()) {
        return false;
      }
    }
    Optional<SortedMap<String, Bytes>> files = ForgedFolder.of(told, derived);
    boolean valid = files.isPresent() && judged(files.get());
    if (valid && !told.get(0).equals(events.get(0))) {
      throw new AssertionError("a forged question passes although no node consented to it");
    }
    return valid;
  }

  private static StudyEvent retold(StudyEvent event, Input in) {
    try {
      return StudyEvent.ofBytes(spliced(Bytes.of(event.toBytes()), in).toArray());
    } catch (MalformedEncoding e) {
      Promise.showable(e);
      return event;
    }
  }

  private static void rewrite(SortedMap<String, Bytes> derived, int at, Input in) {
    String name = List.copyOf(derived.keySet()).get(at % derived.size());
    derived.put(name, spliced(derived.get(name), in));
  }

  /** Another sum, and a log that says so. */
  private static void resum(List<StudyEvent> told, SortedMap<String, Bytes> derived, Input in) {
    List<String> sums = derived.keySet().stream().filter(n -> n.endsWith(".sum")).toList();
    int which = in.octet() % sums.size();
    byte[] sum = spliced(derived.get(sums.get(which)), in).toArray();
    sum = Arrays.copyOf(sum, sum.length / 8 * 8);
    derived.put(sums.get(which), Bytes.of(sum));
    for (int i = 0; i < told.size(); i++) {
      if (told.get(i) instanceof StudyEvent.Released released && released.release() == which) {
        told.set(i, ForgedFolder.of(released, sum));
      }
    }
  }

  /** Some bytes put over others; a length of zero leaves them out. */
  private static Bytes spliced(Bytes bytes, Input in) {
    byte[] old = bytes.toArray();
    int at = in.two() % (old.length + 1);
    int end = Math.min(old.length, at + in.octet());
    byte[] middle = in.some();
    byte[] spliced = Arrays.copyOf(old, at + middle.length + old.length - end);
    System.arraycopy(middle, 0, spliced, at, middle.length);
    System.arraycopy(old, end, spliced, at + middle.length, old.length - end);
    return Bytes.of(spliced);
  }

  private static boolean judged(SortedMap<String, Bytes> files) {
    Evidence evidence = FolderVerifier.verify(files, Optional.empty());
    evidence.fault().ifPresent(f -> Promise.showable(new Exception(f.finding())));
    if (evidence.held().size() + (evidence.isValid() ? 0 : 1) > 11) {
      throw new AssertionError("there are eleven checks");
    }
    return evidence.isValid();
  }

  @Override
  public SortedMap<String, byte[]> seeds() {
    SortedMap<String, byte[]> seeds = new TreeMap<>();
    seeds.put("as-it-was", new byte[] {'0'});
    seeds.put("made-again", new byte[] {'1'});
    seeds.put("refused-turned-byte", new byte[] {'0', 3, '0', 0, 9, 1, 1, 7});
    seeds.put("refused-removed", new byte[] {'0', 3, '1'});
    seeds.put("refused-added", new byte[] {'0', 3, '2', 1, 'x', 0});
    seeds.put("refused-shortened", new byte[] {'0', 3, '3', 0, 9});
    seeds.put("refused-retold", new byte[] {'1', 2, '0', 0, 40, 1, 1, 7});
    seeds.put("refused-untold", new byte[] {'1', 2, '1'});
    seeds.put("refused-told-twice", new byte[] {'1', 2, '2', 3});
    seeds.put("refused-rewritten", new byte[] {'1', 2, '3', 0, 9, 1, 1, 'x'});
    seeds.put(
        "refused-resummed",
        new byte[] {'1', 2, '4', 0, 0, 8, 8, 8, 127, -1, -1, -1, -1, -1, -1, -1});
    return seeds;
  }

  @Override
  public int mostBytes() {
    return 300;
  }

  /** A folder is verified, whatever the input: the megabytes are its own. */
  @Override
  public Allowance allowance() {
    return new Allowance(400L << 20, 0);
  }
}
