package org.althing.document;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.althing.cleaning.Recipe;
import org.althing.encoding.Digest;
import org.althing.model.evaluation.Criterion;
import org.althing.model.features.Interaction;
import org.althing.model.kmeans.KMeans;
import org.althing.model.linear.ClassWeights;
import org.althing.model.linear.Objective;
import org.althing.release.Folds;
import org.althing.statistics.Request;
import org.althing.study.AnalysisChoice;
import org.althing.study.Participation;
import org.althing.study.PrivacyTerms;
import org.althing.study.Study;

/** A study file, {@code althing: study/v1}. */
public final class StudyDocument {
  private static final List<String> MODELS = List.of("logistic", "naive-bayes", "linear-svm");
  private static final Pattern PERIOD = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

  private StudyDocument() {}

  /**
   * @param fileName as errors shall show it
   */
  public static Study read(String fileName, byte[] utf8) throws DocumentError {
    Mapping root = Document.parse(fileName, utf8);
    Document.kind(root, "study");
    String id = root.text("id");
    String title = root.text("title");
    String purpose = root.text("purpose");
    String lead = root.text("lead");
    String contract = root.text("contract");
    Recipe cleaning = RecipeReader.read(root);
    AnalysisChoice analysis = analysis(root.mapping("analysis"));
    PrivacyTerms privacy = privacy(root.mapping("privacy"));
    Optional<Folds> folds = folds(root);
    int usual = analysis.fitsModel() && folds.isEmpty() ? Study.DEFAULT_HOLDOUT_PERCENT : 0;
    int holdout =
        root.has("holdout_percent")
            ? (int) root.whole("holdout_percent", 0, Study.MOST_HOLDOUT_PERCENT)
            : usual;
    Participation participation = participation(root);
    Duration deadline = deadline(root);
    root.end();
    return Checked.of(
        root,
        "althing",
        () ->
            new Study(
                id,
                title,
                purpose,
                lead,
                contract,
                cleaning,
                analysis,
                privacy,
                holdout,
                folds,
                participation,
                deadline,
                Digest.of(utf8)));
  }

  private static Optional<Folds> folds(Mapping root) throws DocumentError {
    if (!root.has("folds")) {
      return Optional.empty();
    }
    if (root.has("holdout_percent")) {
      throw root.error(
          "folds",
          "expected folds or holdout_percent, got both",
          "keep one: with folds every record is evaluated");
    }
    return Optional.of(new Folds((int) root.whole("folds", Folds.LEAST, Folds.MOST)));
  }

  private static AnalysisChoice analysis(Mapping choice) throws DocumentError {
    String word = only(choice, AnalysisChoice.WORDS, "one analysis");
    Mapping terms = choice.mapping(word);
    if (word.equals("quality")) {
      List<String> columns = terms.optionalTexts("columns");
      Optional<String> label = terms.optionalText("label");
      return Checked.of(choice, word, () -> new AnalysisChoice.Quality(columns, label));
    }
    if (word.equals("statistics")) {
      return new AnalysisChoice.Statistics(statistics(choice, terms));
    }
    if (word.equals("k-means")) {
      List<String> columns = terms.texts("columns");
      int clusters = (int) terms.whole("clusters", KMeans.LEAST_CLUSTERS, KMeans.MOST_CLUSTERS);
      return Checked.of(choice, word, () -> new AnalysisChoice.Clustering(columns, clusters));
    }
    AnalysisChoice.Label label = label(terms);
    Optional<String> groups = terms.optionalText("groups");
    return word.equals(AnalysisChoice.Candidates.WORD)
        ? candidates(choice, terms, label, groups)
        : model(choice, word, terms, new Shared(label, terms.texts("features"), groups));
  }

  private static AnalysisChoice.Label label(Mapping terms) throws DocumentError {
    Mapping asked = terms.mapping("label");
    String column = asked.text("column");
    List<String> positive = asked.optionalTexts("positive");
    OptionalDouble expected =
        asked.optionalNumber(
            "expected", AnalysisChoice.LEAST_SHARE, 1 - AnalysisChoice.LEAST_SHARE);
    return Checked.of(terms, "label", () -> new AnalysisChoice.Label(column, positive, expected));
  }

  /** What every kind of model is told. */
  private record Shared(
      AnalysisChoice.Label label, List<String> features, Optional<String> groups) {}

  /** Features that stand above all candidates are those of each that names none. */
  private static AnalysisChoice candidates(
      Mapping choice, Mapping terms, AnalysisChoice.Label label, Optional<String> groups)
      throws DocumentError {
    Criterion criterion = Criterion.ofWord(terms.choice("choose_by", Criterion.words()));
    List<String> usual = terms.optionalTexts("features");
    Mapping models = terms.mapping("models");
    List<AnalysisChoice.Candidate> all = new ArrayList<>();
    for (String name : models.keys()) {
      Mapping candidate = models.mapping(name);
      String word = only(candidate, MODELS, "one kind of model");
      Mapping own = candidate.mapping(word);
      List<String> features =
          usual.isEmpty() || own.has("features") ? own.texts("features") : usual;
      AnalysisChoice.Model model =
          model(candidate, word, own, new Shared(label, features, Optional.empty()));
      all.add(Checked.of(models, name, () -> new AnalysisChoice.Candidate(name, model)));
    }
    return Checked.of(
        choice,
        AnalysisChoice.Candidates.WORD,
        () -> new AnalysisChoice.Candidates(label, criterion, all, groups));
  }

  /** The one word of these that the mapping has; the first, to be asked for, where it has none. */
  private static String only(Mapping choice, List<String> words, String expected)
      throws DocumentError {
    List<String> named = words.stream().filter(choice::has).toList();
    if (named.size() > 1) {
      throw choice.error(
          named.get(1),
          "expected %s, got %s".formatted(expected, String.join(" and ", named)),
          "keep one");
    }
    choice.end();
    // With none named, asking for one gives the error that says so.
    return named.isEmpty() ? words.get(0) : named.get(0);
  }

  private static AnalysisChoice.Model model(
      Mapping choice, String word, Mapping terms, Shared shared) throws DocumentError {
    AnalysisChoice.Label label = shared.label();
    List<String> features = shared.features();
    Optional<String> groups = shared.groups();
    List<Interaction> interactions =
        pairs(
            terms,
            "interactions",
            "interaction",
            "write an interaction as [first, second], for example [sex, age]",
            Interaction::new);
    if (word.equals("naive-bayes")) {
      List<String> normal = terms.optionalTexts("normal");
      return Checked.of(
          choice,
          word,
          () -> new AnalysisChoice.NaiveBayes(label, features, normal, interactions, groups));
    }
    OptionalInt rounds =
        terms.has("rounds")
            ? OptionalInt.of((int) terms.whole("rounds", 1, AnalysisChoice.Linear.MOST_ROUNDS))
            : OptionalInt.empty();
    ClassWeights weights = classWeights(terms);
    if (word.equals("logistic")) {
      return Checked.of(
          choice,
          word,
          () ->
              new AnalysisChoice.Logistic(label, features, interactions, rounds, weights, groups));
    }
    double l2 =
        terms
            .optionalNumber("l2", 0, Objective.MOST_L2)
            .orElse(AnalysisChoice.LinearSvm.DEFAULT_L2);
    return Checked.of(
        choice,
        word,
        () ->
            new AnalysisChoice.LinearSvm(
                label, features, interactions, rounds, weights, l2, groups));
  }

  private static ClassWeights classWeights(Mapping terms) throws DocumentError {
    if (!terms.has("positive_weight")) {
      return ClassWeights.EQUAL;
    }
    return terms.text("positive_weight").equals("balanced")
        ? new ClassWeights.Balanced()
        : new ClassWeights.Declared(
            terms.number("positive_weight", ClassWeights.LEAST, ClassWeights.MOST));
  }

  private static Request statistics(Mapping choice, Mapping terms) throws DocumentError {
    List<String> columns = terms.optionalTexts("columns");
    List<String> quantiles = terms.optionalTexts("quantiles");
    List<String> correlations = terms.optionalTexts("correlations");
    List<Request.Pair> tables =
        pairs(
            terms,
            "tables",
            "table",
            "write a table as [rows, columns], for example [sex, age]",
            Request.Pair::new);
    return Checked.of(
        choice, "statistics", () -> new Request(columns, quantiles, correlations, tables));
  }

  /**
   * @param what one of them is called in errors
   * @param advice how one is written
   */
  private static <P> List<P> pairs(
      Mapping terms, String key, String what, String advice, BiFunction<String, String, P> pairOf)
      throws DocumentError {
    List<P> pairs = new ArrayList<>();
    for (List<String> pair : terms.optionalTextLists(key)) {
      if (pair.size() != 2) {
        throw terms.error(
            key,
            "expected two columns in %s %d, got %d".formatted(what, pairs.size() + 1, pair.size()),
            advice);
      }
      pairs.add(Checked.of(terms, key, () -> pairOf.apply(pair.get(0), pair.get(1))));
    }
    return pairs;
  }

  private static PrivacyTerms privacy(Mapping privacy) throws DocumentError {
    double epsilon = privacy.number("epsilon", 0, PrivacyTerms.MOST_EPSILON);
    double delta = privacy.number("delta", 0, PrivacyTerms.MOST_DELTA);
    int spare =
        privacy.has("spare_attempts")
            ? (int) privacy.whole("spare_attempts", 0, PrivacyTerms.MOST_SPARE_ATTEMPTS)
            : PrivacyTerms.DEFAULT_SPARE_ATTEMPTS;
    return Checked.of(privacy, "epsilon", () -> new PrivacyTerms(epsilon, delta, spare));
  }

  private static Participation participation(Mapping root) throws DocumentError {
    Optional<Mapping> given = root.optionalMapping("participants");
    if (given.isEmpty()) {
      return Participation.EVERYBODY;
    }
    Mapping participants = given.get();
    List<String> names = participants.optionalTexts("nodes");
    var nodes = Checked.nodes(participants, "nodes", names);
    var quorum = Checked.quorum(participants);
    OptionalLong people =
        participants.has("people")
            ? OptionalLong.of(participants.whole("people", 1, Participation.MOST_PEOPLE))
            : OptionalLong.empty();
    return Checked.of(root, "participants", () -> new Participation(nodes, quorum, people));
  }

  private static Duration deadline(Mapping root) throws DocumentError {
    Optional<String> text = root.optionalText("deadline");
    if (text.isEmpty()) {
      return Study.DEFAULT_DEADLINE;
    }
    Matcher period = PERIOD.matcher(text.get());
    if (!period.matches()) {
      throw root.error(
          "deadline",
          "expected a whole number and a unit, got " + DocumentError.quoted(text.get()),
          "write for example 90s, 30m, 6h or 14d");
    }
    long number = Long.parseLong(period.group(1));
    return switch (period.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }
}
