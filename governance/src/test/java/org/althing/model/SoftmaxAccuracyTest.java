package org.althing.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.SoftmaxModel;
import org.althing.model.features.Trainer;
import org.althing.model.linear.Pace;
import org.althing.model.linear.SoftmaxHessian;
import org.althing.model.naivebayes.ClassBayes;
import org.althing.privacy.Rho;
import org.althing.release.PaperFederation;
import org.althing.table.Batches;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;
import org.junit.jupiter.api.Test;

/**
 * Models of several classes at δ = 10⁻⁵, all organisations surviving and honest, beside logistic
 * regression without noise over all rows in one place.
 */
final class SoftmaxAccuracyTest {
  private static final int HONEST = 4;
  private static final int ROUNDS = 6;

  /** What ε = 0.5, 1 and 3 are at δ = 10⁻⁵. */
  private static final double[] RHO = {0.00850553, 0.03055660, 0.22424917};

  private static final String[] EPSILON = {"0.5", "1", "3"};

  private record Task(
      String name,
      FeatureSpace features,
      Label label,
      List<RecordBatch> train,
      List<RecordBatch> test,
      int seeds) {
    /** As the planner has it: at few records numbers by their values. */
    FeatureSpace read(Rho rho) {
      long records = train.stream().mapToLong(RecordBatch::rows).sum();
      return Pace.read(features, label.classes(), rho, OptionalLong.of(records), Set.of());
    }
  }

  @Test
  void maritalStatusOfAdults() {
    Adult adult = Adult.load();
    Task task =
        new Task(
            "Adult, marital status (7)",
            adult.featuresWithout("marital-status", "relationship"),
            adult.classes("marital-status"),
            adult.train(),
            adult.test(),
            5);
    double central = central(task).accuracy();
    double[] logistic =
        accuracies(task, rho -> new SoftmaxHessian(task.read(rho), task.label, rho, ROUNDS));
    accuracies(task, rho -> new ClassBayes(task.features, task.label, rho));
    assertThat(logistic[0]).isGreaterThan(central - 0.03);
    assertThat(logistic[1]).isGreaterThan(central - 0.02);
    assertThat(logistic[2]).isGreaterThan(central - 0.015);
  }

  @Test
  void stagesOfHeartDisease() {
    Heart heart = Heart.load();
    Task task =
        new Task(
            "heart, stage (5)",
            heart.features(List.of()),
            heart.stages(),
            heart.train(),
            heart.test(),
            20);
    double central = central(task).accuracy();
    double[] logistic =
        accuracies(task, rho -> new SoftmaxHessian(task.read(rho), task.label, rho, ROUNDS));
    accuracies(task, rho -> new ClassBayes(task.features, task.label, rho));
    assertThat(logistic[2]).isGreaterThan(central - 0.06);
  }

  /**
   * Four clouds of deviation 1 about the corners of a square of side 3, noise in a third number.
   */
  @Test
  void blobs() {
    List<Double> edges = List.of(-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0);
    Domain number = new Domain.Numbers(-6, 6, false, edges);
    Schema schema =
        new Schema(
            List.of(
                new Column("x", number),
                new Column("y", number),
                new Column("z", number),
                new Column("cloud", new Domain.Categories(List.of("a", "b", "c", "d")))));
    Random random = new Random(1);
    Task task =
        new Task(
            "blobs (4)",
            new FeatureSpace(schema, List.of("x", "y", "z")),
            new Label(schema, "cloud", Set.of()),
            List.of(blobs(schema, random, 1000), blobs(schema, random, 3000)),
            List.of(blobs(schema, random, 4000)),
            20);
    double central = central(task).accuracy();
    double[] logistic =
        accuracies(task, rho -> new SoftmaxHessian(task.read(rho), task.label, rho, ROUNDS));
    accuracies(task, rho -> new ClassBayes(task.features, task.label, rho));
    assertThat(logistic[1]).isGreaterThan(central - 0.02);
    assertThat(logistic[2]).isGreaterThan(central - 0.01);
  }

  private static RecordBatch blobs(Schema schema, Random random, int rows) {
    List<List<String>> all = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      int cloud = random.nextInt(4);
      all.add(
          List.of(
              near(random, cloud % 2 == 0 ? -1.5 : 1.5),
              near(random, cloud < 2 ? -1.5 : 1.5),
              near(random, 0),
              List.of("a", "b", "c", "d").get(cloud)));
    }
    return Batches.of(schema, random.nextInt(1 << 30), all);
  }

  private static String near(Random random, double middle) {
    return Double.toString(Math.max(-6, Math.min(6, middle + random.nextGaussian())));
  }

  private static Scores central(Task task) {
    Scores central =
        Scores.of(CentralSoftmax.fit(task.features, task.label, task.train, 1e-5), task.test);
    print(task, "central, without noise", central);
    return central;
  }

  /** Of each ε the mean over the seeds. */
  private static double[] accuracies(Task task, Function<Rho, Trainer<SoftmaxModel>> training) {
    Trainer<SoftmaxModel> quiet = training.apply(Rho.roundedUp(900));
    String kind = quiet.getClass().getSimpleName();
    print(
        task,
        kind + ", without noise",
        Scores.of(PaperFederation.exact().run(quiet, task.train), task.test));
    double[] accuracies = new double[RHO.length];
    for (int e = 0; e < RHO.length; e++) {
      Trainer<SoftmaxModel> fit = training.apply(Rho.roundedDown(RHO[e]));
      List<Scores> all =
          LongStream.rangeClosed(1, task.seeds)
              .mapToObj(seed -> PaperFederation.noisy(HONEST, seed).run(fit, task.train))
              .map(model -> Scores.of(model, task.test))
              .toList();
      accuracies[e] = all.stream().mapToDouble(Scores::accuracy).average().orElseThrow();
      double auc = all.stream().mapToDouble(Scores::auc).average().orElseThrow();
      print(task, kind + ", ε = " + EPSILON[e], new Scores(accuracies[e], auc));
    }
    return accuracies;
  }

  private static void print(Task task, String what, Scores scores) {
    System.out.printf(
        Locale.ROOT,
        "%s, %s: accuracy %.4f, mean AUC %.4f%n",
        task.name,
        what,
        scores.accuracy(),
        scores.auc());
  }
}
