package org.althing.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.althing.table.RecordBatch;
import org.althing.table.Verdict;
import org.junit.jupiter.api.Test;

/** The bundled contracts read the real data sets and find exactly the dirt they are known for. */
class ExampleDataTest {
  private static Path shared(String folder) {
    Path path = Path.of(System.getProperty("althing.shared", "none"), "data").resolve(folder);
    assumeTrue(Files.isDirectory(path), "the data set " + folder + " is not there; skipped");
    return path;
  }

  @Test
  void readsTheFourHospitalsOfTheHeartData() throws Exception {
    Path folder = shared("heart/by_hospital");
    Bundled heart = new Bundled("examples/heart");
    List<RecordBatch> cleveland = heart.read("cleveland", folder.resolve("cleveland.csv"));
    assertThat(Bundled.rows(cleveland)).isEqualTo(303);
    assertThat(heart.dirty(cleveland)).containsExactly("ca", "thal");
    assertThat(heart.dirt(cleveland, "ca")).isEqualTo(Map.of(Verdict.SENTINEL, 4));
    assertThat(heart.dirt(cleveland, "thal")).isEqualTo(Map.of(Verdict.SENTINEL, 2));
    assertThat(303 - heart.count(cleveland, "num", 0)).isEqualTo(139);

    List<RecordBatch> hungarian = heart.read("hungarian", folder.resolve("hungarian.csv"));
    assertThat(Bundled.rows(hungarian)).isEqualTo(294);
    assertThat(heart.dirt(hungarian, "slope")).isEqualTo(Map.of(Verdict.SENTINEL, 190));
    assertThat(heart.dirt(hungarian, "ca")).isEqualTo(Map.of(Verdict.SENTINEL, 291));
    assertThat(heart.dirt(hungarian, "thal")).isEqualTo(Map.of(Verdict.SENTINEL, 266));
    assertThat(heart.dirt(hungarian, "chol")).isEqualTo(Map.of(Verdict.SENTINEL, 23));
    assertThat(heart.count(hungarian, "num", 1)).isEqualTo(106);

    List<RecordBatch> swiss = heart.read("switzerland", folder.resolve("switzerland.csv"));
    assertThat(Bundled.rows(swiss)).isEqualTo(123);
    assertThat(heart.dirt(swiss, "chol")).isEqualTo(Map.of(Verdict.SENTINEL, 123));
    assertThat(heart.dirt(swiss, "fbs")).isEqualTo(Map.of(Verdict.SENTINEL, 75));
    assertThat(heart.count(swiss, "oldpeak", 0)).as("negative oldpeak").isEqualTo(11);
    assertThat(heart.count(swiss, "num", 0)).isEqualTo(8);

    List<RecordBatch> va = heart.read("va", folder.resolve("va.csv"));
    assertThat(Bundled.rows(va)).isEqualTo(200);
    assertThat(heart.dirt(va, "chol")).isEqualTo(Map.of(Verdict.SENTINEL, 7 + 49));
    assertThat(heart.dirt(va, "trestbps")).isEqualTo(Map.of(Verdict.SENTINEL, 56 + 1));
    assertThat(heart.count(va, "oldpeak", 0)).isEqualTo(1);
    for (List<RecordBatch> hospital : List.of(cleveland, hungarian, swiss, va)) {
      for (String column : heart.dirty(hospital)) {
        assertThat(heart.dirt(hospital, column).keySet()).containsExactly(Verdict.SENTINEL);
      }
    }
  }

  @Test
  void readsTheFourSectorsOfAdult() throws Exception {
    Path folder = shared("adult/by_sector");
    Bundled adult = new Bundled("examples/adult");
    assertThat(adult.contract().schema().columns()).hasSize(14);
    List<RecordBatch> train = new ArrayList<>();
    List<RecordBatch> test = new ArrayList<>();
    for (String sector : List.of("private", "self_employed", "government", "unknown_or_unpaid")) {
      train.addAll(adult.read(sector, folder.resolve(sector + "_train.csv")));
      test.addAll(adult.read(sector, folder.resolve(sector + "_test.csv")));
    }
    assertThat(Bundled.rows(train)).isEqualTo(32_561);
    assertThat(Bundled.rows(test)).isEqualTo(16_281);
    assertThat(adult.dirty(train)).containsExactly("workclass", "occupation", "native-country");
    assertThat(adult.dirt(train, "workclass")).isEqualTo(Map.of(Verdict.SENTINEL, 1836));
    assertThat(adult.dirt(train, "occupation")).isEqualTo(Map.of(Verdict.SENTINEL, 1843));
    assertThat(adult.dirt(train, "native-country")).isEqualTo(Map.of(Verdict.SENTINEL, 583));
    assertThat(adult.dirt(test, "workclass")).isEqualTo(Map.of(Verdict.SENTINEL, 963));
    assertThat(adult.dirt(test, "occupation")).isEqualTo(Map.of(Verdict.SENTINEL, 966));
    assertThat(adult.dirt(test, "native-country")).isEqualTo(Map.of(Verdict.SENTINEL, 274));
    assertThat(adult.count(train, "income", 1)).isEqualTo(7841);
    assertThat(adult.count(test, "income", 1)).isEqualTo(3846);
    long units =
        train.stream()
            .flatMapToLong(b -> java.util.stream.IntStream.range(0, b.rows()).mapToLong(b::unit))
            .distinct()
            .count();
    assertThat(units).as("equal rows are still persons of their own").isGreaterThan(32_000);
  }

  @Test
  void readsTheMessagesAndTheReviewsAsTheyArePublished() throws Exception {
    List<RecordBatch> messages =
        new Bundled("examples/sms").read("all", shared("sms").resolve("SMSSpamCollection"));
    assertThat(Bundled.rows(messages)).isEqualTo(5_574);
    Bundled reviews = new Bundled("examples/waimai");
    List<RecordBatch> read = reviews.read("all", shared("waimai").resolve("waimai_10k.csv"));
    assertThat(Bundled.rows(read)).isEqualTo(11_987);
    assertThat(reviews.count(read, "label", 1)).isEqualTo(4_000);
    assertThat(reviews.dirty(read)).isEmpty();
  }
}
