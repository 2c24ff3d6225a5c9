package org.althing.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.althing.cleaning.Recipe;
import org.althing.contract.Contract;
import org.althing.contract.ContractColumn;
import org.althing.contract.ContractColumn.Use;
import org.althing.contract.PrivacyUnit;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.federation.Quorum;
import org.althing.federation.Roster;
import org.althing.federation.SigningKey;
import org.althing.model.evaluation.Criterion;
import org.althing.model.linear.ClassWeights;
import org.althing.privacy.NoisePlan;
import org.althing.privacy.Partition;
import org.althing.release.Folds;
import org.althing.release.ReleaseSpec;
import org.althing.statistics.Request;
import org.althing.study.Planning.Planned;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.Schema;
import org.althing.vector.Block;
import org.althing.vector.Shape;

/** Small rosters, plans, contracts and studies with fixed keys. */
public final class Examples {
  private Examples() {}

  public static SigningKey key(int i) {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) (i + 1));
    return SigningKey.ofSeed(seed);
  }

  public static NodeId node(int i) {
    return new NodeId("org-" + (char) ('a' + i));
  }

  public static Roster roster(int nodes) {
    List<Roster.Member> members = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      members.add(new Roster.Member(node(i), key(i).verifyingKey()));
    }
    return new Roster(members, Quorum.defaultFor(nodes));
  }

  /** Four nodes, t = 3, c = 1, so two honest shares. */
  public static Plan plan() {
    return planWithHoldout(20);
  }

  public static Plan planWithHoldout(int percent) {
    return new Plan(
        Digest.of(new byte[] {1}),
        Digest.of(new byte[] {2}),
        roster(4),
        percent,
        1,
        List.of(
            release("profile", Partition.ALL, new Block("profile", 10, 1, 13), 13),
            release("counts", Partition.TRAIN, new Block("counts", 10, 1, 12), 10),
            release("scores", Partition.HOLDOUT, new Block("scores", 10, 4, 16), 13)));
  }

  private static ReleaseSpec release(String name, Partition partition, Block block, long sigma) {
    NoisePlan noise = new NoisePlan(new Shape(List.of(block)), 1, 2, List.of(sigma));
    return new ReleaseSpec(name, partition, noise);
  }

  public static final String LABEL = "disease";

  /** Columns age (4 bins), sex, disease (label), weight (no bins) and name (never leaves). */
  public static Contract contract() {
    return new Contract(
        "heart",
        "1.0.0",
        "Heart",
        "patients",
        List.of(
            column(
                "age", new Domain.Numbers(0, 120, true, List.of(30.0, 40.0, 50.0)), Use.FEDERATED),
            column("sex", new Domain.Categories(List.of("female", "male")), Use.FEDERATED),
            column("disease", new Domain.Categories(List.of("0", "1", "2")), Use.FEDERATED),
            column("weight", new Domain.Numbers(0, 300, false, List.of()), Use.FEDERATED),
            column("name", new Domain.Categories(List.of("x")), Use.NEVER)),
        new PrivacyUnit("patient", Optional.empty(), 1),
        List.of(),
        Digest.of(new byte[] {2}));
  }

  private static ContractColumn column(String name, Domain domain, Use use) {
    return column(new Column(name, domain), use);
  }

  private static ContractColumn column(Column column, Use use) {
    return new ContractColumn(column, column.name(), false, use, List.of(), Optional.empty());
  }

  /** A model of the kind that {@code word} names, as a study gets it that says no more. */
  public static AnalysisChoice.Model model(
      String word, AnalysisChoice.Label label, List<String> features) {
    return switch (word) {
      case "naive-bayes" -> new AnalysisChoice.NaiveBayes(label, features);
      case "logistic" ->
          new AnalysisChoice.Logistic(
              label,
              features,
              List.of(),
              OptionalInt.empty(),
              ClassWeights.EQUAL,
              Optional.empty());
      case "linear-svm" ->
          new AnalysisChoice.LinearSvm(
              label,
              features,
              List.of(),
              OptionalInt.empty(),
              ClassWeights.EQUAL,
              AnalysisChoice.LinearSvm.DEFAULT_L2,
              Optional.empty());
      default -> throw new IllegalArgumentException(word);
    };
  }

  /** What the planner makes of an analysis of one row per person at δ = 10⁻⁵, told no more. */
  public static Planned planned(
      Schema schema,
      AnalysisChoice choice,
      double epsilon,
      int holdoutPercent,
      long people,
      int nodes) {
    return planned(schema, Recipe.NONE, choice, epsilon, holdoutPercent, people, nodes);
  }

  /** As the other, of a study that cleans. */
  public static Planned planned(
      Schema schema,
      Recipe cleaning,
      AnalysisChoice choice,
      double epsilon,
      int holdoutPercent,
      long people,
      int nodes) {
    Study study =
        new Study(
            "measured",
            "Measured",
            "measuring",
            "lead",
            "measured",
            cleaning,
            choice,
            new PrivacyTerms(epsilon, 1e-5, 0),
            holdoutPercent,
            Optional.empty(),
            new Participation(List.of(), QuorumChoice.NONE, OptionalLong.of(people)),
            Study.DEFAULT_DEADLINE,
            Digest.of(new byte[0]));
    Contract contract =
        new Contract(
            "measured",
            "1",
            "measured",
            "t",
            schema.columns().stream().map(c -> column(c, Use.FEDERATED)).toList(),
            new PrivacyUnit("person", Optional.empty(), 1),
            List.of(),
            Digest.of(new byte[0]));
    return (Planned) StudyPlanner.compile(study, contract, roster(nodes));
  }

  public static Study study(AnalysisChoice analysis, int holdoutPercent) {
    return study(analysis, holdoutPercent, Optional.empty());
  }

  public static Study crossValidated(AnalysisChoice analysis, int folds) {
    return study(analysis, 0, Optional.of(new Folds(folds)));
  }

  private static Study study(AnalysisChoice analysis, int holdoutPercent, Optional<Folds> folds) {
    return new Study(
        "heart-study",
        "Heart study",
        "heart-research",
        "lead-one",
        "heart",
        Recipe.NONE,
        analysis,
        new PrivacyTerms(1, 1e-5, 1),
        holdoutPercent,
        folds,
        new Participation(List.of(), QuorumChoice.NONE, OptionalLong.of(900)),
        Study.DEFAULT_DEADLINE,
        Digest.of(new byte[] {1}));
  }

  public static AnalysisChoice.Quality quality() {
    return new AnalysisChoice.Quality(List.of(), Optional.of(LABEL));
  }

  public static AnalysisChoice.Statistics statistics() {
    return new AnalysisChoice.Statistics(
        new Request(
            List.of(),
            List.of("age", "weight"),
            List.of("age", "weight"),
            List.of(new Request.Pair("sex", LABEL))));
  }

  public static AnalysisChoice.NaiveBayes naiveBayes() {
    return new AnalysisChoice.NaiveBayes(label(), List.of("age", "sex"));
  }

  public static AnalysisChoice.Logistic logistic() {
    return new AnalysisChoice.Logistic(label(), List.of("age", "sex", "weight"), 6);
  }

  /** A logistic regression of two columns, naive Bayes of two, and one round over three columns. */
  public static AnalysisChoice.Candidates candidates() {
    return new AnalysisChoice.Candidates(
        label(),
        Criterion.AUC,
        List.of(
            candidate("plain", new AnalysisChoice.Logistic(label(), List.of("age", "sex"), 6)),
            candidate("bayes", naiveBayes()),
            candidate(
                "wide", new AnalysisChoice.Logistic(label(), List.of("age", "sex", "weight"), 1))),
        Optional.empty());
  }

  private static AnalysisChoice.Candidate candidate(String name, AnalysisChoice.Model model) {
    return new AnalysisChoice.Candidate(name, model);
  }

  private static AnalysisChoice.Label label() {
    return new AnalysisChoice.Label(LABEL, List.of("1", "2"));
  }
}
