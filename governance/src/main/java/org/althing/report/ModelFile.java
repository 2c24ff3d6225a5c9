package org.althing.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.althing.contract.Contract;
import org.althing.contract.ContractColumn;
import org.althing.contract.Repair;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.model.features.Classifier;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Interaction;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.model.features.SoftmaxModel;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.Language;
import org.althing.table.Schema;

/**
 * {@code model.json}: a fitted model with all that scoring a row needs, under schema {@value
 * #SCHEMA}. Weights are decimals that read back as the same bits.
 *
 * @param method the word for the analysis that fitted it
 * @param plan digest of the study's plan, which names the study in the log
 * @param contract digest of the contract's text
 * @param columns the contract's columns that the model's schema has, in its order
 */
public record ModelFile(
    String study,
    String title,
    String method,
    Digest plan,
    Digest contract,
    List<ContractColumn> columns,
    Classifier model) {
  public static final String SCHEMA = "althing/model/v1";
  public static final String NAME = "model.json";

  private static final List<JsonNode> NONE = List.of();

  public ModelFile {
    columns = List.copyOf(columns);
    List<Column> described = columns.stream().map(ContractColumn::column).toList();
    if (!described.equals(model.features().schema().columns())) {
      throw new IllegalArgumentException("the columns described are not those of the model");
    }
  }

  /** The model file of a study; empty where it fitted none. */
  public static Optional<ModelFile> of(Findings findings) {
    return findings
        .outcome()
        .model()
        .map(
            model ->
                new ModelFile(
                    findings.study().id(),
                    findings.study().title(),
                    findings.answered().word(),
                    findings.plan().digest(),
                    findings.contract().digest(),
                    described(findings, model),
                    model));
  }

  private static List<ContractColumn> described(Findings findings, Classifier model) {
    Contract cleaned = findings.cleanedContract();
    return model.features().schema().columns().stream()
        .map(c -> cleaned.column(c.name()).orElseThrow())
        .toList();
  }

  public byte[] toBytes() {
    ObjectNode root = Json.object();
    root.put("schema", SCHEMA);
    root.put("study", study).put("title", title).put("method", method);
    root.put("plan", plan.hex()).put("contract", contract.hex());
    ArrayNode columnNodes = root.putArray("columns");
    columns.forEach(column -> write(columnNodes.addObject(), column));
    ArrayNode features = root.putArray("features");
    model.features().columns().forEach(features::add);
    if (model.features().buckets() > 0) {
      root.put("buckets", model.features().buckets());
    }
    some(root, "squared", model.features().squared());
    some(root, "values", model.features().values());
    if (!model.features().interactions().isEmpty()) {
      ArrayNode interactions = root.putArray("interactions");
      for (Interaction each : model.features().interactions()) {
        interactions.addObject().put("first", each.first()).put("second", each.second());
      }
    }
    ObjectNode label = root.putObject("label");
    label.put("column", model.label().column());
    if (model.label().isBinary()) {
      texts(label.putArray("positive"), model.label().positive());
    } else {
      texts(label.putArray("classes"), model.label().classNames());
    }
    ArrayNode weights = root.putArray("weights");
    List<String> names = model.features().coordinateNames();
    List<double[]> values = model.weightsByScore();
    for (int i = 0; i < names.size(); i++) {
      ObjectNode weight = weights.addObject().put("of", names.get(i));
      if (model.label().isBinary()) {
        weight.set("weight", Json.number(values.get(0)[i]));
      } else {
        ArrayNode byClass = weight.putArray("weights");
        for (double[] each : values) {
          byClass.add(Json.number(each[i]));
        }
      }
    }
    return Json.write(root);
  }

  private static void some(ObjectNode root, String key, List<String> columns) {
    if (!columns.isEmpty()) {
      texts(root.putArray(key), columns);
    }
  }

  private static List<String> some(JsonFields root, String key) throws MalformedEncoding {
    return root.has(key) ? root.texts(key) : List.of();
  }

  private static void texts(ArrayNode node, Collection<String> texts) {
    texts.forEach(node::add);
  }

  private static void write(ObjectNode node, ContractColumn described) {
    Column column = described.column();
    node.put("name", column.name()).put("description", described.description());
    node.put("unit", described.unitOfMeasure().orElse(""));
    node.put("required", described.required());
    ArrayNode codes = node.putArray("missing_codes");
    described.missingCodes().forEach(codes::add);
    write(node, described.repair());
    if (column.domain() instanceof Domain.Categories categories) {
      ArrayNode values = node.putArray("categories");
      categories.values().forEach(values::add);
      return;
    }
    if (column.domain() instanceof Domain.Words words) {
      node.put("language", words.language().code());
      ArrayNode vocabulary = node.putArray("vocabulary");
      words.vocabulary().forEach(vocabulary::add);
      if (!words.documents().isEmpty()) {
        ArrayNode documents = node.putArray("documents");
        words.documents().forEach(documents::add);
      }
      return;
    }
    if (column.domain() instanceof Domain.Dates dates) {
      node.put("date_format", dates.format());
      write(node, dates.days());
      return;
    }
    write(node, (Domain.Numbers) column.domain());
  }

  private static void write(ObjectNode node, Repair repair) {
    if (repair.clips()) {
      node.put("clips", true);
    }
    repair.fill().ifPresent(value -> node.put("fill", value));
    if (repair.fillsFaulty()) {
      node.put("fills_faulty", true);
    }
  }

  private static Repair repair(JsonFields fields) throws MalformedEncoding {
    return new Repair(
        fields.has("clips") && fields.flag("clips"),
        fields.has("fill") ? Optional.of(fields.text("fill")) : Optional.empty(),
        fields.has("fills_faulty") && fields.flag("fills_faulty"));
  }

  private static void write(ObjectNode node, Domain.Numbers numbers) {
    node.set("minimum", Json.number(numbers.minimum()));
    node.set("maximum", Json.number(numbers.maximum()));
    node.put("whole", numbers.whole());
    ArrayNode edges = node.putArray("edges");
    numbers.edges().forEach(edge -> edges.add(Json.number(edge)));
  }

  /** Reads a model file; an unknown, missing or contradicting field is malformed. */
  public static ModelFile ofBytes(byte[] bytes) throws MalformedEncoding {
    try {
      return read(new JsonFields(Json.read(bytes), "model"));
    } catch (IllegalArgumentException e) {
      throw new MalformedEncoding("the model contradicts itself: " + e.getMessage());
    }
  }

  private static ModelFile read(JsonFields root) throws MalformedEncoding {
    String schema = root.text("schema");
    if (!schema.equals(SCHEMA)) {
      throw new MalformedEncoding("expected schema " + SCHEMA + ", got " + schema);
    }
    String study = root.text("study");
    String title = root.text("title");
    String method = root.text("method");
    Digest plan = Digest.ofHex(root.text("plan"));
    Digest contract = Digest.ofHex(root.text("contract"));
    List<ContractColumn> columns = new ArrayList<>();
    for (JsonNode column : root.list("columns")) {
      columns.add(column(new JsonFields(column, "column")));
    }
    Schema table = new Schema(columns.stream().map(ContractColumn::column).toList());
    List<String> chosen = root.texts("features");
    int buckets = root.has("buckets") ? root.whole("buckets") : 0;
    List<String> squared = some(root, "squared");
    List<String> values = some(root, "values");
    FeatureSpace features =
        new FeatureSpace(table, chosen, buckets, squared, interactions(root), values);
    JsonFields labelFields = new JsonFields(root.node("label"), "label");
    Label label = label(labelFields, table);
    labelFields.end();
    double[][] weights = weights(root, features, label);
    Classifier model =
        label.isBinary()
            ? new LinearModel(features, label, weights[0])
            : new SoftmaxModel(features, label, weights);
    root.end();
    return new ModelFile(study, title, method, plan, contract, columns, model);
  }

  private static List<Interaction> interactions(JsonFields root) throws MalformedEncoding {
    List<Interaction> interactions = new ArrayList<>();
    for (JsonNode node : root.has("interactions") ? root.list("interactions") : NONE) {
      JsonFields fields = new JsonFields(node, "interaction");
      interactions.add(new Interaction(fields.text("first"), fields.text("second")));
      fields.end();
    }
    return interactions;
  }

  private static Label label(JsonFields fields, Schema table) throws MalformedEncoding {
    String column = fields.text("column");
    if (!fields.has("classes")) {
      List<String> positive = fields.texts("positive");
      if (positive.isEmpty()) {
        throw new MalformedEncoding("a label has positive values or classes");
      }
      return new Label(table, column, Set.copyOf(positive));
    }
    Label label = new Label(table, column, Set.of());
    if (!fields.texts("classes").equals(label.classNames())) {
      throw new MalformedEncoding("the classes are not the values of column " + column);
    }
    return label;
  }

  private static double[][] weights(JsonFields root, FeatureSpace features, Label label)
      throws MalformedEncoding {
    List<JsonNode> nodes = root.list("weights");
    List<String> names = features.coordinateNames();
    if (nodes.size() != names.size()) {
      throw new MalformedEncoding(
          "expected %d weights, got %d".formatted(names.size(), nodes.size()));
    }
    double[][] weights = new double[label.isBinary() ? 1 : label.classes()][names.size()];
    for (int i = 0; i < names.size(); i++) {
      JsonFields fields = new JsonFields(nodes.get(i), "weight");
      if (!fields.text("of").equals(names.get(i))) {
        throw new MalformedEncoding("weight %d is not of %s".formatted(i, names.get(i)));
      }
      List<Double> all =
          label.isBinary() ? List.of(fields.number("weight")) : fields.numbers("weights");
      fields.end();
      if (all.size() != weights.length) {
        throw new MalformedEncoding(
            "weight %d: expected %d classes, got %d".formatted(i, weights.length, all.size()));
      }
      for (int k = 0; k < weights.length; k++) {
        weights[k][i] = all.get(k);
      }
    }
    return weights;
  }

  private static ContractColumn column(JsonFields fields) throws MalformedEncoding {
    String name = fields.text("name");
    String description = fields.text("description");
    String unit = fields.text("unit");
    boolean required = fields.flag("required");
    List<String> codes = fields.texts("missing_codes");
    Repair repair = repair(fields);
    Domain domain = domain(fields);
    fields.end();
    return new ContractColumn(
        new Column(name, domain),
        description,
        required,
        ContractColumn.Use.FEDERATED,
        codes,
        unit.isEmpty() ? Optional.empty() : Optional.of(unit),
        repair);
  }

  private static Domain domain(JsonFields fields) throws MalformedEncoding {
    if (fields.has("language")) {
      return words(fields);
    }
    if (fields.has("date_format")) {
      String format = fields.text("date_format");
      return new Domain.Dates(numbers(fields), format);
    }
    return fields.has("categories") ? categories(fields) : numbers(fields);
  }

  private static Domain words(JsonFields fields) throws MalformedEncoding {
    String code = fields.text("language");
    Language language =
        Language.of(code)
            .orElseThrow(() -> new MalformedEncoding("no language has the code " + code));
    List<Integer> documents = new ArrayList<>();
    if (fields.has("documents")) {
      for (double n : fields.numbers("documents")) {
        if (n != Math.rint(n)) {
          throw new MalformedEncoding("documents are counted in whole numbers");
        }
        documents.add((int) n);
      }
    }
    return new Domain.Words(language, fields.texts("vocabulary"), documents);
  }

  private static Domain categories(JsonFields fields) throws MalformedEncoding {
    return new Domain.Categories(fields.texts("categories"));
  }

  private static Domain.Numbers numbers(JsonFields fields) throws MalformedEncoding {
    return new Domain.Numbers(
        fields.number("minimum"),
        fields.number("maximum"),
        fields.flag("whole"),
        fields.numbers("edges"));
  }
}
