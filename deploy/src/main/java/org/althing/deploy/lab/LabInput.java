package org.althing.deploy.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.althing.cli.CommandFailure;
import org.althing.cli.ExitCode;
import org.althing.contract.Contract;
import org.althing.document.BindingDocument;
import org.althing.document.ContractDocument;
import org.althing.document.DocumentError;
import org.althing.document.Federation;
import org.althing.document.Federation.Organisation;
import org.althing.document.FederationDocument;
import org.althing.document.StudyDocument;
import org.althing.encoding.Bytes;
import org.althing.study.Study;

/**
 * The files a laboratory is made of, read and checked before anything is started.
 *
 * @param base the folder that the federation file's paths are relative to
 * @param contractText the bytes the contract was read from, which are what nodes hash and sign
 */
record LabInput(
    Federation federation,
    Path base,
    Contract contract,
    Bytes contractText,
    List<StudyFile> studies) {
  private static final Pattern LEAD = Pattern.compile("[A-Za-z0-9._-]{1,63}");

  /** A study and the bytes it was read from, which are what nodes hash and sign. */
  record StudyFile(Path file, Study study, Bytes text) {}

  LabInput {
    studies = List.copyOf(studies);
  }

  /** Reads everything; any error names file, line and remedy, and ends the command as bad input. */
  static LabInput read(Path federationFile, List<Path> studyFiles) {
    try {
      Federation federation =
          FederationDocument.read(nameOf(federationFile), bytes(federationFile));
      Path base = federationFile.toAbsolutePath().normalize().getParent();
      if (base == null) {
        throw bad(federationFile + " is not a file");
      }
      Path contractFile = base.resolve(federation.contractFile());
      byte[] contractText = bytes(contractFile);
      Contract contract = ContractDocument.parse(nameOf(contractFile), contractText);
      for (Organisation organisation : federation.organisations()) {
        requireFiles(base, organisation);
        Path binding = base.resolve(organisation.bindingFile());
        BindingDocument.parse(nameOf(binding), bytes(binding), contract);
      }
      return new LabInput(
          federation, base, contract, Bytes.of(contractText), readStudies(studyFiles));
    } catch (DocumentError e) {
      throw new CommandFailure(ExitCode.BAD_INPUT, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.BAD_INPUT, "cannot read: " + e.getMessage(), e);
    }
  }

  /** Study files, each with another id. */
  static List<StudyFile> readStudies(List<Path> files) {
    try {
      List<StudyFile> studies = new ArrayList<>();
      for (Path file : files) {
        byte[] text = bytes(file);
        studies.add(
            new StudyFile(file, lead(StudyDocument.read(nameOf(file), text)), Bytes.of(text)));
      }
      requireDistinct(studies);
      return studies;
    } catch (DocumentError e) {
      throw new CommandFailure(ExitCode.BAD_INPUT, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.BAD_INPUT, "cannot read: " + e.getMessage(), e);
    }
  }

  /** A study whose lead a laboratory can certify under the name policies know. */
  private static Study lead(Study study) {
    if (!LEAD.matcher(study.lead()).matches()) {
      throw bad(
          "study "
              + study.id()
              + ": the laboratory makes a certificate for its lead, so 'lead:' must be 1 to 63 letters, digits,"
              + " dots, hyphens or underscores");
    }
    return study;
  }

  private static void requireFiles(Path base, Organisation organisation) {
    List<String> files = new ArrayList<>(organisation.dataFiles());
    files.add(organisation.bindingFile());
    files.add(organisation.policyFile());
    for (String file : files) {
      if (!Files.isReadable(base.resolve(file))) {
        throw bad(
            "organisation "
                + organisation.id()
                + ": there is no readable file "
                + base.resolve(file)
                + "; paths are relative to the federation file");
      }
    }
  }

  private static void requireDistinct(List<StudyFile> studies) {
    if (studies.stream().map(each -> each.study().id()).distinct().count() != studies.size()) {
      throw bad("two of the studies have the same id; each writes a folder of that name");
    }
  }

  private static byte[] bytes(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw bad("there is no file " + file);
    }
  }

  private static String nameOf(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static CommandFailure bad(String message) {
    return new CommandFailure(ExitCode.BAD_INPUT, message);
  }
}
