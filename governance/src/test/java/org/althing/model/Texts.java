package org.althing.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
 * Test fixture: texts with a label, cleaned as a node cleans them, over four organisations that
 * hold unlike shares of each class; skipped where the data are not on the machine.
 */
public record Texts(Contract contract, List<RecordBatch> train, List<RecordBatch> test) {
  private record Text(String label, String text) {}

  /** What share of each class each of four organisations holds (partition dir4). */
  private static final Map<String, double[]> SHARES =
      Map.of(
          "sms ham", new double[] {0.0718, 0.4677, 0.2683, 0.1922},
          "sms spam", new double[] {0.5563, 0.131, 0.0528, 0.26},
          "waimai 0", new double[] {0.1089, 0.1834, 0.4973, 0.2104},
          "waimai 1", new double[] {0.0137, 0.0562, 0.8744, 0.0557});

  /** English messages, spam or ham. */
  public static Texts sms() {
    return sms(texts -> new Domain.Words(Language.ENGLISH, List.of()));
  }

  /** As the other, by words that are chosen among those of the training texts. */
  public static Texts sms(Function<List<String>, Domain.Words> words) {
    return load("sms", "SMSSpamCollection", words, 0, '\t', List.of("ham", "spam"));
  }

  /** Chinese reviews of take-away meals, good or bad. */
  public static Texts waimai() {
    return waimai(texts -> new Domain.Words(Language.CHINESE, List.of()));
  }

  /** As the other, by words that are chosen among those of the training texts. */
  public static Texts waimai(Function<List<String>, Domain.Words> words) {
    return load("waimai", "waimai_10k.csv", words, 1, ',', List.of("0", "1"));
  }

  private static Texts load(
      String set,
      String file,
      Function<List<String>, Domain.Words> words,
      int skip,
      char delimiter,
      List<String> labels) {
    Path folder = Path.of(System.getProperty("althing.shared", "."), "data", set);
    Assumptions.assumeTrue(
        Files.isDirectory(folder), "no " + set + " data under althing.shared: skipped");
    try {
      Set<Integer> tested =
          Files.readAllLines(folder.resolve("test_rows.txt")).stream()
              .map(line -> Integer.valueOf(line.strip()))
              .collect(Collectors.toSet());
      List<String> lines = Files.readAllLines(folder.resolve(file));
      List<Text> texts = new ArrayList<>();
      for (String line : lines.subList(skip, lines.size())) {
        int end = line.indexOf(delimiter);
        texts.add(new Text(line.substring(0, end), line.substring(end + 1)));
      }
      int[] holder = holders(set, texts);
      List<List<Text>> train = new ArrayList<>();
      for (int node = 0; node < 4; node++) {
        int own = node;
        train.add(
            IntStream.range(0, texts.size())
                .filter(i -> holder[i] == own && !tested.contains(i))
                .mapToObj(texts::get)
                .toList());
      }
      List<Text> test = tested.stream().sorted().map(texts::get).toList();
      List<String> all = train.stream().flatMap(List::stream).map(Text::text).toList();
      Contract contract = contract(words.apply(all), labels);
      return new Texts(contract, batches(contract, train), batches(contract, List.of(test)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The texts of each class in the order of their hashes, cut by the shares. */
  private static int[] holders(String set, List<Text> texts) {
    int[] holder = new int[texts.size()];
    for (String label : texts.stream().map(Text::label).distinct().toList()) {
      double[] shares = SHARES.get(set + " " + label);
      List<Integer> order =
          IntStream.range(0, texts.size())
              .filter(i -> texts.get(i).label().equals(label))
              .boxed()
              .sorted(Comparator.comparing(i -> hash(set, i)))
              .toList();
      double total = Arrays.stream(shares).sum();
      double cumulative = 0;
      int start = 0;
      for (int node = 0; node < shares.length; node++) {
        cumulative += shares[node];
        int end =
            node == shares.length - 1
                ? order.size()
                : (int) Math.rint(cumulative / total * order.size());
        for (int i : order.subList(start, end)) {
          holder[i] = node;
        }
        start = end;
      }
    }
    return holder;
  }

  private static String hash(String set, int row) {
    return Digest.of(("42:" + set + ":" + row).getBytes(StandardCharsets.UTF_8)).hex();
  }

  private static Contract contract(Domain.Words words, List<String> labels) {
    return new Contract(
        "texts",
        "1",
        "texts",
        "t",
        List.of(column("label", new Domain.Categories(labels)), column("text", words)),
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

  private static List<RecordBatch> batches(Contract contract, List<List<Text>> nodes) {
    List<RecordBatch> batches = new ArrayList<>();
    for (List<Text> texts : nodes) {
      Binding binding =
          new Binding(
              "texts",
              "1",
              SourceFormat.COMMA_UTF8,
              List.of(BoundColumn.same("label"), BoundColumn.same("text")),
              Digest.of(new byte[0]));
      Cleaner cleaner = new Cleaner(contract, binding, new byte[16]);
      List<String[]> rows = new ArrayList<>();
      texts.forEach(text -> rows.add(new String[] {text.label(), text.text()}));
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
