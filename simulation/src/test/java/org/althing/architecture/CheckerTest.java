package org.althing.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.althing.architecture.sample.high.High;
import org.althing.architecture.sample.low.Low;
import org.junit.jupiter.api.Test;

/** The checks see what they are there to see: two sample packages break every rule. */
class CheckerTest {
  private static final String SAMPLE = "org.althing.architecture.sample";
  private final JavaClasses sample = new ClassFileImporter().importClasses(Low.class, High.class);

  @Test
  void catchesADependencyThatTheTableDoesNotAllow() {
    PackageTable table =
        new PackageTable(SAMPLE, List.of("m\tlow\t-\tbelow", "m\thigh\tlow\tabove"));
    assertThat(table.violations("m", sample))
        .containsExactly(Low.class.getName() + " must not depend on " + High.class.getName());
  }

  @Test
  void catchesAPackageWithoutARow() {
    PackageTable table =
        new PackageTable(
            SAMPLE, List.of("m\tlow\thigh\tbelow", "other\thigh\tlow\tin another module"));
    assertThat(table.violations("m", sample))
        .containsExactly(SAMPLE + ".high has no row for module m in packages.tsv");
  }

  @Test
  void catchesATargetWithoutARow() {
    assertThat(new PackageTable(SAMPLE, List.of("m\tlow\thihg\tbelow")).defects())
        .containsExactly("low may depend on hihg, which has no row");
  }

  @Test
  void catchesACircle() {
    assertThat(Circles.first(PackageTable.edges(sample, SAMPLE)).orElseThrow())
        .hasSize(3)
        .contains(SAMPLE + ".low", SAMPLE + ".high");
  }

  @Test
  void catchesAForbiddenCallAndAForbiddenMethodReference() {
    ForbiddenTable table =
        new ForbiddenTable(
            List.of("m\tjava\\.lang\\.System\\.(currentTimeMillis|nanoTime).*\t-\tno clock"));
    assertThat(table.violations("m", sample))
        .containsExactly(
            High.class.getName() + " uses java.lang.System.nanoTime(): no clock",
            Low.class.getName() + " uses java.lang.System.currentTimeMillis(): no clock");
  }

  @Test
  void anExceptionHoldsOnlyWhereItIsWritten() {
    ForbiddenTable table =
        new ForbiddenTable(List.of("m\tjava\\.lang\\.System\\..*\t" + SAMPLE + ".low\tno clock"));
    assertThat(table.violations("m", sample))
        .singleElement()
        .asString()
        .startsWith(High.class.getName());
    assertThat(table.violations("another", sample)).isEmpty();
  }

  @Test
  void aRowWithoutAReasonIsRefused() {
    assertThatThrownBy(() -> new PackageTable(SAMPLE, List.of("m\tlow\t-\t")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ForbiddenTable(List.of("m\tjava\\..*\t-\t")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
