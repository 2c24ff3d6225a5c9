package org.althing.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.althing.encoding.Digest;
import org.althing.export.ModelExport;
import org.althing.report.ModelFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code model export MODEL}: the model in another tool's format. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Write a model as ONNX, PMML or JSON; what it says of a row stays the same.",
      "It reads the contract's values, missing ones too, and neither local codes nor other units."
    })
public final class ModelExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A study's output folder, or its model.json.")
  private Path model = Path.of("");

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      description = "onnx, pmml or json.")
  private ModelExport.Format format = ModelExport.Format.JSON;

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "FILE",
      description = "Where the export goes.")
  private Path out = Path.of("");

  @Override
  public Integer call() {
    ModelFile file = StoredModel.read(model);
    ModelExport export = ModelExport.of(file, format);
    if (export instanceof ModelExport.Refused refused) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "%s cannot be written as %s: %s"
              .formatted(StoredModel.fileOf(model), format, refused.reason()));
    }
    byte[] bytes = ((ModelExport.Written) export).bytes().toArray();
    try {
      Files.write(out, bytes);
    } catch (IOException e) {
      throw CommandFailure.unwritable(out, e);
    }
    spec.commandLine()
        .getOut()
        .printf(
            "%s: %s of study %s, %d columns in, the %s of %s out; sha-256 %s%n",
            out,
            format,
            file.study(),
            file.model().features().columnsRead().size(),
            file.model().label().isBinary() ? "probability" : "probabilities",
            ModelCard.labelOf(file),
            Digest.of(bytes).hex());
    spec.commandLine().getOut().flush();
    return ExitCode.OK.code();
  }
}
