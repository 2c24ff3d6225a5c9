package org.althing.study;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.althing.model.evaluation.Criterion;
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
      List.of(
          "quality",
          "statistics",
          "naive-bayes",
          "logistic",
          "linear-svm",
          "k-means",
          Candidates.WORD);

  /** The word for this analysis in study files, policies and reports. */
  String word();

  /** All words that an owner must allow for it: its own and those of what it is made of. */
  default List<String> words() {
    return List.of(word());
  }

  /** The contract's columns the analysis reads; none named where it reads all that may leave. */
  List<String> columns();

  /** Whether it fits a model, which can be evaluated on units that were held out. */
  default boolean fitsModel() {
    return true;
  }

  /** The share of positive records that whoever asks expects; none where none is declared. */
  default OptionalDouble expectedPositives() {
    return OptionalDouble.empty();
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

  /** The rarest that either side of a label can be expected to be. */
  double LEAST_SHARE = 1e-6;

  /**
   * What a model predicts.
   *
   * @param positive the declared values that count as 1, while every other declared value counts as
   *     0; none where every declared value is a class of its own
   * @param expected the share of positive records that whoever asks knows in public beforehand, as
   *     a prevalence; foretells, and changes nothing that is computed
   */
  record Label(String column, List<String> positive, OptionalDouble expected) {
    public Label {
      positive = distinct(positive, "positive values");
      if (expected.isPresent() && positive.isEmpty()) {
        throw new IllegalArgumentException(
            "expected is the share of positive records, and %s has no positive values: name them, or leave the share out"
                .formatted(column));
      }
      double share = expected.orElse(LEAST_SHARE);
      if (!(share >= LEAST_SHARE && share <= 1 - LEAST_SHARE)) {
        throw new IllegalArgumentException(
            "the expected share of positive records is %s to %s, got %s"
                .formatted(
                    Domain.Numbers.plain(LEAST_SHARE),
                    Domain.Numbers.plain(1 - LEAST_SHARE),
                    Domain.Numbers.plain(share)));
      }
    }

    public Label(String column, List<String> positive) {
      this(column, positive, OptionalDouble.empty());
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

  /** The model of a candidate; none where there is none of that name. */
  default Optional<Model> candidate(String name) {
    return Optional.empty();
  }

  /** One model, fitted to one label. */
  sealed interface Model extends AnalysisChoice {
    Label label();

    List<String> features();

    @Override
    default OptionalDouble expectedPositives() {
      return label().expected();
    }

    /** What it is called in a sentence. */
    String name();

    /** What sets it apart from others of its kind, as the end of a sentence; empty for nothing. */
    String settings();
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
      implements Model {
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
    public String name() {
      return "naive Bayes";
    }

    @Override
    public String settings() {
      String pairs =
          interactions.isEmpty()
              ? ""
              : ", counting as one column each: " + Interaction.inWords(interactions);
      return pairs + (normal.isEmpty() ? "" : ", taking for normal: " + String.join(", ", normal));
    }

    @Override
    public List<String> columns() {
      return modelColumns(label, features, groups);
    }
  }

  /** A linear model, fitted in rounds. */
  sealed interface Linear extends Model {
    int MOST_ROUNDS = 10;

    /** Gradients to release, 1 to {@value #MOST_ROUNDS}; none for as many as the planner finds. */
    OptionalInt rounds();

    /** How much records of each class count. */
    ClassWeights weights();

    /** What the weights are to make small, before slopes are cut. */
    Objective objective();

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
    default String settings() {
      return (interactions().isEmpty()
              ? ""
              : ", with interactions " + Interaction.inWords(interactions()))
          + weighing();
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
    public String settings() {
      return Linear.super.settings()
          + ", penalty "
          + BigDecimal.valueOf(l2).stripTrailingZeros().toPlainString();
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

  /**
   * Several models of one label, of which the one that does best on held-out records is kept. Each
   * is paid for with an equal share of the budget.
   *
   * @param criterion what they are chosen by
   * @param candidates {@value #LEAST} to {@value #MOST}, no two alike
   * @param groups in which each of them is evaluated too
   */
  record Candidates(
      Label label, Criterion criterion, List<Candidate> candidates, Optional<String> groups)
      implements AnalysisChoice {
    public static final String WORD = "candidates";
    public static final int LEAST = 2;
    public static final int MOST = 5;

    public Candidates {
      candidates = List.copyOf(candidates);
      requireGroups(label, groups);
      if (candidates.size() < LEAST || candidates.size() > MOST) {
        throw new IllegalArgumentException(
            "%d to %d candidates are compared, got %d".formatted(LEAST, MOST, candidates.size()));
      }
      distinct(candidates.stream().map(Candidate::name).toList(), "candidates");
      for (Candidate candidate : candidates) {
        candidate.requireComparable(label, criterion);
      }
      requireUnlike(candidates);
    }

    /** Who has one model drawn twice pays for two chances of lucky noise. */
    private static void requireUnlike(List<Candidate> candidates) {
      for (int i = 0; i < candidates.size(); i++) {
        for (int j = 0; j < i; j++) {
          if (candidates.get(i).model().equals(candidates.get(j).model())) {
            throw new IllegalArgumentException(
                "candidates %s and %s are the same model: keep one"
                    .formatted(candidates.get(j).name(), candidates.get(i).name()));
          }
        }
      }
    }

    /** The features that all of them have; none where they differ. */
    public List<String> sharedFeatures() {
      List<List<String>> all =
          candidates.stream().map(c -> c.model().features()).distinct().toList();
      return all.size() == 1 ? all.get(0) : List.of();
    }

    /** A candidate's model, with its features where not all have the same. */
    public String inWords(Candidate candidate) {
      Model model = candidate.model();
      String from =
          sharedFeatures().isEmpty() ? " from " + String.join(", ", model.features()) : "";
      return model.name() + from + model.settings();
    }

    @Override
    public String word() {
      return WORD;
    }

    @Override
    public OptionalDouble expectedPositives() {
      return label.expected();
    }

    @Override
    public Optional<Model> candidate(String name) {
      return candidates.stream()
          .filter(candidate -> candidate.name().equals(name))
          .map(Candidate::model)
          .findFirst();
    }

    @Override
    public List<String> words() {
      return Stream.concat(Stream.of(WORD), candidates.stream().map(c -> c.model().word()))
          .distinct()
          .toList();
    }

    @Override
    public List<String> columns() {
      List<String> features =
          candidates.stream().flatMap(c -> c.model().features().stream()).distinct().toList();
      return modelColumns(label, features, groups);
    }
  }

  /**
   * One of several models.
   *
   * @param name 1 to 32 lower-case letters, digits and inner hyphens, a letter first
   */
  record Candidate(String name, Model model) {
    private static final Pattern NAME = Pattern.compile("[a-z]([a-z0-9-]{0,30}[a-z0-9])?");

    public Candidate {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "a candidate's name is 1 to 32 lower-case letters, digits and inner hyphens, a letter first");
      }
    }

    private void requireComparable(Label label, Criterion criterion) {
      if (!model.label().equals(label) || model.groups().isPresent()) {
        throw new IllegalArgumentException(
            "candidate %s has a label or groups of its own: all candidates share one"
                .formatted(name));
      }
      if (criterion == Criterion.LOG_LOSS && model instanceof LinearSvm) {
        throw new IllegalArgumentException(
            "log-loss judges probabilities, and candidate %s, a support vector machine, gives margins: choose by auc or accuracy"
                .formatted(name));
      }
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
