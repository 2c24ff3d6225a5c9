package org.althing.coordinator.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.federation.Roster;
import org.althing.fuzz.FuzzTarget;
import org.althing.fuzz.Input;
import org.althing.fuzz.Promise;
import org.althing.party.Submission;
import org.althing.report.PaperStudy;
import org.althing.study.Examples;

/**
 * What a lead posts: the body as a whole, or one document while the other is sound, compiled to a
 * plan as the coordinator does before anything is stored.
 */
public final class Submissions implements FuzzTarget {
  private static final Roster ROSTER = Examples.roster(4);

  @Override
  public boolean take(byte[] input) {
    Input in = new Input(input);
    int part = in.choose(3);
    String text = new String(in.rest(), UTF_8);
    Optional<SubmittedTexts> texts =
        switch (part) {
          case 0 -> SubmittedTexts.read(text);
          case 1 -> Optional.of(new SubmittedTexts(text, PaperStudy.CONTRACT));
          default -> Optional.of(new SubmittedTexts(PaperStudy.LOGISTIC, text));
        };
    return texts.isPresent() && !texts.get().tooLong() && planned(texts.get());
  }

  private static boolean planned(SubmittedTexts texts) {
    Submission submission =
        Submission.of(
            "lead-one", texts.study().getBytes(UTF_8), texts.contract().getBytes(UTF_8), ROSTER);
    if (submission instanceof Submission.Accepted accepted) {
      Promise.sameValue(
          accepted.plan().digest(),
          ((Submission.Accepted)
                  Submission.of(
                      "lead-one",
                      texts.study().getBytes(UTF_8),
                      texts.contract().getBytes(UTF_8),
                      ROSTER))
              .plan()
              .digest());
      return true;
    }
    List<String> reasons = ((Submission.Rejected) submission).reasons();
    if (reasons.isEmpty()) {
      throw new AssertionError("a rejection without a reason");
    }
    reasons.forEach(reason -> Promise.showable(new Exception(reason)));
    return false;
  }

  @Override
  public SortedMap<String, byte[]> seeds() {
    SortedMap<String, byte[]> seeds = new TreeMap<>();
    for (String study :
        List.of(
            PaperStudy.QUALITY,
            PaperStudy.STATISTICS,
            PaperStudy.NAIVE_BAYES,
            PaperStudy.LOGISTIC)) {
      String body =
          new JsonObject().put("study", study).put("contract", PaperStudy.CONTRACT).encode();
      seeds.put("body-" + seeds.size(), Input.choosing(0, body));
      seeds.put("study-" + seeds.size(), Input.choosing(1, study));
    }
    seeds.put("contract", Input.choosing(2, PaperStudy.CONTRACT));
    seeds.put("refused-null", Input.choosing(0, "{\"study\":null,\"contract\":\"\"}"));
    seeds.put("refused-list", Input.choosing(0, "[]"));
    return seeds;
  }

  @Override
  public List<String> words() {
    List<String> words = new ArrayList<>(org.althing.fuzz.Documents.WORDS);
    words.addAll(List.of("\"study\":", "\"contract\":", "null", "\\n", "\\u0000", "\\uD800"));
    return words;
  }

  /** A plan is compiled twice; its noise is found by bisection. */
  @Override
  public Allowance allowance() {
    return new Allowance(64 << 20, 5000);
  }
}
