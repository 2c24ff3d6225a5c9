package org.althing.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.contract.Binding;
import org.althing.contract.SourceFormat;
import org.althing.encoding.MalformedEncoding;
import org.althing.fuzz.FuzzTarget;
import org.althing.fuzz.Input;
import org.althing.fuzz.Promise;
import org.althing.report.ModelFile;
import org.althing.report.PaperStudy;

/** A file of rows given to {@code predict}, scored with a true model. */
public final class ScoredRows implements FuzzTarget {
  private static final List<Charset> CHARSETS =
      List.of(UTF_8, Charset.forName("GB18030"), StandardCharsets.ISO_8859_1);
  private static final List<Character> DELIMITERS = List.of(',', ';', '|', '\t');
  private final ModelFile model = model();

  private static ModelFile model() {
    try {
      return ModelFile.ofBytes(
          PaperStudy.completed(PaperStudy.LOGISTIC, 40).folder().get(ModelFile.NAME).toArray());
    } catch (MalformedEncoding e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public boolean take(byte[] input) {
    Input in = new Input(input);
    SourceFormat format =
        new SourceFormat(CHARSETS.get(in.choose(3)), DELIMITERS.get(in.choose(4)));
    Binding plain = new Binding(model.study(), "1", format, List.of(), model.contract());
    Fit fit = new Fit(model.model().label());
    ScoreLines lines = new ScoreLines();
    try {
      new Scoring(model, plain, "rows.csv")
          .run(
              new ByteArrayInputStream(in.rest()),
              Runnable::run,
              chunk -> {
                fit.add(chunk);
                lines.write(chunk);
                requireProbabilities(chunk);
              });
      fit.auc();
      return true;
    } catch (CommandFailure e) {
      if (e.exitCode() != ExitCode.BAD_INPUT) {
        throw new AssertionError("a file that cannot be read is bad input", e);
      }
      Promise.showable(e);
      return false;
    } catch (IOException e) {
      throw new AssertionError("bytes in memory cannot fail to be read", e);
    }
  }

  private static void requireProbabilities(ScoredChunk chunk) {
    for (int row = 0; row < chunk.rows(); row++) {
      if (!(chunk.probability(row) >= 0 && chunk.probability(row) <= 1)) {
        throw new AssertionError("every row has one probability from 0 to 1");
      }
    }
  }

  @Override
  public SortedMap<String, byte[]> seeds() {
    SortedMap<String, byte[]> seeds = new TreeMap<>();
    seeds.put(
        "labelled", Input.choosing(0, "0age,sex,chol,disease\n63,male,240,1\n41,female,,0\n"));
    seeds.put(
        "unlabelled", Input.choosing(0, "1chol;sex;age;extra\r\n-9;X;1e2;\"a;\"\"b\"\"\"\r\n"));
    seeds.put("marked", Input.choosing(1, "0age,sex,chol\n1,2,3\n"));
    seeds.put("latin", Input.choosing(2, "3age\tsex\tchol\n1\t\"ma\nle\"\t3\n"));
    return seeds;
  }

  @Override
  public List<String> words() {
    return List.of(
        "age", "sex", "chol", "disease", "female", "male", "\"\"", "\r\n", "1e308", "-9");
  }

  @Override
  public Allowance allowance() {
    // 16 MiB are the counts of labelled rows by their score, whatever their number.
    return new Allowance(20 << 20, 1000);
  }
}
