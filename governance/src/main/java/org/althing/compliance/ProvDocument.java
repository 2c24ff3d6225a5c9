package org.althing.compliance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.privacy.Accountant;
import org.althing.report.Json;
import org.althing.study.Admission;
import org.althing.study.StudyEvent;

/**
 * A study's lineage as PROV-JSON (W3C Member Submission, 24 April 2013): what {@link OpenLineage}
 * says, and each attempt at a release by itself.
 */
public final class ProvDocument {
  private static final String RUN = "study:run";
  private static final String PLAN = "study:plan";
  private static final String COORDINATOR = "log:coordinator";

  private final Lineage lineage;
  private final StudyFacts facts;
  private final ObjectNode root = Json.object();
  private final Map<String, Integer> relations = new TreeMap<>();

  private ProvDocument(Lineage lineage) {
    this.lineage = lineage;
    this.facts = lineage.facts();
  }

  public static byte[] of(VerifiedStudy study) {
    ProvDocument document = new ProvDocument(new Lineage(study));
    document.write();
    return Json.write(document.root);
  }

  private void write() {
    String log = OpenLineage.NAME + "log:" + local(lineage.origin()) + ":";
    ObjectNode prefix = root.putObject("prefix");
    prefix.put("althing", OpenLineage.NAME + "prov:v1:").put("log", log);
    prefix.put("study", log + "study:" + facts.plan().digest().hex() + ":");
    for (String kind : new String[] {"entity", "activity", "agent"}) {
      root.putObject(kind);
    }
    String lead = "log:lead/" + local(facts.study().lead());
    element("agent", lead, List.of(0)).put("prov:label", facts.study().lead());
    ObjectNode coordinator = element("agent", COORDINATOR, List.of(0));
    type(coordinator, "prov:SoftwareAgent");
    relation("actedOnBehalfOf", List.of(0), "delegate", COORDINATOR, "responsible", lead);
    for (NodeId node : facts.members()) {
      type(element("agent", organisation(node), List.of(0)), "prov:Organization");
      type(element("agent", software(node), List.of(0)), "prov:SoftwareAgent");
      relation(
          "actedOnBehalfOf",
          List.of(0),
          "delegate",
          software(node),
          "responsible",
          organisation(node));
    }
    document("study:document", facts.plan().study());
    document("study:contract", facts.plan().contract());
    document(PLAN, facts.plan().digest());
    type((ObjectNode) root.get("entity").get(PLAN), "prov:Plan");
    relation("wasAttributedTo", List.of(0), "entity", "study:document", "agent", lead);
    run();
    decisions();
    for (NodeId node : lineage.readFrom()) {
      List<Integer> charges =
          facts.trail().chargesOf(node).stream().map(Trail.Logged::entry).toList();
      element("entity", data(node), charges).put("althing:contract", lineage.contract().id());
      relation("wasAttributedTo", charges, "entity", data(node), "agent", organisation(node));
    }
    attempts();
    outputs();
  }

  private void run() {
    int end = lineage.endEntry();
    List<Integer> both = List.of(0, end);
    ObjectNode run = activity(RUN, 0, Optional.of(end));
    run.put("prov:label", facts.study().title());
    run.put("althing:runId", lineage.run().toString());
    run.put("althing:outcome", facts.outcome().english());
    run.set("althing:rho", Json.number(lineage.paid().toDouble()));
    double delta = facts.study().privacy().delta();
    run.set("althing:epsilon", Json.number(Accountant.epsilonFor(lineage.paid(), delta)));
    run.set("althing:delta", Json.number(delta));
    run.put("althing:unit", facts.unit().english());
    run.put("althing:logRoot", facts.verified().receipt().checkpoint().root().hex());
    relation("wasAssociatedWith", both, "activity", RUN, "agent", COORDINATOR, "plan", PLAN);
    relation("used", List.of(0), "activity", RUN, "entity", "study:document");
    relation("used", List.of(0), "activity", RUN, "entity", "study:contract");
  }

  /** What each owner decided on the plan: under which policy it agreed, or why it did not. */
  private void decisions() {
    for (Trail.Logged<Admission> each : facts.trail().admissions()) {
      ObjectNode decision = decision(each.what().node(), each.entry(), "admitted");
      decision.put("althing:reservedRho", each.what().reserved().toString());
      List<Integer> entry = List.of(each.entry());
      String policy = "log:policy/" + each.what().policy().hex();
      document(policy, each.what().policy());
      evidence((ObjectNode) root.get("entity").get(policy), entry);
      relation("used", entry, "activity", decided(each.what().node()), "entity", policy);
      relation(
          "wasAttributedTo", entry, "entity", policy, "agent", organisation(each.what().node()));
    }
    for (Trail.Logged<StudyEvent.NodeRefused> each :
        facts.trail().all(StudyEvent.NodeRefused.class)) {
      ArrayNode reasons =
          decision(each.what().node(), each.entry(), "refused").putArray("althing:reason");
      each.what().reasons().forEach(reasons::add);
    }
  }

  /** A member that agreed and withdrew later has its last decision here. */
  private ObjectNode decision(NodeId node, int entry, String outcome) {
    String id = decided(node);
    List<Integer> evidence = List.of(entry);
    ObjectNode decision = activity(id, entry, Optional.of(entry));
    evidence(decision, evidence);
    decision.put("prov:label", node + " " + outcome);
    decision.put("althing:decision", outcome);
    relation("used", evidence, "activity", id, "entity", PLAN);
    relation("wasAssociatedWith", evidence, "activity", id, "agent", software(node));
    relation("wasInformedBy", evidence, "informed", RUN, "informant", id);
    return decision;
  }

  private static String decided(NodeId node) {
    return "study:decision-" + node;
  }

  /** Every attempt at a release: who was in it, whose records it read, what came of it. */
  private void attempts() {
    String before = RUN;
    for (Trail.Logged<StudyEvent.RoundOpened> opened :
        facts.trail().all(StudyEvent.RoundOpened.class)) {
      int release = opened.what().release();
      int attempt = opened.what().attempt();
      Optional<Trail.Logged<StudyEvent.Released>> released =
          facts.trail().all(StudyEvent.Released.class).stream()
              .filter(r -> r.what().release() == release && r.what().attempt() == attempt)
              .findFirst();
      Optional<Integer> ended =
          released
              .map(Trail.Logged::entry)
              .or(
                  () ->
                      facts.trail().all(StudyEvent.RoundAborted.class).stream()
                          .filter(a -> a.what().release() == release)
                          .filter(a -> a.what().attempt() == attempt)
                          .map(Trail.Logged::entry)
                          .findFirst());
      String id = attempt(release, attempt);
      ObjectNode node = activity(id, opened.entry(), ended);
      node.put("prov:label", facts.plan().releases().get(release).name());
      node.put("althing:released", released.isPresent());
      relation("wasInformedBy", List.of(opened.entry()), "informed", id, "informant", before);
      relation(
          "wasAssociatedWith",
          List.of(opened.entry()),
          "activity",
          id,
          "agent",
          COORDINATOR,
          "plan",
          PLAN);
      for (NodeId member : facts.members()) {
        facts.trail().chargesOf(member).stream()
            .filter(c -> c.what().receipt().release().release() == release)
            .filter(c -> c.what().receipt().release().attempt() == attempt)
            .forEach(
                charge -> {
                  List<Integer> entry = List.of(charge.entry());
                  relation("used", entry, "activity", id, "entity", data(member))
                      .put("prov:time", lineage.timeOf(charge.entry()));
                  relation("wasAssociatedWith", entry, "activity", id, "agent", software(member));
                });
      }
      before = id;
    }
  }

  private void outputs() {
    for (Lineage.Output output : lineage.outputs()) {
      String id = "study:" + output.name();
      element("entity", id, output.entries())
          .put("prov:label", output.inWords())
          .put("althing:sha256", output.digest().hex());
      relation("wasAttributedTo", output.entries(), "entity", id, "agent", COORDINATOR);
      String by =
          output
              .release()
              .map(r -> facts.trail().all(StudyEvent.Released.class).get(r).what())
              .map(r -> attempt(r.release(), r.attempt()))
              .orElse(RUN);
      relation("wasGeneratedBy", output.entries(), "entity", id, "activity", by);
    }
  }

  private void document(String id, Digest digest) {
    element("entity", id, List.of(0)).put("althing:sha256", digest.hex());
  }

  private ObjectNode activity(String id, int first, Optional<Integer> last) {
    ObjectNode node =
        element("activity", id, last.map(l -> List.of(first, l)).orElse(List.of(first)));
    node.put("prov:startTime", lineage.timeOf(first));
    last.ifPresent(entry -> node.put("prov:endTime", lineage.timeOf(entry)));
    return node;
  }

  private ObjectNode element(String kind, String id, List<Integer> entries) {
    ObjectNode node = ((ObjectNode) root.get(kind)).putObject(id);
    return evidence(node, entries);
  }

  /** One relation between elements, with {@code ends} as pairs of a PROV attribute and an id. */
  private ObjectNode relation(String kind, List<Integer> entries, String... ends) {
    ObjectNode all = root.has(kind) ? (ObjectNode) root.get(kind) : root.putObject(kind);
    ObjectNode node = all.putObject("_:" + kind + relations.merge(kind, 1, Integer::sum));
    for (int i = 0; i < ends.length; i += 2) {
      node.put("prov:" + ends[i], ends[i + 1]);
    }
    return evidence(node, entries);
  }

  private static ObjectNode evidence(ObjectNode node, List<Integer> entries) {
    ArrayNode numbers = node.putArray("althing:entry");
    entries.forEach(numbers::add);
    return node;
  }

  private static void type(ObjectNode node, String type) {
    node.putObject("prov:type").put("$", type).put("type", "prov:QUALIFIED_NAME");
  }

  private static String attempt(int release, int attempt) {
    return "study:release-%d-attempt-%d".formatted(release + 1, attempt);
  }

  private static String organisation(NodeId node) {
    return "log:organisation/" + node;
  }

  private static String software(NodeId node) {
    return "log:node/" + node;
  }

  private String data(NodeId node) {
    return "log:data/" + node + "/" + local(lineage.contract().id());
  }

  /** As a name in PROV may hold it: letters, digits, hyphens, and the other bytes as %XX. */
  private static String local(String text) {
    StringBuilder name = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      boolean plain =
          (each >= 'a' && each <= 'z')
              || (each >= 'A' && each <= 'Z')
              || (each >= '0' && each <= '9')
              || each == '-';
      name.append(plain ? String.valueOf((char) each) : String.format(Locale.ROOT, "%%%02X", each));
    }
    return name.toString();
  }
}
