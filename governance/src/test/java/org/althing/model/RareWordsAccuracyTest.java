package org.althing.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.althing.cleaning.CommonWords;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.model.linear.CentredDescent;
import org.althing.model.naivebayes.NaiveBayes;
import org.althing.privacy.Rho;
import org.althing.release.PaperFederation;
import org.althing.release.Procedure;
import org.althing.table.Domain;
import org.althing.table.Language;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What it brings to let rare words count more, over the commonest words of the training texts,
 * counted exactly: the best that a public list could be. Noise as in {@link TextAccuracyTest}.
 */
@Tag("nightly")
final class RareWordsAccuracyTest {
  private static final int NODES = 4;
  private static final int SEEDS = Integer.getInteger("grid.seeds", 5);
  private static final int ROUNDS = 6;

  private static Texts texts(String set, int words, boolean weighted) {
    boolean english = set.equals("sms");
    Language language = english ? Language.ENGLISH : Language.CHINESE;
    Function<List<String>, Domain.Words> chosen =
        texts -> CommonWords.of(language, texts, words, weighted);
    return english ? Texts.sms(chosen) : Texts.waimai(chosen);
  }

  @ParameterizedTest
  @CsvSource({
    "sms,    512,  0.5, 0.00850553",
    "sms,    1024, 1,   0.03055660",
    "sms,    2048, 3,   0.22424917",
    "waimai, 1024, 0.5, 0.00850553",
    "waimai, 2048, 1,   0.03055660",
    "waimai, 4096, 3,   0.22424917"
  })
  void rareWordsBesideWordsThatCountAlike(String set, int words, double epsilon, double cost) {
    Rho rho = Rho.roundedDown(cost);
    for (String model : List.of("naive Bayes", "logistic regression")) {
      Scores alike = scores(texts(set, words, false), set, model, rho);
      Scores rare = scores(texts(set, words, true), set, model, rho);
      System.out.printf(
          Locale.ROOT,
          "%s, %s, %d words, ε = %s: alike %.4f / %.4f, rare ones more %.4f / %.4f%n",
          set,
          model,
          words,
          epsilon,
          alike.accuracy(),
          alike.auc(),
          rare.accuracy(),
          rare.auc());
      assertThat(rare.auc()).isGreaterThan(alike.auc() - 0.1);
    }
  }

  private static Scores scores(Texts texts, String set, String model, Rho rho) {
    Label label = texts.label(set.equals("sms") ? "spam" : "1");
    Procedure<LinearModel> training =
        model.equals("naive Bayes")
            ? new NaiveBayes(texts.features(0), label, rho)
            : new CentredDescent(texts.features(0), label, rho, ROUNDS);
    List<Scores> scores =
        LongStream.rangeClosed(1, SEEDS)
            .mapToObj(seed -> PaperFederation.noisy(NODES, seed).run(training, texts.train()))
            .map(texts::score)
            .toList();
    return new Scores(
        scores.stream().mapToDouble(Scores::accuracy).average().orElseThrow(),
        scores.stream().mapToDouble(Scores::auc).average().orElseThrow());
  }
}
