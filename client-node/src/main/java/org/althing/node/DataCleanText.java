package org.althing.node;

import java.util.List;
import org.althing.cleaning.Inspection;
import org.althing.cleaning.Inspection.InspectedColumn;
import org.althing.cleaning.Recipe;
import org.althing.cleaning.Step;
import org.althing.node.source.CleanRecords;

/** What a study's cleaning made of an organisation's own rows, in words for its steward. */
final class DataCleanText {
  private final StringBuilder text = new StringBuilder();

  private DataCleanText() {}

  /** Several lines, each ended by a line feed. */
  static String of(Recipe recipe, Inspection before, Inspection after, CleanRecords records) {
    DataCleanText page = new DataCleanText();
    page.columns(recipe, before, after);
    page.rows(recipe, before, records);
    page.line("");
    page.line("Nothing of this has left this machine. Keep it to yourself.");
    return page.text.toString();
  }

  private void columns(Recipe recipe, Inspection before, Inspection after) {
    line("COLUMNS, over all rows");
    boolean changed = false;
    for (int c = 0; c < before.columns().size(); c++) {
      InspectedColumn was = before.columns().get(c);
      String name = was.binding().column();
      List<Step> steps =
          recipe.steps().stream()
              .filter(s -> s instanceof Step.OfColumn of && of.changed().contains(name))
              .toList();
      if (!steps.isEmpty()) {
        changed = true;
        steps.forEach(step -> line("  " + step.inWords()));
        line("    before  " + DataCheckText.counts(was, before.rows()));
        line("    after   " + DataCheckText.counts(after.columns().get(c), after.rows()));
      }
    }
    if (!changed) {
      line("  no value is changed");
    }
  }

  private void rows(Recipe recipe, Inspection before, CleanRecords records) {
    line("");
    line("ROWS");
    line("  %12s  in the files".formatted(DataCheckText.whole(before.rows())));
    records.rejected().forEach(rejected -> line("                besides " + rejected.count()));
    line(
        "  %12s  after each unit's share, repetitions counted once"
            .formatted(DataCheckText.whole(records.rowsCounted())));
    List<Long> left = records.rowsAfterSteps();
    List<Step.OfRows> steps = recipe.rowSteps().toList();
    for (int i = 0; i < steps.size(); i++) {
      line("  %12s  %s".formatted(DataCheckText.whole(left.get(i)), steps.get(i).inWords()));
    }
    if (recipe.stability() > 1) {
      line("");
      line(
          "One unit more or less can change %d times its rows here, because its rows may let others in."
              .formatted(recipe.stability()));
    }
  }

  private void line(String words) {
    text.append(words).append('\n');
  }
}
