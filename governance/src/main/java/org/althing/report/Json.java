package org.althing.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.althing.encoding.MalformedEncoding;
import org.jspecify.annotations.Nullable;

/** JSON of one form: fields in the order they were put, two spaces, line feeds, exact numbers. */
public final class Json {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Json() {}

  private static ObjectMapper mapper() {
    JsonFactory factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(20)
                    .maxNumberLength(64)
                    .maxStringLength(100_000)
                    .build())
            .build();
    return JsonMapper.builder(factory)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .nodeFactory(NODES)
        .build();
  }

  public static ObjectNode object() {
    return NODES.objectNode();
  }

  public static JsonNode number(double value) {
    return NODES.numberNode(Decimal.exact(value));
  }

  public static byte[] write(ObjectNode root) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
    try {
      String text = mapper().writer(printer).writeValueAsString(root);
      return (text + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree in memory can always be written", e);
    }
  }

  /** The same on one line, as files of one object to a line want it. */
  public static byte[] line(ObjectNode root) {
    return (root + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** A limit that is exceeded has no place. */
  private static String place(@Nullable JsonLocation location) {
    return location == null
        ? "a limit of depth, numbers or texts"
        : "at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  /** Reads one JSON object; a key given twice, a comment or bytes behind it are malformed. */
  public static JsonNode read(byte[] utf8) throws MalformedEncoding {
    try {
      JsonNode root = mapper().readTree(new String(utf8, StandardCharsets.UTF_8));
      if (root == null || !root.isObject()) {
        throw new MalformedEncoding("expected one JSON object");
      }
      return root;
    } catch (JsonProcessingException e) {
      throw new MalformedEncoding("expected JSON; it breaks " + place(e.getLocation()));
    } catch (NumberFormatException e) {
      // An exponent that no decimal has; Jackson lets it through as it is.
      throw new MalformedEncoding("expected JSON; it breaks " + place(null));
    }
  }
}
