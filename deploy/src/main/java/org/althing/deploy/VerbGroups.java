package org.althing.deploy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.althing.cli.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The root help: verbs by the person who uses them, then what each exit code means. */
final class VerbGroups {
  private static final int VERB_COLUMN = 22;

  /**
   * Persona to verbs, in the order they are shown; a mounted verb that is missing here fails the
   * build's tests.
   */
  static final Map<String, List<String>> BY_PERSONA = byPersona();

  /** Verbs that the launcher script runs by itself, with what they do. */
  static final Map<String, String> OF_THE_LAUNCHER =
      Map.of(
          "test", "Build everything and run every test; --nightly adds the slow ones.",
          "simulate",
              "Play federations with faults and lies, each from a seed, and check what must hold.",
          "bench", "Measure the core against this machine's own limits; --quick with fewer rows.");

  private VerbGroups() {}

  private static Map<String, List<String>> byPersona() {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    groups.put("Anyone, first", List.of("demo", "test"));
    groups.put(
        "Study lead: asks the question, takes the model home",
        List.of("contract", "study", "lab", "model", "predict"));
    groups.put("Steward: runs the node beside the data", List.of("node"));
    groups.put("Officer: checks what was done", List.of("verify", "report"));
    groups.put("Operator: keeps the coordinator running", List.of("coordinator"));
    groups.put("Contributor: changes Althing", List.of("simulate", "bench"));
    return groups;
  }

  static void arrange(CommandLine root) {
    Map<String, IHelpSectionRenderer> sections = root.getHelpSectionMap();
    sections.put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
    sections.put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, VerbGroups::render);
  }

  private static String render(Help help) {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, List<String>> group : BY_PERSONA.entrySet()) {
      List<String> rows = new ArrayList<>();
      for (String verb : group.getValue()) {
        rows.addAll(rowsOf(help, verb));
      }
      if (!rows.isEmpty()) {
        lines.add("");
        lines.add(group.getKey());
        lines.addAll(rows);
      }
    }
    lines.add("");
    lines.add("Exit codes");
    for (ExitCode code : ExitCode.values()) {
      lines.add(String.format("  %-4d%s", code.code(), code.meaning()));
    }
    lines.add("");
    lines.add("Next: althing demo, or althing VERB --help");
    return String.join(System.lineSeparator(), lines) + System.lineSeparator();
  }

  private static List<String> rowsOf(Help help, String verb) {
    String launched = OF_THE_LAUNCHER.get(verb);
    if (launched != null) {
      return List.of(row(verb, launched));
    }
    Help own = help.subcommands().get(verb);
    if (own == null) {
      return List.of();
    }
    if (own.subcommands().isEmpty()) {
      return List.of(row(verb, firstLine(own)));
    }
    List<String> rows = new ArrayList<>();
    own.subcommands().forEach((name, sub) -> rows.add(row(verb + " " + name, firstLine(sub))));
    return rows;
  }

  private static String firstLine(Help help) {
    String[] description = help.commandSpec().usageMessage().description();
    return description.length == 0 ? "" : description[0];
  }

  private static String row(String verb, String description) {
    return String.format("  %-" + VERB_COLUMN + "s%s", verb, description);
  }
}
