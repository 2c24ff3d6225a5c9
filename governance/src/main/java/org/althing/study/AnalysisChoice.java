package org.althing.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.althing.model.features.Interaction;
import org.althing.model.kmeans.KMeans;
import org.althing.model.linear.ClassWeights;
import org.althing.model.linear.Objective;
import org.althing.statistics.Request;
import org.althing.table.Domain;

/** What a study asks of the records: one of the analyses the product has. */
public sealed interface AnalysisChoice {
  /** The words for all analyses. */
  List<String> WORDS =
      List.of("quality", "statistics", "naive-bayes", "logistic", "linear-svm", "k-means");

  /** The word for this analysis in study files, policies and reports. */
  String word();

  /** The contract's columns the analysis reads; none named where it reads all that may leave. */
  List<String> columns();

  /** Whether it fits a model, which can be evaluated on units that were held out. */
  default boolean fitsModel() {
    return true;
  }

  /** The column in whose groups the model is evaluated too. */
  default Optional<String> groups() {
    return Optional.empty();
  }

  /** The pairs of its features that a model reads together. */
  default List<Interaction> interactions() {
    return List.of();
  }

  /**
   * A data-quality audit.
   *
   * @param columns the columns to audit, in this order; empty for all that may leave
   * @param label a categorical column whose class balance is reported
   */
  record Quality(List<String> columns, Optional<String> label) implements AnalysisChoice {
    public Quality {
      columns = distinct(columns, "columns");
      if (label.isPresent() && !columns.isEmpty() && !columns.contains(label.get())) {
        throw new IllegalArgumentException(
            "the label %s is not among the columns to audit: name it there too"
                .formatted(label.get()));
      }
    }

    @Override
    public String word() {
      return "quality";
    }

    @Override
    public boolean fitsModel() {
      return false;
    }
  }

  /** Counts, means, quantiles, correlations and cross tables, in one release. */
  record Statistics(Request request) implements AnalysisChoice {
    @Override
    public String word() {
      return "statistics";
    }

    @Override
    public List<String> columns() {
      return request.columns();
    }

    @Override
    public boolean fitsModel() {
      return false;
    }
  }

  /**
   * What a model predicts.
   *
   * @param positive the declared values that count as 1, while every other declared value counts as
   *     0; none where every declared value is a class of its own
   */
  record Label(String column, List<String> positive) {
    public Label {
      positive = distinct(positive, "positive values");
    }

    /** Whether it is a yes or a no. */
    public boolean isBinary() {
      return !positive.isEmpty();
    }

    /** As the end of a sentence. */
    public String inWords() {
      return isBinary()
          ? column + " = " + String.join(" or ", positive)
          : column + ", every value a class";
    }
  }

  /**
   * A naive Bayes model in one release, over declared cells and words of texts.
   *
   * <p>Two columns that interact stand in it as a pair alone: were they counted by themselves too,
   * what they say would count twice. So no column is in two interactions.
   *
   * @param normal those of the features, all numbers, that are taken for normal in each class
   *     instead of by their cells; none of them interacts
   */
  record NaiveBayes(
      Label label,
      List<String> features,
      List<String> normal,
      List<Interaction> interactions,
      Optional<String> groups)
      implements AnalysisChoice {
    public NaiveBayes {
      features = featuresFor(label, features);
      interactions = interactionsAmong(features, interactions);
      for (String name : features) {
        long pairs = interactions.stream().filter(pair -> pair.reads(name)).count();
        if (pairs > 1) {
          throw new IllegalArgumentException(
              "column %s is in %d interactions, and naive Bayes would count what it says as often: keep one of them, or ask for logistic"
                  .formatted(name, pairs));
        }
        if (pairs > 0 && normal.contains(name)) {
          throw new IllegalArgumentException(
              "column %s is taken for normal, and only columns that go by their cells interact: take it out of normal or of the interaction"
                  .formatted(name));
        }
      }
      requireGroups(label, groups);
      normal = distinct(normal, "normal numbers");
      if (!features.containsAll(normal)) {
        throw new IllegalArgumentException(
            "the numbers taken for normal are some of the features: name them there too");
      }
    }

    public NaiveBayes(Label label, List<String> features) {
      this(label, features, List.of(), List.of(), Optional.empty());
    }

    /** The features that stand by themselves. */
    public List<String> alone() {
      return features.stream()
          .filter(name -> interactions.stream().noneMatch(pair -> pair.reads(name)))
          .toList();
    }

    @Override
    public String word() {
      return "naive-bayes";
    }

    @Override
    public List<String> columns() {
      return modelColumns(label, features, groups);
    }
  }

  /** A linear model, fitted in rounds. */
  sealed interface Linear extends AnalysisChoice {
    int MOST_ROUNDS = 10;

    Label label();

    List<String> features();

    /** Gradients to release, 1 to {@value #MOST_ROUNDS}; none for as many as the planner finds. */
    OptionalInt rounds();

    /** How much records of each class count. */
    ClassWeights weights();

    /** What the weights are to make small, before slopes are cut. */
    Objective objective();

    /** What it is called in a sentence. */
    String name();

    /** How it weighs classes, as the end of a sentence; empty where it does not. */
    default String weighing() {
      if (weights() instanceof ClassWeights.Balanced) {
        return ", both classes counting alike";
      }
      double positive = ((ClassWeights.Declared) weights()).positive();
      return positive == 1
          ? ""
          : ", a positive record counting for %s negative ones"
              .formatted(Domain.Numbers.plain(positive));
    }

    @Override
    default List<String> columns() {
      return modelColumns(label(), features(), groups());
    }
  }

  /** A logistic regression, of two classes or more. */
  record Logistic(
      Label label,
      List<String> features,
      List<Interaction> interactions,
      OptionalInt rounds,
      ClassWeights weights,
      Optional<String> groups)
      implements Linear {
    public Logistic {
      features = featuresFor(label, features);
      interactions = interactionsAmong(features, interactions);
      requireGroups(label, groups);
      requireRounds(rounds);
      if (!label.isBinary() && !weights.equals(ClassWeights.EQUAL)) {
        throw new IllegalArgumentException(
            "positive_weight is of a label with positive values, %s has none: name them, or leave the weight out"
                .formatted(label.column()));
      }
    }

    public Logistic(Label label, List<String> features, int rounds) {
      this(
          label, features, List.of(), OptionalInt.of(rounds), ClassWeights.EQUAL, Optional.empty());
    }

    @Override
    public Objective objective() {
      return Objective.logistic(weights);
    }

    @Override
    public String name() {
      return "logistic regression";
    }

    @Override
    public String word() {
      return "logistic";
    }
  }

  /**
   * A linear support vector machine with a Huberised hinge loss.
   *
   * @param l2 the penalty on the weights, 0 to {@value Objective#MOST_L2}
   */
  record LinearSvm(
      Label label,
      List<String> features,
      List<Interaction> interactions,
      OptionalInt rounds,
      ClassWeights weights,
      double l2,
      Optional<String> groups)
      implements Linear {
    public static final double DEFAULT_L2 = 0.0001;

    public LinearSvm {
      features = featuresFor(label, features);
      interactions = interactionsAmong(features, interactions);
      requireGroups(label, groups);
      requireRounds(rounds);
      if (!label.isBinary()) {
        throw new IllegalArgumentException(
            "a support vector machine tells two classes apart: say under positive which values of %s are one of them, or ask for logistic or naive-bayes, which tell every value apart"
                .formatted(label.column()));
      }
      Objective.requireL2(l2);
    }

    @Override
    public Objective objective() {
      return Objective.svm(l2, weights);
    }

    @Override
    public String name() {
      return "linear support vector machine";
    }

    @Override
    public String word() {
      return "linear-svm";
    }
  }

  /**
   * Clusters of records by their numbers.
   *
   * @param columns numbers with declared ranges
   * @param clusters how many to look for
   */
  record Clustering(List<String> columns, int clusters) implements AnalysisChoice {
    public Clustering {
      columns = distinct(columns, "columns");
      KMeans.requireCounts(columns.size(), clusters);
    }

    @Override
    public String word() {
      return "k-means";
    }

    @Override
    public boolean fitsModel() {
      return false;
    }
  }

  private static void requireRounds(OptionalInt rounds) {
    int asked = rounds.orElse(1);
    if (asked < 1 || asked > Linear.MOST_ROUNDS) {
      throw new IllegalArgumentException(
          "a linear model has 1 to " + Linear.MOST_ROUNDS + " rounds, got " + asked);
    }
  }

  private static List<String> featuresFor(Label label, List<String> features) {
    List<String> checked = distinct(features, "features");
    if (checked.isEmpty()) {
      throw new IllegalArgumentException("a model needs at least one feature");
    }
    if (checked.contains(label.column())) {
      throw new IllegalArgumentException(
          "the label " + label.column() + " is also among the features: take it out");
    }
    return checked;
  }

  private static List<Interaction> interactionsAmong(
      List<String> features, List<Interaction> interactions) {
    for (Interaction pair : interactions) {
      for (String name : List.of(pair.first(), pair.second())) {
        if (!features.contains(name)) {
          throw new IllegalArgumentException(
              "column %s of the interaction %s is none of the features: name it there too"
                  .formatted(name, pair.inWords()));
        }
      }
    }
    return Interaction.distinct(interactions);
  }

  private static void requireGroups(Label label, Optional<String> groups) {
    if (groups.equals(Optional.of(label.column()))) {
      throw new IllegalArgumentException(
          "the label %s is also the groups: name another column there".formatted(label.column()));
    }
    if (groups.isPresent() && !label.isBinary()) {
      throw new IllegalArgumentException(
          "groups are compared by their rates of one positive class: say under positive which values of %s are that, or leave the groups out"
              .formatted(label.column()));
    }
  }

  private static List<String> modelColumns(
      Label label, List<String> features, Optional<String> groups) {
    List<String> all = new ArrayList<>(features);
    all.add(label.column());
    groups.filter(column -> !features.contains(column)).ifPresent(all::add);
    return List.copyOf(all);
  }

  private static List<String> distinct(List<String> names, String what) {
    if (names.stream().distinct().count() != names.size()) {
      throw new IllegalArgumentException(what + " name something twice");
    }
    return List.copyOf(names);
  }
}
