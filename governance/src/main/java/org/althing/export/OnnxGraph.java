package org.althing.export;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A graph of ONNX operators under construction. Field numbers, types and operators are those of
 * onnx/onnx, {@code onnx.proto}, IR version 8, operator sets ai.onnx 17 and ai.onnx.ml 3.
 */
final class OnnxGraph {
  private static final int IR_VERSION = 8;
  private static final int OPERATORS = 17;
  private static final int ML_OPERATORS = 3;
  private static final String ML_DOMAIN = "ai.onnx.ml";

  /** The axis of a tensor's columns. */
  private static final int COLUMNS = 1;

  /** TensorProto.DataType. */
  enum Type {
    INT64(7),
    STRING(8),
    DOUBLE(11);

    private final int code;

    Type(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  private final ProtoBytes graph = new ProtoBytes();
  private final Set<String> taken = new HashSet<>();

  /** A name that no value has yet: {@code wanted}, or that and as many underscores as it takes. */
  String name(String wanted) {
    String name = wanted;
    while (!taken.add(name)) {
      name += "_";
    }
    return name;
  }

  /** A column of one value per record, by the column's own name. */
  void input(String name, Type type) {
    graph.message(11, value(name, type, 1));
  }

  void output(String name, Type type) {
    output(name, type, 1);
  }

  void output(String name, Type type, int columns) {
    graph.message(12, value(name, type, columns));
  }

  /** ValueInfoProto: name 1, type 2; of a tensor of N rows. */
  private static ProtoBytes value(String name, Type type, int columns) {
    ProtoBytes shape =
        new ProtoBytes()
            .message(1, new ProtoBytes().text(2, "records"))
            .message(1, new ProtoBytes().number(1, columns));
    ProtoBytes tensor = new ProtoBytes().number(1, type.code()).message(2, shape);
    return new ProtoBytes().text(1, name).message(2, new ProtoBytes().message(1, tensor));
  }

  /** A constant row of numbers, 1 × their count. */
  String row(double... values) {
    return constant(Type.DOUBLE, ProtoBytes.littleEndian(values), 1, values.length);
  }

  /** A constant list of numbers. */
  String list(double... values) {
    return constant(Type.DOUBLE, ProtoBytes.littleEndian(values), values.length);
  }

  String list(long... values) {
    return constant(Type.INT64, ProtoBytes.littleEndian(values), values.length);
  }

  String scalar(double value) {
    return constant(Type.DOUBLE, ProtoBytes.littleEndian(value));
  }

  /** TensorProto: dims 1, data_type 2, name 8, raw_data 9. */
  private String constant(Type type, byte[] littleEndian, long... dimensions) {
    String name = name("constant");
    ProtoBytes tensor = new ProtoBytes();
    for (long dimension : dimensions) {
      tensor.number(1, dimension);
    }
    graph.message(5, tensor.number(2, type.code()).text(8, name).bytes(9, littleEndian));
    return name;
  }

  /** One operator of the standard set, with one result. */
  String apply(String operator, String... inputs) {
    return node(name(operator.toLowerCase(java.util.Locale.ROOT)), operator, List.of(inputs));
  }

  /** As the other, with a result of a given name. */
  void applyTo(String result, String operator, String... inputs) {
    node(result, operator, List.of(inputs));
  }

  String cast(String input, Type to) {
    String result = name("cast");
    graph.message(1, node(result, "Cast", List.of(input), "").message(5, number("to", to.code())));
    return result;
  }

  /** Texts to their place in {@code keys}, any other text to their number. */
  String places(String input, List<String> keys) {
    String result = name("place");
    ProtoBytes texts = new ProtoBytes().text(1, "keys_strings");
    ProtoBytes places = new ProtoBytes().text(1, "values_int64s");
    for (int i = 0; i < keys.size(); i++) {
      texts.text(9, keys.get(i));
      places.number(8, i);
    }
    graph.message(
        1,
        node(result, "LabelEncoder", List.of(input), ML_DOMAIN)
            .message(5, texts.number(20, 8))
            .message(5, places.number(20, 7))
            .message(5, number("default_int64", keys.size())));
    return result;
  }

  /** Columns side by side. */
  void concatenate(String result, List<String> columns) {
    graph.message(1, node(result, "Concat", columns, "").message(5, number("axis", COLUMNS)));
  }

  /** An operator over the columns of each row. */
  void overColumns(String result, String operator, String input) {
    graph.message(
        1, node(result, operator, List.of(input), "").message(5, number("axis", COLUMNS)));
  }

  /** The place of the largest column of each row, the first of several. */
  String largestColumn(String input) {
    String result = name("largest");
    overColumns(result, "ArgMax", input);
    return result;
  }

  /** Places to their text in {@code texts}. */
  void textOf(String result, String places, List<String> texts) {
    ProtoBytes keys = new ProtoBytes().text(1, "keys_int64s");
    ProtoBytes values = new ProtoBytes().text(1, "values_strings");
    for (int i = 0; i < texts.size(); i++) {
      keys.number(8, i);
      values.text(9, texts.get(i));
    }
    graph.message(
        1,
        node(result, "LabelEncoder", List.of(places), ML_DOMAIN)
            .message(5, keys.number(20, 7))
            .message(5, values.number(20, 8)));
  }

  /** AttributeProto: name 1, i 3, ints 8, strings 9, type 20 (INT 2, INTS 7, STRINGS 8). */
  private static ProtoBytes number(String name, long value) {
    return new ProtoBytes().text(1, name).number(3, value).number(20, 2);
  }

  private String node(String result, String operator, List<String> inputs) {
    graph.message(1, node(result, operator, inputs, ""));
    return result;
  }

  /** NodeProto: input 1, output 2, name 3, op_type 4, attribute 5, domain 7. */
  private static ProtoBytes node(
      String result, String operator, List<String> inputs, String domain) {
    ProtoBytes node = new ProtoBytes();
    inputs.forEach(input -> node.text(1, input));
    node.text(2, result).text(3, "to " + result).text(4, operator);
    return domain.isEmpty() ? node : node.text(7, domain);
  }

  /**
   * ModelProto: ir_version 1, producer_name 2, doc_string 6, graph 7, opset_import 8,
   * metadata_props 14.
   */
  byte[] toModel(String name, String title, List<Property> properties) {
    graph.text(2, name);
    ProtoBytes model = new ProtoBytes().number(1, IR_VERSION).text(2, "Althing").text(6, title);
    model.message(7, graph);
    model.message(8, new ProtoBytes().text(1, "").number(2, OPERATORS));
    model.message(8, new ProtoBytes().text(1, ML_DOMAIN).number(2, ML_OPERATORS));
    properties.forEach(p -> model.message(14, new ProtoBytes().text(1, p.key()).text(2, p.text())));
    return model.toBytes();
  }
}
