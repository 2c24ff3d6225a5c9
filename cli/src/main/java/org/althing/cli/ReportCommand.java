package org.althing.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.althing.compliance.ComplianceReport;
import org.althing.compliance.EvidenceBundle;
import org.althing.compliance.ModelBom;
import org.althing.compliance.ModelReport;
import org.althing.compliance.OpenLineage;
import org.althing.compliance.Particulars;
import org.althing.compliance.PrivacyStatement;
import org.althing.compliance.ProcessingRecord;
import org.althing.compliance.ProvDocument;
import org.althing.compliance.QualityReport;
import org.althing.compliance.RegistryEntry;
import org.althing.compliance.VerifiedStudy;
import org.althing.document.ParticularsDocument;
import org.althing.document.RosterDocument;
import org.althing.encoding.Bytes;
import org.althing.federation.NodeId;
import org.althing.federation.Roster;
import org.althing.sheet.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code report KIND FOLDER}: what an officer files, rendered from a verified study. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = {
      "Write what an officer files of a study: record, privacy, quality, model, lineage, or a bundle of all.",
      "Verifies the study's folder first; all is from its log or from the particulars, and says which.",
      "What nobody stated is printed as not stated. Offline."
    })
public final class ReportCommand implements Callable<Integer> {
  /** What to write. */
  enum Kind {
    RECORD,
    PRIVACY,
    QUALITY,
    MODEL,
    LINEAGE,
    BUNDLE
  }

  /** For whom to write it. */
  enum Format {
    HTML,
    JSON,
    OPENLINEAGE,
    PROV;

    boolean ofLineage() {
      return this == OPENLINEAGE || this == PROV;
    }
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "KIND",
      description = {
        "record: GDPR Art. 30, PIPL Art. 54-56, HIPAA.",
        "privacy: the guarantee, in plain words and exactly.",
        "quality: ISO/IEC 5259-2, AI Act Art. 10, EHDS Art. 78.",
        "model: the model card.",
        "lineage: whose data became what, for catalogues; from the log alone.",
        "bundle: a zip of the folder, all reports in both languages, and receipts."
      })
  private Kind kind = Kind.RECORD;

  @Parameters(index = "1", paramLabel = "FOLDER", description = "The study's output folder.")
  private Path folder = Path.of("");

  @Option(names = "--lang", paramLabel = "LANG", description = "en or zh; en unless given.")
  private Language language = Language.EN;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = {
        "html for people, which prints well; it is so unless given.",
        "json for programs; of privacy as an entry of the OpenDP deployments registry, of model as CycloneDX 1.6.",
        "openlineage (2-0-2, one event to a line; so unless given) or prov (W3C PROV-JSON): of lineage alone."
      })
  private Optional<Format> format = Optional.empty();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "Where it goes; STUDY-KIND.FORMAT in the working folder unless given.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--org",
      paramLabel = "NODE",
      description = "Of a record: this organisation alone.")
  private Optional<String> organisation = Optional.empty();

  @Option(
      names = "--particulars",
      paramLabel = "FILE",
      description = "What only people can say: controllers, contacts, legal basis, retention.")
  private Optional<Path> particulars = Optional.empty();

  @Option(
      names = "--roster",
      paramLabel = "FILE",
      description = "The roster you know; the log must name the same members and keys.")
  private Optional<Path> roster = Optional.empty();

  /**
   * What there is to write from.
   *
   * @param files the folder's, verified
   * @param typed the file that the particulars were read from
   */
  private record Material(
      VerifiedStudy study,
      SortedMap<String, Bytes> files,
      Particulars said,
      Optional<Bytes> typed) {}

  @Override
  public Integer call() {
    requireSense();
    Material material = material();
    Path file = out.orElse(Path.of(name(material.study())));
    if (file.toAbsolutePath().normalize().startsWith(folder.toAbsolutePath().normalize())) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "%s is in the study's folder, which a file too many would spoil: give -o elsewhere"
              .formatted(file));
    }
    byte[] bytes = bytes(material);
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw CommandFailure.unwritable(file, e);
    }
    int missing = kind == Kind.LINEAGE ? 0 : report(material).missing();
    PrintWriter talk = spec.commandLine().getOut();
    talk.printf(
        "%s: the folder holds%s%n",
        file,
        missing == 0 ? "" : "; %d fields are not stated: see --particulars".formatted(missing));
    talk.flush();
    return ExitCode.OK.code();
  }

  /** Whether the kind has all that the options ask for. */
  private void requireSense() {
    if (kind != Kind.RECORD && organisation.isPresent()) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT, "--org is for a record; the other reports are of the whole study");
    }
    if (kind == Kind.BUNDLE && format.isPresent()) {
      throw new CommandFailure(ExitCode.BAD_INPUT, "a bundle has every format: leave --format out");
    }
    if (format.isPresent() && format.get().ofLineage() != (kind == Kind.LINEAGE)) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "--format is openlineage or prov for lineage, html or json for the other reports");
    }
    if (kind == Kind.LINEAGE && particulars.isPresent()) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT, "lineage is from the log alone: leave --particulars out");
    }
  }

  private Material material() {
    Optional<Roster> pinned = roster.map(file -> DocumentFile.read(file, RosterDocument::read));
    SortedMap<String, Bytes> files = VerifyCommand.load(folder);
    VerifiedStudy study = FolderVerifier.verified(files, pinned, folder.toString());
    Optional<Bytes> typed = particulars.map(file -> Bytes.of(DocumentFile.bytes(file)));
    Particulars said =
        typed
            .map(
                text ->
                    DocumentFile.read(
                        particulars.orElseThrow(), text.toArray(), ParticularsDocument::read))
            .orElse(Particulars.NONE);
    Roster members = study.findings().plan().roster();
    if (!said.strangers(members).isEmpty()) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "the particulars speak of %s, but the study's members are %s: correct the names"
              .formatted(said.strangers(members), members.ids()));
    }
    return new Material(study, files, said, typed);
  }

  private byte[] bytes(Material from) {
    if (kind == Kind.BUNDLE) {
      return EvidenceBundle.of(from.study(), from.files(), from.said(), from.typed());
    }
    if (kind == Kind.LINEAGE) {
      return format.orElse(Format.OPENLINEAGE) == Format.PROV
          ? ProvDocument.of(from.study())
          : OpenLineage.of(from.study());
    }
    ComplianceReport report = report(from);
    if (format.orElse(Format.HTML) == Format.HTML) {
      return report.toHtml(language);
    }
    if (kind == Kind.PRIVACY) {
      return RegistryEntry.of(from.study(), from.said());
    }
    return kind == Kind.MODEL
        ? ModelBom.of(from.study(), from.said()).orElseThrow(this::noSuchReport)
        : report.toJson(language);
  }

  /** Of a bundle, the report that asks for most; lineage, which asks for nothing, is none. */
  private ComplianceReport report(Material from) {
    return switch (kind) {
      case RECORD, BUNDLE, LINEAGE -> processing(from);
      case PRIVACY -> PrivacyStatement.of(from.study(), from.said());
      case QUALITY -> QualityReport.of(from.study(), from.said()).orElseThrow(this::noSuchReport);
      case MODEL -> ModelReport.of(from.study(), from.said()).orElseThrow(this::noSuchReport);
    };
  }

  private ComplianceReport processing(Material from) {
    try {
      return ProcessingRecord.of(from.study(), from.said(), organisation.map(NodeId::new));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.BAD_INPUT, "--org: " + e.getMessage(), e);
    }
  }

  private CommandFailure noSuchReport() {
    return new CommandFailure(
        ExitCode.BAD_INPUT,
        "%s holds no finished %s: give the folder of one"
            .formatted(folder, kind == Kind.QUALITY ? "quality audit" : "model"));
  }

  private String name(VerifiedStudy study) {
    String extension =
        switch (kind) {
          case BUNDLE -> "zip";
          case LINEAGE -> format.orElse(Format.OPENLINEAGE) == Format.PROV ? "prov.json" : "ndjson";
          default -> format.orElse(Format.HTML).name().toLowerCase(Locale.ROOT);
        };
    return "%s-%s.%s"
        .formatted(study.findings().study().id(), kind.name().toLowerCase(Locale.ROOT), extension);
  }
}
