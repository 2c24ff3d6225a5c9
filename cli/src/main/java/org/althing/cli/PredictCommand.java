package org.althing.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.althing.contract.Binding;
import org.althing.contract.Contract;
import org.althing.contract.SourceFormat;
import org.althing.document.BindingDocument;
import org.althing.document.ContractDocument;
import org.althing.document.DocumentError;
import org.althing.encoding.MalformedEncoding;
import org.althing.report.ModelFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code predict MODEL DATA}: scores rows on this machine; nothing leaves it. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    description = {
      "Score the rows of a file with a study's model, on this machine.",
      "Writes row, probability and prediction; where the label is there, also says how well it fits."
    })
public final class PredictCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "MODEL.json", description = "The model of a study.")
  private Path model = Path.of("");

  @Parameters(index = "1", paramLabel = "DATA.csv", description = "Rows under a line of names.")
  private Path data = Path.of("");

  @Option(
      names = "--contract",
      paramLabel = "FILE",
      description = "The study's data contract; needed to read a binding.")
  private Optional<Path> contract = Optional.empty();

  @Option(
      names = "--binding",
      paramLabel = "FILE",
      description = "How the file's columns and codes map to the contract.")
  private Optional<Path> binding = Optional.empty();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "OUT.csv",
      description = "Where the scores go; to standard output without it.")
  private Optional<Path> out = Optional.empty();

  @Override
  public Integer call() {
    if (contract.isPresent() != binding.isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "give --contract and --binding together, or neither");
    }
    ModelFile file = model();
    Binding given = contract.isPresent() ? binding(file) : plain(file);
    DelimitedText.Rows rows = DelimitedText.read(data.toString(), bytes(data), given.format());
    Scoring scoring = Scoring.of(file, rows, Scoring.byName(file, rows, given));
    write(table(scoring));
    PrintWriter talk = out.isPresent() ? spec.commandLine().getOut() : spec.commandLine().getErr();
    talk.println(remark(scoring, file));
    talk.flush();
    return ExitCode.OK.code();
  }

  private ModelFile model() {
    try {
      return ModelFile.ofBytes(bytes(model));
    } catch (MalformedEncoding e) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT, model + " is no model file: " + e.getMessage(), e);
    }
  }

  private Binding binding(ModelFile file) {
    Path contractFile = contract.orElseThrow();
    Path bindingFile = binding.orElseThrow();
    try {
      Contract agreed = ContractDocument.parse(contractFile.toString(), bytes(contractFile));
      if (!agreed.digest().equals(file.contract())) {
        throw new CommandFailure(
            ExitCode.BAD_INPUT,
            "%s is another contract than the one the model was made under (%s, not %s)"
                .formatted(contractFile, agreed.digest().brief(), file.contract().brief()));
      }
      return BindingDocument.parse(bindingFile.toString(), bytes(bindingFile), agreed);
    } catch (DocumentError e) {
      throw new CommandFailure(ExitCode.BAD_INPUT, String.valueOf(e.getMessage()), e);
    }
  }

  private static Binding plain(ModelFile file) {
    return new Binding(file.study(), "1", SourceFormat.COMMA_UTF8, List.of(), file.contract());
  }

  private static byte[] bytes(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      throw new CommandFailure(ExitCode.BAD_INPUT, "there is no file " + path, e);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT, "cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  private static String table(Scoring scoring) {
    StringBuilder text = new StringBuilder("row,probability,prediction\n");
    for (int i = 0; i < scoring.probabilities().size(); i++) {
      double probability = scoring.probabilities().get(i);
      text.append(i + 1).append(',').append(decimal(probability, 6)).append(',');
      text.append(probability >= 0.5 ? 1 : 0).append('\n');
    }
    return text.toString();
  }

  private void write(String table) {
    if (out.isEmpty()) {
      spec.commandLine().getOut().print(table);
      spec.commandLine().getOut().flush();
      return;
    }
    try {
      Files.writeString(out.get(), table);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT, "cannot write " + out.get() + ": " + e.getMessage(), e);
    }
  }

  private static String remark(Scoring scoring, ModelFile file) {
    return scoring
        .fit()
        .map(
            fit ->
                "%d labelled rows: accuracy %s, AUC %s, log-loss %s"
                    .formatted(
                        fit.rows(),
                        decimal(fit.accuracy(), 4),
                        fit.auc().map(auc -> decimal(auc, 4)).orElse("undefined: one class only"),
                        decimal(fit.logLoss(), 4)))
        .orElse(
            "%d rows scored; none has a known value of %s to compare with"
                .formatted(scoring.probabilities().size(), file.model().label().column()));
  }

  private static String decimal(double value, int digits) {
    BigDecimal rounded = new BigDecimal(value, new MathContext(digits, RoundingMode.HALF_EVEN));
    return rounded.toPlainString();
  }
}
