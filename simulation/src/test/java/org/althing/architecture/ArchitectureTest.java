package org.althing.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the compiled modules to {@code packages.tsv} and {@code forbidden.tsv}. */
class ArchitectureTest {
  private static final String OURS = "org.althing";
  private static final String GENERATED = "org.althing.wire.v1";
  private static final Pattern EMPTY_NAME =
      Pattern.compile(".*(Utils?|Manager|Impl|Helper|Service|Base|Data|Info|Processor)");

  private static Map<String, JavaClasses> modules = Map.of();

  @BeforeAll
  static void importClasses() {
    modules = Sources.compiled();
  }

  @Test
  void everyShippedModuleIsChecked() {
    assertThat(modules.keySet()).containsAll(Sources.SHIPPED);
    assertThat(modules.get("governance").size()).isGreaterThan(40);
  }

  @Test
  void theTableItselfIsSound() throws IOException {
    assertThat(packages().defects()).isEmpty();
  }

  @Test
  void packagesDependOnlyOnWhatTheTableAllows() throws IOException {
    PackageTable table = packages();
    List<String> violations = new ArrayList<>();
    modules.forEach((module, classes) -> violations.addAll(table.violations(module, classes)));
    assertThat(violations).isEmpty();
  }

  @Test
  void noPackagesFormACircle() {
    List<JavaClass> all = new ArrayList<>();
    modules.values().forEach(all::addAll);
    assertThat(Circles.first(PackageTable.edges(all, OURS))).isEmpty();
  }

  @Test
  void nothingForbiddenIsNamedWhereItIsForbidden() throws IOException {
    ForbiddenTable table = new ForbiddenTable(Sources.table("forbidden.tsv"));
    List<String> violations = new ArrayList<>();
    modules.forEach((module, classes) -> violations.addAll(table.violations(module, classes)));
    assertThat(violations).isEmpty();
  }

  @Test
  void everyTypeHasANameThatSaysSomething() {
    List<String> empty =
        modules.values().stream()
            .flatMap(JavaClasses::stream)
            .filter(type -> !type.getPackageName().equals(GENERATED))
            .filter(type -> EMPTY_NAME.matcher(type.getSimpleName()).matches())
            .map(JavaClass::getName)
            .toList();
    assertThat(empty).isEmpty();
  }

  @Test
  void everyPackageIsNullMarked() throws IOException {
    List<Path> unmarked = new ArrayList<>();
    for (Path folder : Sources.mainSources().stream().map(Path::getParent).distinct().toList()) {
      Path info = folder.resolve("package-info.java");
      if (!Files.isRegularFile(info) || !Files.readString(info).contains("@NullMarked")) {
        unmarked.add(Sources.ROOT.relativize(folder));
      }
    }
    assertThat(unmarked).isEmpty();
  }

  @Test
  void testFixturesNeverReachAShippedClassPath() throws IOException {
    for (String module : Sources.SHIPPED) {
      String pom = Files.readString(Sources.ROOT.resolve(module).resolve("pom.xml"));
      for (String dependency : pom.split("<dependency>")) {
        String declared = dependency.split("</dependency>", 2)[0];
        if (declared.contains("<type>test-jar</type>")
            || declared.contains("<artifactId>simulation</artifactId>")) {
          assertThat(declared).as("dependency of %s", module).contains("<scope>test</scope>");
        }
      }
    }
  }

  private static PackageTable packages() throws IOException {
    return new PackageTable(OURS, Sources.table("packages.tsv"));
  }
}
