package org.althing.deploy.demo;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/** The documents of one example, written where a person can read and change them. */
final class BundledDocuments {
  private static final List<String> STUDIES = List.of("quality", "naive-bayes", "logistic");

  private final String resources;
  private final List<String> hospitals;

  /**
   * @param resources folder on the class path, with slashes around it
   */
  BundledDocuments(String resources, List<String> hospitals) {
    this.resources = resources;
    this.hospitals = List.copyOf(hospitals);
  }

  /**
   * Writes federation, contract, bindings, policies and studies.
   *
   * @param dataFolder as the federation file shall name it, relative to {@code folder} or absolute
   * @return the study files in the order they are run
   */
  List<Path> writeTo(Path folder, String dataFolder) throws IOException {
    Files.createDirectories(folder);
    String quotable = dataFolder.replace("\\", "\\\\").replace("\"", "\\\"");
    String federation =
        text("federation.yaml")
            .replaceAll(
                "\\[data/([a-z]+\\.csv)\\]",
                Matcher.quoteReplacement("[\"" + quotable + "/") + "$1\"]");
    Files.writeString(folder.resolve("federation.yaml"), federation);
    for (String name : names()) {
      Path file = folder.resolve(name);
      Path parent = file.getParent();
      Files.createDirectories(parent == null ? folder : parent);
      Files.writeString(file, text(name));
    }
    return STUDIES.stream()
        .map(study -> folder.resolve("studies").resolve(study + ".yaml"))
        .toList();
  }

  private List<String> names() {
    List<String> names = new ArrayList<>(List.of("contract.yaml"));
    for (String hospital : hospitals) {
      names.add("bindings/" + hospital + ".yaml");
      names.add("policies/" + hospital + ".yaml");
    }
    for (String study : STUDIES) {
      names.add("studies/" + study + ".yaml");
    }
    return names;
  }

  private String text(String name) throws IOException {
    String resource = resources + name;
    try (InputStream in = BundledDocuments.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new FileNotFoundException("the distribution lacks its document " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
