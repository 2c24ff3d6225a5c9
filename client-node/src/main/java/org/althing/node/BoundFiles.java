package org.althing.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.althing.contract.Binding;
import org.althing.contract.Contract;
import org.althing.document.BindingDocument;
import org.althing.document.ContractDocument;
import org.althing.document.DocumentError;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An organisation's own files, and how they map to a contract. */
final class BoundFiles {
  @Option(
      names = "--contract",
      required = true,
      paramLabel = "CONTRACT",
      description = "The agreed contract.")
  private Path contractFile = Path.of("");

  @Option(
      names = "--binding",
      required = true,
      paramLabel = "BINDING",
      description = "How these files are read.")
  private Path bindingFile = Path.of("");

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "The organisation's data files.")
  private List<Path> files = List.of();

  Contract contract() throws IOException, DocumentError {
    return ContractDocument.parse(contractFile.toString(), Files.readAllBytes(contractFile));
  }

  Binding binding(Contract contract) throws IOException, DocumentError {
    return BindingDocument.parse(bindingFile.toString(), Files.readAllBytes(bindingFile), contract);
  }

  List<Path> files() {
    return files;
  }
}
