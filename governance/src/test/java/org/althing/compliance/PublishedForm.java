package org.althing.compliance;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a published schema asks of a value, stated as facts; its own text stays with it. */
public interface PublishedForm {
  /** What is wrong with a value, each fault behind its path. */
  List<String> faults(String path, JsonNode value);

  Pattern UUID_TEXT = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  PublishedForm TEXT = (path, value) -> unless(path, value.isTextual(), "is text");
  PublishedForm NUMBER = (path, value) -> unless(path, value.isNumber(), "is a number");
  PublishedForm WHOLE =
      (path, value) -> unless(path, value.isIntegralNumber(), "is a whole number");
  PublishedForm FLAG = (path, value) -> unless(path, value.isBoolean(), "is true or false");
  PublishedForm ANY = (path, value) -> List.of();
  PublishedForm OBJECT = (path, value) -> unless(path, value.isObject(), "is an object");
  PublishedForm URI_TEXT =
      (path, value) -> unless(path, parses(value, PublishedForm::isAbsolute), "is a URI");
  PublishedForm UUID_FORM =
      (path, value) ->
          unless(path, parses(value, t -> UUID_TEXT.matcher(t).matches()), "is a UUID");
  PublishedForm TIME =
      (path, value) ->
          unless(
              path,
              parses(value, t -> OffsetDateTime.parse(t).getYear() > 2000),
              "is an RFC 3339 time");
  PublishedForm DATE =
      (path, value) ->
          unless(path, parses(value, t -> LocalDate.parse(t).getYear() > 2000), "is a day");

  private static boolean isAbsolute(String text) {
    try {
      return new URI(text).isAbsolute();
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean parses(JsonNode value, java.util.function.Predicate<String> holds) {
    try {
      return value.isTextual() && holds.test(value.textValue());
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static List<String> unless(String path, boolean holds, String demand) {
    return holds ? List.of() : List.of(path + " " + demand);
  }

  static PublishedForm oneOf(String... words) {
    return (path, value) ->
        unless(
            path,
            value.isTextual() && List.of(words).contains(value.textValue()),
            "is one of " + List.of(words));
  }

  static PublishedForm matching(Pattern form) {
    return (path, value) ->
        unless(
            path,
            value.isTextual() && form.matcher(value.textValue()).matches(),
            "is text of the form " + form);
  }

  /** Exactly one of them. */
  static PublishedForm exactlyOne(PublishedForm... forms) {
    return (path, value) ->
        unless(
            path,
            Stream.of(forms).filter(form -> form.faults(path, value).isEmpty()).count() == 1,
            "has exactly one of " + forms.length + " forms");
  }

  static PublishedForm listOf(PublishedForm each) {
    return (path, value) -> {
      List<String> faults = new ArrayList<>(unless(path, value.isArray(), "is a list"));
      int i = 0;
      for (JsonNode item : value) {
        faults.addAll(each.faults(path + "/" + i++, item));
      }
      return faults;
    };
  }

  /** At least one. */
  static PublishedForm someOf(PublishedForm each) {
    return (path, value) -> {
      List<String> faults = new ArrayList<>(listOf(each).faults(path, value));
      faults.addAll(unless(path, !value.isEmpty(), "has an item"));
      return faults;
    };
  }

  static Fields fields() {
    return new Fields();
  }

  /** An object of these fields and no others. */
  final class Fields implements PublishedForm {
    private final Map<String, PublishedForm> known = new LinkedHashMap<>();
    private final List<String> required = new ArrayList<>();

    public Fields must(String name, PublishedForm form) {
      required.add(name);
      return may(name, form);
    }

    public Fields may(String name, PublishedForm form) {
      known.put(name, form);
      return this;
    }

    @Override
    public List<String> faults(String path, JsonNode value) {
      List<String> faults = new ArrayList<>(OBJECT.faults(path, value));
      for (String name : required) {
        faults.addAll(unless(path, value.has(name), "has " + name));
      }
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        String at = path + "/" + field.getKey();
        PublishedForm form = known.get(field.getKey());
        faults.addAll(
            form == null ? List.of(at + " is no field") : form.faults(at, field.getValue()));
      }
      return faults;
    }
  }
}
