package org.althing.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Compiled classes by module, and the tables beside this class. */
final class Sources {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  static final List<String> SHIPPED =
      List.of("governance", "proto", "client-node", "coordinator", "cli", "deploy");

  private Sources() {}

  /** Main classes of every shipped module, and of simulation where it is built. */
  static Map<String, JavaClasses> compiled() {
    Map<String, JavaClasses> modules = new LinkedHashMap<>();
    for (String module : SHIPPED) {
      modules.put(module, new ClassFileImporter().importPath(classesOf(module)));
    }
    if (Files.isDirectory(classesOf("simulation"))) {
      modules.put("simulation", new ClassFileImporter().importPath(classesOf("simulation")));
    }
    return modules;
  }

  private static Path classesOf(String module) {
    return ROOT.resolve(module).resolve("target").resolve("classes");
  }

  /** Every main source file of ours. */
  static List<Path> mainSources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT, 16)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> ROOT.relativize(file).toString().contains("src/main/java"))
          .toList();
    }
  }

  static List<String> table(String name) throws IOException {
    try (InputStream in = Sources.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no table " + name + " beside " + Sources.class.getName());
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
