package org.althing.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.althing.contract.ContractColumn;
import org.althing.contract.Repair;
import org.althing.encoding.Digest;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Interaction;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.model.features.SoftmaxModel;
import org.althing.report.ModelFile;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.Language;
import org.althing.table.Schema;

/** Test fixture: models with every kind of column and random weights, and rows with every fault. */
public final class RandomModels {
  private static final List<ContractColumn> COLUMNS =
      List.of(
          column("sex", new Domain.Categories(List.of("female", "male")), "X"),
          column("stage", new Domain.Categories(List.of("0", "1", "2", "\u4e8c \"<&'")), "2"),
          column("age", new Domain.Numbers(0, 120, true, List.of(40.0, 50.0, 60.0)), "99"),
          column("chol", new Domain.Numbers(50, 700, false, List.of(50.0, 200.7, 240.0)), "-9"),
          column("dose", new Domain.Numbers(-0.3, 0.7, false, List.of()), "0.1"),
          column("visits", new Domain.Numbers(0, 30, true, List.of()), "-1", "7"),
          column("probability", new Domain.Numbers(0, 1, false, List.of(0.1, 0.7)), "none"),
          column("ill", new Domain.Categories(List.of("no", "yes", "very")), "?"));

  private static final List<ContractColumn> TEXTS =
      List.of(
          column("note", new Domain.Words(Language.ENGLISH, List.of())),
          column(
              "rare",
              new Domain.Words(
                  Language.ENGLISH, List.of("call", "free", "later"), List.of(9000, 40, 3))));

  private RandomModels() {}

  private static ContractColumn column(String name, Domain domain, String... missing) {
    return new ContractColumn(
        new Column(name, domain),
        name,
        false,
        ContractColumn.Use.FEDERATED,
        List.of(missing),
        Optional.empty());
  }

  /** Over every column but the label. */
  public static ModelFile of(Random random) {
    List<String> features =
        COLUMNS.stream().map(c -> c.column().name()).filter(n -> !n.equals("ill")).toList();
    return of(random, COLUMNS, features, List.of());
  }

  /** As the other, with some numbers with their squares and some by their values, binned or not. */
  public static ModelFile ofSquares(Random random) {
    List<String> features =
        COLUMNS.stream().map(c -> c.column().name()).filter(n -> !n.equals("ill")).toList();
    return of(random, COLUMNS, features, List.of("age", "dose"));
  }

  /** Columns that stand alone too, columns read only together, and numbers by their bins. */
  public static ModelFile ofInteractions(Random random) {
    return of(random, COLUMNS, interacting());
  }

  /** As the other, of three classes. */
  public static ModelFile ofClassesOfInteractions(Random random) {
    return ofClasses(random, COLUMNS, interacting());
  }

  private static FeatureSpace interacting() {
    return new FeatureSpace(
        schemaOf(COLUMNS),
        List.of("sex", "age", "dose"),
        0,
        List.of(),
        List.of(
            new Interaction("sex", "stage"),
            new Interaction("probability", "age"),
            new Interaction("stage", "chol")));
  }

  private static Schema schemaOf(List<ContractColumn> columns) {
    return new Schema(columns.stream().map(ContractColumn::column).toList());
  }

  /** A model of three classes, some numbers with their squares and some by their values. */
  public static ModelFile ofClasses(Random random) {
    List<String> features =
        COLUMNS.stream().map(c -> c.column().name()).filter(n -> !n.equals("ill")).toList();
    return ofClasses(random, COLUMNS, features, List.of("age", "dose"));
  }

  /** A model of three classes that reads free text too. */
  public static ModelFile ofClassesOfTexts(Random random) {
    List<ContractColumn> columns = new ArrayList<>(COLUMNS);
    columns.addAll(TEXTS);
    return ofClasses(random, columns, List.of("sex", "note", "rare", "age"), List.of());
  }

  private static ModelFile ofClasses(
      Random random, List<ContractColumn> columns, List<String> features, List<String> squared) {
    Schema schema = schemaOf(columns);
    return ofClasses(random, columns, space(schema, features, squared));
  }

  private static ModelFile ofClasses(
      Random random, List<ContractColumn> columns, FeatureSpace space) {
    Schema schema = space.schema();
    double[][] weights = new double[3][];
    Arrays.setAll(weights, k -> random.doubles(space.size(), -1, 1).toArray());
    SoftmaxModel model = new SoftmaxModel(space, new Label(schema, "ill", Set.of()), weights);
    Digest digest = Digest.of(new byte[] {1});
    return new ModelFile("study-1", "A <title>", "logistic", digest, digest, columns, model);
  }

  /** A model that reads free text too. */
  public static ModelFile ofTexts(Random random) {
    List<ContractColumn> columns = new ArrayList<>(COLUMNS);
    columns.addAll(TEXTS);
    return of(random, columns, List.of("sex", "note", "rare", "age"), List.of());
  }

  /** A model of a study that clipped and filled some of its columns. */
  public static ModelFile ofRepaired(Random random) {
    List<ContractColumn> columns =
        COLUMNS.stream()
            .map(
                c ->
                    switch (c.column().name()) {
                      case "sex" -> repaired(c, Repair.NONE.filling("male", false));
                      case "age" -> repaired(c, Repair.NONE.clipping().filling("50", false));
                      case "chol" -> repaired(c, Repair.NONE.filling("240", true));
                      case "dose" -> repaired(c, Repair.NONE.clipping());
                      default -> c;
                    })
            .toList();
    return of(random, columns, List.of("sex", "age", "chol", "dose", "visits"), List.of());
  }

  private static ContractColumn repaired(ContractColumn column, Repair repair) {
    return column.with(column.column().domain(), repair);
  }

  private static ModelFile of(
      Random random, List<ContractColumn> columns, List<String> features, List<String> squared) {
    Schema schema = schemaOf(columns);
    return of(random, columns, space(schema, features, squared));
  }

  private static FeatureSpace space(Schema schema, List<String> features, List<String> squared) {
    return new FeatureSpace(schema, features, FeatureSpace.DEFAULT_BUCKETS, squared)
        .withValues(squared.isEmpty() ? List.of() : List.of("chol", "visits"));
  }

  private static ModelFile of(Random random, List<ContractColumn> columns, FeatureSpace space) {
    Schema schema = space.schema();
    double[] weights = random.doubles(space.size(), -3, 3).toArray();
    LinearModel model =
        new LinearModel(space, new Label(schema, "ill", Set.of("yes", "very")), weights);
    Digest digest = Digest.of(new byte[] {1});
    return new ModelFile("study-1", "A <title>", "logistic", digest, digest, columns, model);
  }

  /** A field's text: mostly a value, sometimes what is none. */
  public static String text(Random random, ContractColumn column) {
    int kind = random.nextInt(12);
    Domain domain = column.column().domain();
    if (kind == 0) {
      return "";
    }
    if (kind == 1 && !column.missingCodes().isEmpty()) {
      return column.missingCodes().get(random.nextInt(column.missingCodes().size()));
    }
    if (domain instanceof Domain.Categories categories) {
      return kind == 2
          ? "never declared"
          : categories.values().get(random.nextInt(categories.cells()));
    }
    if (domain instanceof Domain.Words) {
      List<String> words = List.of("call", "now", "free", "me", "later", "\u00e9t\u00e9");
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(6); i >= 0; i--) {
        text.append(words.get(random.nextInt(words.size()))).append(' ');
      }
      return kind == 2 ? "!!" : text.toString();
    }
    return number(random, (Domain.Numbers) domain, kind);
  }

  private static String number(Random random, Domain.Numbers range, int kind) {
    if (kind == 2) {
      return Double.toString(range.maximum() + 1 + random.nextInt(9));
    }
    if (kind == 3) {
      return Double.toString(range.minimum() - 0.5 * random.nextInt(9));
    }
    if (kind == 4 && !range.edges().isEmpty()) {
      return Double.toString(range.edges().get(random.nextInt(range.edges().size())));
    }
    double width = range.maximum() - range.minimum();
    double value = range.minimum() + random.nextDouble() * width;
    return range.whole() && kind > 5 ? Long.toString((long) value) : Double.toString(value);
  }
}
