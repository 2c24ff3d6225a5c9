package org.althing.coordinator.console;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The served description is that of the program's resources: neither has what the other has not.
 */
class OpenApiTest {
  private static final Map<String, Object> DOCUMENT =
      map(
          new Load(LoadSettings.builder().build())
              .loadFromString(
                  new String(new OpenApiResource().document(), StandardCharsets.UTF_8)));

  /** A method of a resource, by its path and HTTP method. */
  private record Operation(Class<?> resource, Method method) {}

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object node) {
    return (Map<String, Object>) node;
  }

  /** Every class of the package that has a path, but for the log's, which has a standard. */
  private static List<Class<?>> resources() throws IOException, ClassNotFoundException {
    java.nio.file.Path classes =
        java.nio.file.Path.of(
            OpenApiResource.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    List<Class<?>> resources = new ArrayList<>();
    try (Stream<java.nio.file.Path> files = Files.walk(classes)) {
      for (java.nio.file.Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        String name = classes.relativize(file).toString().replace(".class", "").replace('/', '.');
        Class<?> each = Class.forName(name, false, OpenApiResource.class.getClassLoader());
        if (each.isAnnotationPresent(Path.class) && each != LogResource.class) {
          resources.add(each);
        }
      }
    }
    return resources;
  }

  private static Map<String, Operation> operations() throws IOException, ClassNotFoundException {
    Map<String, Operation> operations = new TreeMap<>();
    for (Class<?> resource : resources()) {
      for (Method method : resource.getDeclaredMethods()) {
        for (Annotation annotation : method.getAnnotations()) {
          HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
          if (http != null) {
            String path = resource.getAnnotation(Path.class).value();
            Path own = method.getAnnotation(Path.class);
            String whole = own == null ? path : path + "/" + own.value().replaceFirst("^/", "");
            operations.put(
                http.value().toLowerCase(Locale.ROOT) + " " + whole,
                new Operation(resource, method));
          }
        }
      }
    }
    return operations;
  }

  private static Map<String, Map<String, Object>> described() {
    Map<String, Map<String, Object>> described = new TreeMap<>();
    map(DOCUMENT.get("paths"))
        .forEach(
            (path, item) ->
                map(item)
                    .forEach(
                        (verb, operation) -> {
                          if (!verb.equals("parameters")) {
                            described.put(verb + " " + path, map(operation));
                          }
                        }));
    return described;
  }

  @Test
  void everyPathAndMethodOfTheProgramIsDescribedAndNoOther() throws Exception {
    assertThat(operations()).hasSizeGreaterThan(10);
    assertThat(described().keySet()).isEqualTo(operations().keySet());
  }

  @Test
  void whatIsAnsweredAndTakenIsOfTheDescribedKind() throws Exception {
    Map<String, Map<String, Object>> described = described();
    operations()
        .forEach(
            (name, operation) -> {
              Map<String, Object> responses = map(described.get(name).get("responses"));
              Map<String, Object> good =
                  responses.entrySet().stream()
                      .filter(response -> response.getKey().startsWith("2"))
                      .map(response -> map(response.getValue()))
                      .findFirst()
                      .orElseThrow();
              if (good.containsKey("content")) {
                assertThat(map(good.get("content")).keySet())
                    .as(name)
                    .containsExactly(produces(operation));
              }
              Consumes consumes = operation.method().getAnnotation(Consumes.class);
              assertThat(described.get(name).containsKey("requestBody"))
                  .as(name)
                  .isEqualTo(consumes != null);
              assertThat(responses.keySet()).as(name).contains("403", "429");
            });
  }

  private static String produces(Operation operation) {
    Produces own = operation.method().getAnnotation(Produces.class);
    Produces produces = own != null ? own : operation.resource().getAnnotation(Produces.class);
    return produces.value()[0].replaceFirst(";.*", "");
  }

  @Test
  void parametersOfPathAndQueryAreDescribed() throws Exception {
    Map<String, Set<String>> parameters = new HashMap<>();
    map(DOCUMENT.get("paths"))
        .forEach(
            (path, item) -> {
              Set<String> names = new TreeSet<>();
              Object listed = map(item).getOrDefault("parameters", List.of());
              for (Object each : (List<?>) listed) {
                Map<String, Object> one = map(each);
                names.add(
                    one.containsKey("$ref")
                        ? String.valueOf(resolved((String) one.get("$ref")).get("name"))
                        : String.valueOf(one.get("name")));
              }
              parameters.put(path, names);
            });
    Map<String, Set<String>> asked = new HashMap<>();
    operations()
        .forEach(
            (name, operation) ->
                asked
                    .computeIfAbsent(name.substring(name.indexOf(' ') + 1), p -> new TreeSet<>())
                    .addAll(parameters(operation.method())));
    assertThat(parameters).isEqualTo(asked);
  }

  private static Set<String> parameters(Method method) {
    return Arrays.stream(method.getParameters())
        .map(OpenApiTest::nameOf)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toSet());
  }

  private static String nameOf(Parameter parameter) {
    PathParam path = parameter.getAnnotation(PathParam.class);
    QueryParam query = parameter.getAnnotation(QueryParam.class);
    return path != null ? path.value() : query != null ? query.value() : "";
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    assertThat(references(DOCUMENT)).isNotEmpty().allSatisfy(ref -> resolved(ref));
  }

  private static List<String> references(Object node) {
    List<String> found = new ArrayList<>();
    if (node instanceof Map<?, ?> fields) {
      fields.forEach(
          (name, value) -> {
            if (name.equals("$ref")) {
              found.add((String) value);
            }
            found.addAll(references(value));
          });
    } else if (node instanceof List<?> all) {
      all.forEach(each -> found.addAll(references(each)));
    }
    return found;
  }

  private static Map<String, Object> resolved(String ref) {
    Map<String, Object> node = DOCUMENT;
    for (String part : ref.substring("#/".length()).split("/")) {
      assertThat(node).as(ref).containsKey(part);
      node = map(node.get(part));
    }
    return node;
  }
}
