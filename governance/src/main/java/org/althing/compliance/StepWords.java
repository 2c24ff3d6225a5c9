package org.althing.compliance;

import java.util.stream.Collectors;
import org.althing.cleaning.Step;
import org.althing.contract.Excerpt;
import org.althing.table.Domain;

/** What a step of a study's cleaning does, in every language. */
final class StepWords {
  private StepWords() {}

  static Phrase of(Step step) {
    return Phrase.of(step.inWords(), chinese(step));
  }

  private static String chinese(Step step) {
    if (step instanceof Step.Clip clip) {
      return clip.range()
          .map(
              range ->
                  "%s：低于 %s 或高于 %s 的值取该界限"
                      .formatted(
                          clip.column(),
                          Domain.Numbers.plain(range.least()),
                          Domain.Numbers.plain(range.most())))
          .orElse(clip.column() + "：超出声明范围的值取最近的端点");
    }
    if (step instanceof Step.Bins bins) {
      return "%s：按 %s 分箱"
          .formatted(
              bins.column(),
              bins.edges().stream().map(Domain.Numbers::plain).collect(Collectors.joining("、")));
    }
    if (step instanceof Step.Values values) {
      return String.join("、", values.changed()) + "：按数值读取，不分箱";
    }
    if (step instanceof Step.Impute impute) {
      return "%s：以 %s 代替未知%s的值"
          .formatted(impute.column(), Excerpt.of(impute.value()), impute.faulty() ? "或有误" : "");
    }
    if (step instanceof Step.Keep keep) {
      return "仅保留满足条件的行：" + Excerpt.printable(keep.condition());
    }
    if (step instanceof Step.Distinct distinct) {
      return "在 %s 上相同的行仅保留一行".formatted(String.join("、", distinct.equal()));
    }
    if (step instanceof Step.Sample sample) {
      return "按公开哈希取单元的 %d %%".formatted(sample.percent());
    }
    Step.Strata strata = (Step.Strata) step;
    return "每个机构对 %s 的每个取值最多取 %d 行".formatted(strata.column(), strata.most());
  }
}
