package org.althing.node;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.althing.cleaning.Inspection;
import org.althing.contract.Binding;
import org.althing.contract.Contract;
import org.althing.document.DocumentError;
import org.althing.document.StudyDocument;
import org.althing.node.source.CleanRecords;
import org.althing.node.source.RecordSource;
import org.althing.node.source.SourceProblem;
import org.althing.study.Study;
import org.althing.study.StudyPlanner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code node data clean}: what a study's cleaning would make of an organisation's files. */
@Command(
    name = "clean",
    mixinStandardHelpOptions = true,
    description = {
      "Show what a study's cleaning makes of this organisation's files: each column and the number of rows, before",
      "and after. Contacts nobody and costs nothing; what it prints and writes is for you alone."
    })
public final class DataCleanCommand implements Callable<Integer> {
  private static final int BAD_INPUT = 2;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private BoundFiles bound = new BoundFiles();

  @Option(
      names = "--study",
      required = true,
      paramLabel = "STUDY",
      description = "The study whose cleaning it is.")
  private Path studyFile = Path.of("");

  @Option(
      names = "--preview",
      description = "Write nothing, which is also what happens without --out.")
  private boolean preview;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description =
          "A new file for the cleaned rows, as comma-separated text under the contract's names.")
  private Optional<Path> out = Optional.empty();

  @Override
  public Integer call() {
    PrintWriter talk = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try {
      Contract contract = bound.contract();
      Binding binding = bound.binding(contract);
      Study study = StudyDocument.read(studyFile.toString(), Files.readAllBytes(studyFile));
      List<String> misfits = StudyPlanner.misfits(study, contract);
      if (misfits.isEmpty()) {
        talk.print(cleaned(study, contract, binding));
        talk.flush();
        return 0;
      }
      err.println("study " + study.id() + " does not fit: " + String.join("; ", misfits));
    } catch (DocumentError e) {
      err.println(e.getMessage());
    } catch (SourceProblem e) {
      err.println(e.localDetail());
    } catch (FileAlreadyExistsException e) {
      err.println("ALT-NODE-001 there is a file " + e.getMessage() + ": name a new one");
    } catch (IOException | UncheckedIOException e) {
      err.println("ALT-NODE-001 cannot read or write " + e.getMessage());
    }
    err.flush();
    return BAD_INPUT;
  }

  private String cleaned(Study study, Contract contract, Binding binding)
      throws SourceProblem, IOException {
    Inspection before = new Inspection(contract, binding);
    Inspection after = new Inspection(study.cleaning().appliedTo(contract), binding);
    CleanRecords records =
        RecordSource.of(bound.files(), contract, binding, study.cleaning())
            .open(study.salt().bytes(), List.of(before, after));
    if (out.isEmpty() || preview) {
      records.scan(batch -> {});
    } else {
      write(records, out.get());
    }
    return DataCleanText.of(study.cleaning(), before, after, records);
  }

  private static void write(CleanRecords records, Path file) throws SourceProblem, IOException {
    CleanRows rows = new CleanRows(records.schema());
    try (BufferedWriter text = Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW)) {
      text.write(rows.names());
      records.scan(
          batch -> {
            try {
              for (int r = 0; r < batch.rows(); r++) {
                text.write(rows.line(batch, r));
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
