package org.althing.node;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.althing.cleaning.Inspection;
import org.althing.contract.Binding;
import org.althing.contract.Contract;
import org.althing.document.DocumentError;
import org.althing.encoding.Digest;
import org.althing.node.source.CleanRecords;
import org.althing.node.source.RecordSource;
import org.althing.node.source.SourceProblem;
import org.althing.quality.LocalAudit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code node data check}: what of an organisation's files fits a contract, for its steward. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Read this organisation's files under its binding, and say what fits the contract, what does not, and what",
      "to do about it. Contacts nobody and costs nothing; what it prints holds values of rows and is for you alone."
    })
public final class DataCheckCommand implements Callable<Integer> {
  private static final int BAD_INPUT = 2;

  /** Which rows of a unit count depends on the study; any will do here. */
  private static final byte[] SALT = Digest.of(new byte[0]).bytes();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private BoundFiles bound = new BoundFiles();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try {
      Contract contract = bound.contract();
      Binding binding = bound.binding(contract);
      RecordSource source = RecordSource.of(bound.files(), contract, binding);
      Inspection inspection = Inspection.withValues(contract, binding);
      LocalAudit audit = new LocalAudit(contract.schema(), contract.rules());
      CleanRecords records = source.scan(SALT, List.of(inspection), audit::add);
      out.print(DataCheckText.of(contract, inspection, records, audit.findings()));
      out.flush();
      return 0;
    } catch (DocumentError e) {
      err.println(e.getMessage());
    } catch (SourceProblem e) {
      err.println(e.localDetail());
    } catch (IOException e) {
      err.println("ALT-NODE-001 cannot read " + e.getMessage());
    }
    err.flush();
    return BAD_INPUT;
  }
}
