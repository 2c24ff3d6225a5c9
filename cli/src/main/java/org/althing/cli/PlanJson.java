package org.althing.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.althing.federation.Quorum;
import org.althing.privacy.Rho;
import org.althing.sheet.PlanSheet;
import org.althing.sheet.PlanSheet.Owner;
import org.althing.sheet.PlanWarnings;
import org.althing.sheet.ReleaseSize;
import org.althing.study.Plan;
import org.althing.study.Programme;

/** A plan sheet for programs: {@code althing-plan/v1} in the usual envelope. */
final class PlanJson {
  private static final String SCHEMA = "althing-plan/v1";
  private final PlanSheet sheet;

  private PlanJson(PlanSheet sheet) {
    this.sheet = sheet;
  }

  static String of(PlanSheet sheet) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SCHEMA);
    root.put("ok", sheet.admitted());
    root.put("code", sheet.admitted() ? ExitCode.OK.code() : ExitCode.REFUSED.code());
    root.set("data", new PlanJson(sheet).content());
    try {
      return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(root)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree in memory can always be written", e);
    }
  }

  private ObjectNode content() {
    Plan plan = sheet.plan();
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("study", sheet.study().id());
    data.put("studyDigest", plan.study().hex());
    data.put("contractDigest", plan.contract().hex());
    data.put("analysis", sheet.study().analysis().word());
    data.put("delta", sheet.delta());
    data.put("people", sheet.people());
    data.set("quorum", quorum(plan.quorum()));
    data.set("releases", releases(plan));
    ObjectNode cost = data.putObject("cost");
    cost.set("study", rho(plan.cost()));
    cost.set("reserved", rho(plan.reservation()));
    cost.set("ifAllOthersCollude", rho(plan.costIfAllOthersCollude()));
    cost.set("ifOneUnitIsExchangedAtMost", rho(sheet.costOfReplacement()));
    ArrayNode owners = data.putArray("organisations");
    sheet.owners().forEach(owner -> owners.add(owner(owner)));
    sheet
        .feasibility()
        .ifPresent(
            s -> {
              data.put("feasibility", s.value());
              data.put("expectation", s.band().inWords());
            });
    if (sheet.rowsOfUnit() > 1) {
      data.put("rowsOfUnit", sheet.rowsOfUnit());
      sheet.feasibilityOfAllRows().ifPresent(s -> data.put("feasibilityOfAllRows", s.value()));
    }
    sheet
        .study()
        .analysis()
        .expectedPositives()
        .ifPresent(share -> data.put("expectedPositives", share));
    List<PlanSheet.AtBudget> others = sheet.atOtherBudgets();
    if (!others.isEmpty()) {
      ArrayNode budgets = data.putArray("otherBudgets");
      others.forEach(
          each ->
              budgets
                  .addObject()
                  .put("epsilon", each.epsilon())
                  .put("feasibility", each.index().value())
                  .put("expectation", each.index().band().inWords()));
    }
    if (!sheet.candidates().isEmpty()) {
      ArrayNode candidates = data.putArray("candidates");
      sheet.candidates().forEach(each -> candidate(candidates.addObject(), each));
    }
    sheet.remedy().ifPresent(r -> data.set("wouldBeGoodWith", remedy(r)));
    sheet.marginOfShares().ifPresent(m -> data.put("marginOfShares", m));
    sheet
        .groups()
        .ifPresent(g -> data.putObject("groups").put("column", g.column()).put("count", g.count()));
    sheet.marginInGroup().ifPresent(m -> data.put("marginInGroup", m));
    ArrayNode warnings = data.putArray("warnings");
    PlanWarnings.of(sheet).forEach(warnings::add);
    return data;
  }

  private void candidate(ObjectNode node, Programme.Expectation each) {
    node.put("name", each.candidate()).put("rounds", each.rounds());
    found(node, each.found());
    each.index().filter(s -> sheet.people() > 0).ifPresent(s -> node.put("feasibility", s.value()));
  }

  private static void found(ObjectNode node, Programme.Found found) {
    found.slopesCutAt().ifPresent(most -> node.put("slopesCutAt", most));
    columns(node, "byValue", found.values());
    columns(node, "asNormal", found.normal());
  }

  private static void columns(ObjectNode node, String key, List<String> columns) {
    if (!columns.isEmpty()) {
      ArrayNode names = node.putArray(key);
      columns.forEach(names::add);
    }
  }

  private static ObjectNode remedy(PlanSheet.Remedy remedy) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("people", remedy.people())
            .put("moreOrganisations", remedy.organisations());
    return Double.isInfinite(remedy.epsilon()) ? node : node.put("epsilon", remedy.epsilon());
  }

  private static ObjectNode quorum(Quorum quorum) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("nodes", quorum.nodes())
        .put("threshold", quorum.threshold())
        .put("colluders", quorum.colluders())
        .put("leastCohort", quorum.leastCohort())
        .put("leastSurvivors", quorum.leastSurvivors());
  }

  private static ArrayNode releases(Plan plan) {
    ArrayNode releases = JsonNodeFactory.instance.arrayNode();
    for (int r = 0; r < plan.releases().size(); r++) {
      ObjectNode release = releases.addObject();
      release.put("name", plan.releases().get(r).name());
      release.put("partition", plan.releases().get(r).partition().name());
      release.put("picoRho", plan.releases().get(r).noise().rho().pico());
      ArrayNode blocks = release.putArray("blocks");
      for (int b = 0; b < plan.releases().get(r).noise().sigmas().size(); b++) {
        ReleaseSize size = ReleaseSize.of(plan, r, b);
        var shape = plan.releases().get(r).noise().shape().blocks().get(b);
        blocks
            .addObject()
            .put("name", size.block())
            .put("numbers", size.numbers())
            .put("scale", shape.scale())
            .put("recordL2Squared", shape.recordL2Squared())
            .put("sigma", plan.releases().get(r).noise().sigmas().get(b))
            .put("unitNorm", size.unitNorm())
            .put("noiseOfNode", size.deviationOfNode())
            .put("noiseOfSum", size.deviationOfSum());
      }
    }
    return releases;
  }

  private ObjectNode owner(Owner owner) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", owner.id().value()).put("population", owner.population());
    owner.budget().ifPresent(b -> node.set("budget", rho(b.total())));
    node.set("left", rho(owner.left()));
    node.put("roomAfter", sheet.roomAfter(owner));
    node.put("admits", owner.admits());
    ArrayNode reasons = node.putArray("reasons");
    owner
        .objections()
        .forEach(r -> reasons.addObject().put("clause", r.clause()).put("text", r.text()));
    return node;
  }

  private ObjectNode rho(Rho rho) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("picoRho", rho.pico())
        .put("epsilon", sheet.epsilonOf(rho));
  }
}
