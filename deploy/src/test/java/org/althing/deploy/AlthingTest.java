package org.althing.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.althing.cli.CommandFailure;
import org.althing.cli.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class AlthingTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter talk = new StringWriter();

  @Test
  void everyMountedVerbStandsUnderOnePersona() {
    List<String> grouped = VerbGroups.BY_PERSONA.values().stream().flatMap(List::stream).toList();
    assertThat(grouped)
        .doesNotHaveDuplicates()
        .containsAll(Althing.commandLine().getSubcommands().keySet());
  }

  @Test
  void everyVerbOfTheHelpExists() {
    Set<String> known = Althing.commandLine().getSubcommands().keySet();
    Set<String> shown =
        VerbGroups.BY_PERSONA.values().stream()
            .flatMap(List::stream)
            .filter(verb -> !VerbGroups.OF_THE_LAUNCHER.containsKey(verb))
            .collect(Collectors.toSet());
    assertThat(shown).isEqualTo(known);
  }

  @Test
  void helpNamesEveryVerbAndExitCode() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .contains(VerbGroups.BY_PERSONA.keySet())
        .contains("coordinator run")
        .contains("70  a defect");
  }

  @Test
  void everyVerbExplainsItself() {
    helpOfAll(Althing.commandLine());
  }

  private static void helpOfAll(CommandLine line) {
    for (Map.Entry<String, CommandLine> verb : line.getSubcommands().entrySet()) {
      CommandLine sub = verb.getValue();
      assertThat(sub.getCommandSpec().usageMessage().header()[0])
          .as("first sentence of %s", sub.getCommandSpec().qualifiedName())
          .endsWith(".")
          .hasSizeBetween(20, 200);
      assertThat(sub.getCommandSpec().mixinStandardHelpOptions())
          .as("--help of %s", sub.getCommandSpec().qualifiedName())
          .isTrue();
      helpOfAll(sub);
    }
  }

  @Test
  void anUnknownVerbIsBadInputWithASuggestion() {
    assertThat(run("cordinator")).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(talk.toString())
        .contains("cordinator")
        .contains("Did you mean: althing coordinator")
        .contains("Next: althing --help");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void noVerbAtAllIsBadInput() {
    assertThat(run()).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(talk.toString()).contains("a verb is missing");
  }

  @ParameterizedTest
  @EnumSource(ExitCode.class)
  void aFailureEndsWithItsOwnCodeAndItsMessageAlone(ExitCode code) {
    assertThat(runFailing(new CommandFailure(code, "budget short; ask the steward")))
        .isEqualTo(code.code());
    assertThat(talk.toString()).isEqualToIgnoringNewLines("althing: budget short; ask the steward");
  }

  @Test
  void anyOtherExceptionIsADefect() {
    assertThat(runFailing(new IllegalStateException("impossible"))).isEqualTo(70);
    assertThat(talk.toString()).contains("a defect in Althing").contains("impossible");
  }

  private int run(String... arguments) {
    return Althing.execute(captured(Althing.commandLine()), arguments);
  }

  private int runFailing(RuntimeException failure) {
    CommandLine line = Althing.commandLine();
    line.addSubcommand("fail", new Failing(failure));
    return Althing.execute(captured(line), "fail");
  }

  private CommandLine captured(CommandLine line) {
    return line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(talk, true));
  }

  @Command(name = "fail")
  private record Failing(RuntimeException failure) implements Callable<Integer> {
    @Override
    public Integer call() {
      throw failure;
    }
  }
}
