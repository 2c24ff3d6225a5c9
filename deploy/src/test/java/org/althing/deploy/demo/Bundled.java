package org.althing.deploy.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.althing.contract.Binding;
import org.althing.contract.Contract;
import org.althing.document.BindingDocument;
import org.althing.document.ContractDocument;
import org.althing.document.DocumentError;
import org.althing.node.source.RecordSource;
import org.althing.node.source.SourceProblem;
import org.althing.table.RecordBatch;
import org.althing.table.Verdict;

/** A bundled contract with its bindings, and what comes of reading files under them. */
final class Bundled {
  private final String folder;
  private final Contract contract;

  Bundled(String folder) throws DocumentError {
    this.folder = folder;
    this.contract = ContractDocument.parse("contract.yaml", bytes("contract.yaml"));
  }

  Contract contract() {
    return contract;
  }

  List<RecordBatch> read(String binding, Path file) throws DocumentError, SourceProblem {
    Binding bound =
        BindingDocument.parse(binding + ".yaml", bytes("bindings/" + binding + ".yaml"), contract);
    return RecordSource.of(List.of(file), contract, bound).open(new byte[16]).load();
  }

  private byte[] bytes(String name) {
    try (InputStream in = Bundled.class.getResourceAsStream("/" + folder + "/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int rows(List<RecordBatch> batches) {
    return batches.stream().mapToInt(RecordBatch::rows).sum();
  }

  /** How often a column has each verdict that is not OK. */
  Map<Verdict, Integer> dirt(List<RecordBatch> batches, String column) {
    int index = contract.schema().indexOf(column);
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    for (RecordBatch batch : batches) {
      for (int r = 0; r < batch.rows(); r++) {
        if (batch.verdict(index, r) != Verdict.OK) {
          counts.merge(batch.verdict(index, r), 1, Integer::sum);
        }
      }
    }
    return counts;
  }

  /** The columns that have any verdict but OK. */
  List<String> dirty(List<RecordBatch> batches) {
    List<String> names = new ArrayList<>();
    contract
        .schema()
        .columns()
        .forEach(
            c -> names.addAll(dirt(batches, c.name()).isEmpty() ? List.of() : List.of(c.name())));
    return names;
  }

  /** How many OK values of a column fall in a cell. */
  int count(List<RecordBatch> batches, String column, int cell) {
    int index = contract.schema().indexOf(column);
    int count = 0;
    for (RecordBatch batch : batches) {
      for (int r = 0; r < batch.rows(); r++) {
        count += batch.cell(index, r) == cell ? 1 : 0;
      }
    }
    return count;
  }
}
