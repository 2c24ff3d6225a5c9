package org.althing.deploy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.althing.cli.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The root help: verbs by the person who uses them, then what each exit code means. */
final class VerbGroups {
  private static final int MARGIN = 2;
  private static final int VERB_COLUMN = 22;
  private static final int CODE_COLUMN = 4;
  private static final Pattern SENTENCE_END = Pattern.compile("(?<=\\.)\\s+(?=\\p{Lu})");

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

  /** Lists the verbs of the root by persona. */
  static void arrange(CommandLine root) {
    Map<String, IHelpSectionRenderer> sections = root.getHelpSectionMap();
    sections.put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
    sections.put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, VerbGroups::render);
  }

  /**
   * Heads the help of every verb with its first sentence, which lists of verbs show too, and lets
   * the rest flow to the terminal's width.
   */
  static void headWithFirstSentences(CommandLine line) {
    UsageMessageSpec usage = line.getCommandSpec().usageMessage();
    String whole = String.join(" ", usage.description()).strip();
    String[] parts = SENTENCE_END.split(whole, 2);
    usage.header(parts[0], "");
    usage.description(parts.length == 1 ? new String[0] : new String[] {"", parts[1], ""});
    line.getSubcommands().values().forEach(VerbGroups::headWithFirstSentences);
  }

  private static String render(Help help) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, List<String>> group : BY_PERSONA.entrySet()) {
      TextTable rows = table(help, VERB_COLUMN);
      group.getValue().forEach(verb -> addRows(rows, help, verb));
      text.append(String.format("%n%s%n%s", group.getKey(), rows));
    }
    TextTable codes = table(help, CODE_COLUMN);
    for (ExitCode code : ExitCode.values()) {
      codes.addRowValues(Integer.toString(code.code()), code.meaning());
    }
    text.append(String.format("%nExit codes%n%s", codes));
    text.append(String.format("%nNext: althing demo, or althing VERB --help%n"));
    return text.toString();
  }

  private static TextTable table(Help help, int firstColumn) {
    return TextTable.forColumns(
        help.colorScheme(),
        new Column(firstColumn + MARGIN, MARGIN, Column.Overflow.SPAN),
        new Column(
            help.commandSpec().usageMessage().width() - firstColumn - MARGIN,
            0,
            Column.Overflow.WRAP));
  }

  private static void addRows(TextTable rows, Help help, String verb) {
    String launched = OF_THE_LAUNCHER.get(verb);
    if (launched != null) {
      rows.addRowValues(verb, launched);
      return;
    }
    Help own = help.subcommands().get(verb);
    if (own == null) {
      return;
    }
    if (own.subcommands().isEmpty()) {
      rows.addRowValues(verb, headOf(own));
    }
    own.subcommands().forEach((name, sub) -> rows.addRowValues(verb + " " + name, headOf(sub)));
  }

  private static String headOf(Help help) {
    return help.commandSpec().usageMessage().header()[0];
  }
}
