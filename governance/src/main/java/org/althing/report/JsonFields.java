package org.althing.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.althing.encoding.MalformedEncoding;

/**
 * The fields of one JSON object, each asked for once; {@link #end} refuses those nobody asked for.
 */
final class JsonFields {
  private final JsonNode object;
  private final String what;
  private final Set<String> asked = new HashSet<>();

  JsonFields(JsonNode object, String what) throws MalformedEncoding {
    if (!object.isObject()) {
      throw new MalformedEncoding("expected an object for a " + what);
    }
    this.object = object;
    this.what = what;
  }

  boolean has(String name) {
    return object.has(name);
  }

  JsonNode node(String name) throws MalformedEncoding {
    asked.add(name);
    JsonNode node = object.get(name);
    if (node == null) {
      throw new MalformedEncoding("a %s lacks its field '%s'".formatted(what, name));
    }
    return node;
  }

  String text(String name) throws MalformedEncoding {
    return text(node(name), name);
  }

  double number(String name) throws MalformedEncoding {
    return number(node(name), name);
  }

  int whole(String name) throws MalformedEncoding {
    JsonNode node = node(name);
    if (!node.isInt()) {
      throw wrong(name, "a whole number");
    }
    return node.intValue();
  }

  boolean flag(String name) throws MalformedEncoding {
    JsonNode node = node(name);
    if (!node.isBoolean()) {
      throw wrong(name, "true or false");
    }
    return node.booleanValue();
  }

  List<JsonNode> list(String name) throws MalformedEncoding {
    JsonNode node = node(name);
    if (!node.isArray()) {
      throw wrong(name, "a list");
    }
    List<JsonNode> items = new ArrayList<>();
    node.forEach(items::add);
    return items;
  }

  List<String> texts(String name) throws MalformedEncoding {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : list(name)) {
      texts.add(text(item, name));
    }
    return texts;
  }

  List<Double> numbers(String name) throws MalformedEncoding {
    List<Double> numbers = new ArrayList<>();
    for (JsonNode item : list(name)) {
      numbers.add(number(item, name));
    }
    return numbers;
  }

  void end() throws MalformedEncoding {
    var names = object.fieldNames();
    while (names.hasNext()) {
      String name = names.next();
      if (!asked.contains(name)) {
        throw new MalformedEncoding("a %s has no field '%s'".formatted(what, name));
      }
    }
  }

  private String text(JsonNode node, String name) throws MalformedEncoding {
    // An escape can spell half of a character, which no file can say again.
    if (!node.isTextual() || !StandardCharsets.UTF_8.newEncoder().canEncode(node.textValue())) {
      throw wrong(name, "text");
    }
    return node.textValue();
  }

  private double number(JsonNode node, String name) throws MalformedEncoding {
    if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
      throw wrong(name, "a finite number");
    }
    // A negative number too small for a double is -0, which is written as 0: one value, one text.
    return node.doubleValue() + 0.0;
  }

  private MalformedEncoding wrong(String name, String expected) {
    return new MalformedEncoding("field '%s' of a %s: expected %s".formatted(name, what, expected));
  }
}
