package org.althing.deploy.lab;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.althing.cli.CommandFailure;
import org.althing.cli.ExitCode;
import org.althing.cli.FederationFiles;
import org.althing.cli.FederationPlan;
import org.althing.policy.Policy;
import org.althing.sheet.PlanSheet;
import org.althing.sheet.PlanText;

/**
 * A whole laboratory: plans shown, processes started, studies run, processes ended whatever
 * happens, summary printed.
 */
public final class LabRun {
  private final Distribution distribution;
  private final PrintWriter out;
  private final Talk talk;
  private final boolean keep;
  private final Function<PlanSheet, Optional<String>> objection;

  private LabRun(
      Distribution distribution,
      PrintWriter out,
      Talk talk,
      boolean keep,
      Function<PlanSheet, Optional<String>> objection) {
    this.distribution = distribution;
    this.out = out;
    this.talk = talk;
    this.keep = keep;
    this.objection = objection;
  }

  /**
   * Whether the laboratory's own folder, with its throw-away keys and its ledgers, outlives the
   * run.
   */
  public enum Afterwards {
    REMOVE,
    KEEP
  }

  /**
   * Talks to {@code err}, prints the plans and the summary to {@code out}.
   *
   * @param objection looks at every plan before anything is started, and says why it must not run
   */
  public static LabRun with(
      Distribution distribution,
      PrintWriter out,
      PrintWriter err,
      Afterwards afterwards,
      Function<PlanSheet, Optional<String>> objection) {
    return new LabRun(distribution, out, Talk.on(err), afterwards == Afterwards.KEEP, objection);
  }

  /**
   * Runs the studies in order, but for those that an objection stands against; a study that is
   * stopped or refused leaves the others their turn.
   *
   * @param folder gets one folder per study, and {@code logs}
   * @return the code of the first study without its result
   * @throws CommandFailure where no study may run, or the laboratory itself fails
   */
  public ExitCode run(Path federationFile, List<Path> studyFiles, Path folder)
      throws InterruptedException {
    LabInput input = LabInput.read(federationFile, studyFiles);
    FederationFiles files = FederationFiles.read(federationFile);
    Map<String, Policy> policies = new TreeMap<>();
    files.policies().forEach((node, policy) -> policies.put(node.value(), policy));
    Plans plans = showPlans(files, input);
    if (plans.refused().size() == input.studies().size()) {
      throw new CommandFailure(
          ExitCode.REFUSED, String.join(System.lineSeparator(), plans.refused().values()));
    }
    try {
      return run(new Course(input, policies, plans, folder));
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.DEFECT, "the laboratory cannot write its files: " + e.getMessage(), e);
    }
  }

  /**
   * What is known before anything is started, by the studies' ids.
   *
   * @param releases how many each has
   * @param refused why those that must not run may not, in the studies' order
   */
  private record Plans(Map<String, Integer> releases, Map<String, String> refused) {}

  /** Prints every plan, and what stands against it. */
  private Plans showPlans(FederationFiles files, LabInput input) {
    Map<String, Integer> releases = new TreeMap<>();
    Map<String, String> refused = new LinkedHashMap<>();
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    for (LabInput.StudyFile study : input.studies()) {
      PlanSheet sheet = FederationPlan.of(files, study.study(), today);
      out.println(PlanText.of(sheet));
      out.flush();
      objection.apply(sheet).ifPresent(why -> refused.put(study.study().id(), why));
      releases.put(study.study().id(), sheet.planned().plan().releases().size());
    }
    return new Plans(releases, refused);
  }

  /** What one run works with. */
  private record Course(LabInput input, Map<String, Policy> policies, Plans plans, Path folder) {}

  private ExitCode run(Course course) throws IOException, InterruptedException {
    Files.createDirectories(course.folder());
    Path state = course.folder().resolve("lab");
    List<StudyCourse.End> ends = new ArrayList<>();
    Accounts accounts;
    try {
      LabFolders folders =
          LabFolders.write(state, course.input(), leads(course.input()), new SecureRandom());
      Path logs = course.folder().resolve("logs");
      talk.line(
          "Starting a coordinator and %d nodes; their logs are in %s"
              .formatted(folders.nodes().size(), Summary.shown(logs)));
      try (Lab lab = Lab.start(distribution, folders, logs)) {
        runStudies(lab, folders, course, ends);
      }
      accounts = Accounts.read(folders, course.input());
    } finally {
      if (!keep) {
        PrivateFiles.delete(state);
      }
    }
    out.print(Summary.of(course.input(), course.policies(), ends, accounts));
    out.flush();
    return StudyCourse.End.first(ends);
  }

  private void runStudies(Lab lab, LabFolders folders, Course course, List<StudyCourse.End> ends)
      throws IOException, InterruptedException {
    String first = course.input().studies().get(0).study().lead();
    lab.awaitReady(
        new CoordinatorClient(folders.ports().http(), folders.lead(first)), folders.nodes());
    talk.line("All nodes attend.");
    for (LabInput.StudyFile study : course.input().studies()) {
      String id = study.study().id();
      Path results = course.folder().resolve(id);
      String objected = course.plans().refused().get(id);
      if (objected != null) {
        talk.line("  %s  refused, see below".formatted(id));
        ends.add(new StudyCourse.End(study, ExitCode.REFUSED, "refused: " + objected, results));
        continue;
      }
      CoordinatorClient client =
          new CoordinatorClient(folders.ports().http(), folders.lead(study.study().lead()));
      ends.add(
          new StudyCourse(lab::requireAlive, client, talk)
              .run(
                  study,
                  course.input().contractText(),
                  course.plans().releases().getOrDefault(id, 0),
                  results));
    }
  }

  private static java.util.Set<String> leads(LabInput input) {
    return input.studies().stream().map(each -> each.study().lead()).collect(Collectors.toSet());
  }

  /**
   * Refuses a folder that holds anything: results of an earlier run are not to be mixed with new
   * ones.
   */
  public static void requireEmpty(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      if (entries.findAny().isPresent()) {
        throw new CommandFailure(ExitCode.CONFLICT, folder + " is not empty; name a new folder");
      }
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT, folder + " is no folder to write to; name another", e);
    }
  }
}
