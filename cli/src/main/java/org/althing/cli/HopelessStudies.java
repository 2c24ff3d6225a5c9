package org.althing.cli;

import java.util.Optional;
import org.althing.sheet.PlanSheet;
import org.althing.sheet.PlanText;
import picocli.CommandLine.Option;

/** What becomes of studies whose model will be no better than guessing. */
public final class HopelessStudies {
  @Option(
      names = "--anyway",
      description = "Also a study whose model will be no better than always guessing.")
  private boolean anyway;

  /**
   * Why a study is refused, with what would help: where its plan is hopeless and nobody said that
   * it is wanted all the same.
   */
  public Optional<String> objection(PlanSheet sheet) {
    if (anyway || !sheet.isHopeless()) {
      return Optional.empty();
    }
    return Optional.of(
        "study %s would spend its owners' budgets on a model no better than guessing%s \u2192 change the study, or give --anyway"
            .formatted(
                sheet.study().id(),
                sheet
                    .remedy()
                    .map(r -> "; good it would be with " + PlanText.inWords(r))
                    .orElse("")));
  }
}
