package org.althing.deploy.lab;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
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
  private final Consumer<PlanSheet> objection;

  private LabRun(
      Distribution distribution,
      PrintWriter out,
      Talk talk,
      boolean keep,
      Consumer<PlanSheet> objection) {
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
   * @param objection looks at every plan before anything is started, and throws where it must not
   *     run
   */
  public static LabRun with(
      Distribution distribution,
      PrintWriter out,
      PrintWriter err,
      Afterwards afterwards,
      Consumer<PlanSheet> objection) {
    return new LabRun(distribution, out, Talk.on(err), afterwards == Afterwards.KEEP, objection);
  }

  /**
   * Runs the studies in order.
   *
   * @param folder gets one folder per study, and {@code logs}
   */
  public ExitCode run(Path federationFile, List<Path> studyFiles, Path folder)
      throws InterruptedException {
    LabInput input = LabInput.read(federationFile, studyFiles);
    FederationFiles files = FederationFiles.read(federationFile);
    Map<String, Policy> policies = new TreeMap<>();
    files.policies().forEach((node, policy) -> policies.put(node.value(), policy));
    Map<String, Integer> releases = showPlans(files, input);
    try {
      return run(new Course(input, policies, releases, folder));
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.DEFECT, "the laboratory cannot write its files: " + e.getMessage(), e);
    }
  }

  /** Prints every plan; answers how many releases each study has. */
  private Map<String, Integer> showPlans(FederationFiles files, LabInput input) {
    Map<String, Integer> releases = new TreeMap<>();
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    for (LabInput.StudyFile study : input.studies()) {
      PlanSheet sheet = FederationPlan.of(files, study.study(), today);
      out.println(PlanText.of(sheet));
      out.flush();
      objection.accept(sheet);
      releases.put(study.study().id(), sheet.planned().plan().releases().size());
    }
    out.flush();
    return releases;
  }

  /** What one run works with. */
  private record Course(
      LabInput input, Map<String, Policy> policies, Map<String, Integer> releases, Path folder) {}

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
    boolean all = ends.stream().allMatch(StudyCourse.End::completed);
    return all ? ExitCode.OK : ExitCode.STUDY_UNSUCCESSFUL;
  }

  private void runStudies(Lab lab, LabFolders folders, Course course, List<StudyCourse.End> ends)
      throws IOException, InterruptedException {
    String first = course.input().studies().get(0).study().lead();
    lab.awaitReady(
        new CoordinatorClient(folders.ports().http(), folders.lead(first)), folders.nodes());
    talk.line("All nodes attend.");
    for (LabInput.StudyFile study : course.input().studies()) {
      String id = study.study().id();
      CoordinatorClient client =
          new CoordinatorClient(folders.ports().http(), folders.lead(study.study().lead()));
      ends.add(
          new StudyCourse(lab::requireAlive, client, talk)
              .run(
                  study,
                  course.input().contractText(),
                  course.releases().getOrDefault(id, 0),
                  course.folder().resolve(id)));
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
