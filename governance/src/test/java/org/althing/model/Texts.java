package org.althing.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.althing.cleaning.Cleaner;
import org.althing.cleaning.TextRows;
import org.althing.contract.Binding;
import org.althing.contract.BoundColumn;
import org.althing.contract.Contract;
import org.althing.contract.ContractColumn;
import org.althing.contract.PrivacyUnit;
import org.althing.contract.SourceFormat;
import org.althing.encoding.Digest;
import org.althing.model.features.FeatureSpace;
import org.althing.model.features.Label;
import org.althing.model.features.LinearModel;
import org.althing.table.Column;
import org.althing.table.Domain;
import org.althing.table.Language;
import org.althing.table.RecordBatch;
import org.junit.jupiter.api.Assumptions;

/**
 * Test fixture: texts with a label, cleaned as a node cleans them, over four organisations; skipped
 * where the data are not on the machine.
 */
public record Texts(Contract contract, List<RecordBatch> train, List<RecordBatch> test) {
  private static final int NODES = 4;

  private record Text(String label, String text) {}

  /** English messages, spam or ham. */
  public static Texts sms() {
    return load("sms", "SMSSpamCollection", Language.ENGLISH, 0, '\t', List.of("ham", "spam"));
  }

  /** Chinese reviews of take-away meals, good or bad. */
  public static Texts waimai() {
    return load("waimai", "waimai_10k.csv", Language.CHINESE, 1, ',', List.of("0", "1"));
  }

  private static Texts load(
      String set, String file, Language language, int skip, char delimiter, List<String> labels) {
    Path folder = Path.of(System.getProperty("althing.shared", "."), "data", set);
    Assumptions.assumeTrue(
        Files.isDirectory(folder), "no " + set + " data under althing.shared: skipped");
    try {
      Set<Integer> tested =
          Files.readAllLines(folder.resolve("test_rows.txt")).stream()
              .map(line -> Integer.valueOf(line.strip()))
              .collect(Collectors.toSet());
      List<String> lines = Files.readAllLines(folder.resolve(file));
      List<Text> train = new ArrayList<>();
      List<Text> test = new ArrayList<>();
      for (int i = skip; i < lines.size(); i++) {
        String line = lines.get(i);
        int end = line.indexOf(delimiter);
        (tested.contains(i - skip) ? test : train)
            .add(new Text(line.substring(0, end), line.substring(end + 1)));
      }
      Contract contract = contract(language, labels);
      return new Texts(contract, batches(contract, train), batches(contract, test));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Contract contract(Language language, List<String> labels) {
    return new Contract(
        "texts",
        "1",
        "texts",
        "t",
        List.of(
            column("label", new Domain.Categories(labels)),
            column("text", new Domain.Words(language, List.of()))),
        new PrivacyUnit("text", Optional.empty(), 1),
        List.of(),
        Digest.of(new byte[0]));
  }

  private static ContractColumn column(String name, Domain domain) {
    return new ContractColumn(
        new Column(name, domain),
        "",
        true,
        ContractColumn.Use.FEDERATED,
        List.of(),
        Optional.empty());
  }

  private static List<RecordBatch> batches(Contract contract, List<Text> texts) {
    List<RecordBatch> batches = new ArrayList<>();
    for (int node = 0; node < NODES; node++) {
      Binding binding =
          new Binding(
              "texts",
              "1",
              SourceFormat.COMMA_UTF8,
              List.of(BoundColumn.same("label"), BoundColumn.same("text")),
              Digest.of(new byte[0]));
      Cleaner cleaner = new Cleaner(contract, binding, new byte[16]);
      List<String[]> rows = new ArrayList<>();
      for (int i = node; i < texts.size(); i += NODES) {
        rows.add(new String[] {texts.get(i).label(), texts.get(i).text()});
      }
      cleaner.see(TextRows.of(rows));
      cleaner.startPass();
      batches.add(cleaner.clean(TextRows.of(rows)));
    }
    return batches;
  }

  public FeatureSpace features(int buckets) {
    return new FeatureSpace(contract.schema(), List.of("text"), buckets);
  }

  public Label label(String positive) {
    return new Label(contract.schema(), "label", Set.of(positive));
  }

  public Scores score(LinearModel model) {
    return Scores.of(model, test);
  }
}
