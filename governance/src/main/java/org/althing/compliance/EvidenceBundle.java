package org.althing.compliance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.althing.audit.InclusionProof;
import org.althing.audit.InclusionReceipt;
import org.althing.audit.SignedNote;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;
import org.althing.report.StudyFolder;
import org.althing.sheet.Language;
import org.althing.study.LogEntry;

/**
 * Everything an officer hands on, as one archive: the study's folder as it was verified, the
 * reports in every language, a receipt for each log entry, and how to check it all.
 *
 * <p>The same study and particulars give the same bytes: entries ascend, are stored as they are,
 * and carry no time.
 */
public final class EvidenceBundle {
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
  private static final String README =
      """
      # Evidence of study %1$s

      | Folder | Content |
      |---|---|
      | `study/` | the study's output folder, complete: what both verifiers read |
      | `reports/` | the reports in English and Chinese, and their forms for programs |
      | `receipts/` | a receipt for each log entry (`.tlog-proof`, c2sp.org/tlog-proof): the entry, its inclusion proof and the cosigned checkpoint |
      | `SHA256SUMS` | digests of all other files |

      To verify, offline:

          althing verify study
          python3 althing_verify.py study
          althing verify receipts/0000.tlog-proof --log-key study/log/key
          sha256sum -c SHA256SUMS

      The second line is an independent verifier in one file of Python (`verifier/althing_verify.py` of Althing's sources). Compare the
      fingerprints that either prints with those the organisations tell you over another channel, or give the roster you know with
      `--roster FILE`. To render a report again and compare it byte for byte:

          althing report record study --lang en%2$s -o record.html

      The plan, which names the study: SHA-256 %3$s

      # 研究 %1$s 的证据包

      `study/` 为完整的研究输出文件夹，两个验证程序均读取它；`reports/` 为中英文报告及其机器可读形式；`receipts/` 为每条日志的凭证（条目、包含证明与联署检查点）；
      `SHA256SUMS` 为其余全部文件的摘要。离线验证：执行上面四条命令；将输出的指纹与各机构经其他渠道告知的指纹比对，或以 `--roster FILE`
      提供您已知的名册。
      """;

  private EvidenceBundle() {}

  /**
   * @param folder the files of the study's folder, verified
   * @param typed the file that the particulars were read from
   */
  public static byte[] of(
      VerifiedStudy study,
      SortedMap<String, Bytes> folder,
      Particulars particulars,
      Optional<Bytes> typed) {
    SortedMap<String, Bytes> files = new TreeMap<>();
    folder.forEach((name, bytes) -> files.put("study/" + name, bytes));
    files.putAll(receipts(study, folder));
    files.putAll(reports(study, particulars));
    typed.ifPresent(bytes -> files.put("particulars.yaml", bytes));
    files.put(
        "README.md",
        text(
            README.formatted(
                study.findings().study().id(),
                typed.isPresent() ? " --particulars particulars.yaml" : "",
                study.findings().plan().digest().hex())));
    files.put("SHA256SUMS", text(sums(files)));
    return zip(files);
  }

  private static SortedMap<String, Bytes> reports(VerifiedStudy study, Particulars particulars) {
    SortedMap<String, Bytes> files = new TreeMap<>();
    put(files, ProcessingRecord.of(study, particulars, Optional.empty()));
    put(files, PrivacyStatement.of(study, particulars));
    QualityReport.of(study, particulars).ifPresent(report -> put(files, report));
    ModelReport.of(study, particulars).ifPresent(report -> put(files, report));
    files.put("reports/privacy-registry.json", Bytes.of(RegistryEntry.of(study, particulars)));
    files.put("reports/lineage.ndjson", Bytes.of(OpenLineage.of(study)));
    files.put("reports/lineage.prov.json", Bytes.of(ProvDocument.of(study)));
    ModelBom.of(study, particulars)
        .ifPresent(bom -> files.put("reports/model-cyclonedx.json", Bytes.of(bom)));
    return files;
  }

  private static void put(SortedMap<String, Bytes> files, ComplianceReport report) {
    for (Language language : Language.values()) {
      String name =
          "reports/%s/%s".formatted(language.name().toLowerCase(Locale.ROOT), report.word());
      files.put(name + ".html", Bytes.of(report.toHtml(language)));
      files.put(name + ".json", Bytes.of(report.toJson(language)));
    }
  }

  private static SortedMap<String, Bytes> receipts(
      VerifiedStudy study, SortedMap<String, Bytes> folder) {
    SortedMap<String, Bytes> files = new TreeMap<>();
    for (int entry = 0; folder.containsKey(StudyFolder.entryName(entry)); entry++) {
      files.put(
          String.format(Locale.ROOT, "receipts/%04d.tlog-proof", entry),
          receipt(folder, StudyFolder.entryName(entry), StudyFolder.proofName(entry)));
    }
    for (LogEntry entry : study.declared()) {
      files.put(
          String.format(Locale.ROOT, "receipts/declared-%04d.tlog-proof", entry.sequence()),
          receipt(
              folder,
              StudyFolder.declaredName(entry.sequence()),
              StudyFolder.declaredProofName(entry.sequence())));
    }
    return files;
  }

  private static Bytes receipt(
      SortedMap<String, Bytes> folder, String entryName, String proofName) {
    try {
      return text(
          new InclusionReceipt(
                  Objects.requireNonNull(folder.get(entryName)),
                  proof(utf8(folder, proofName)),
                  SignedNote.parse(
                      utf8(folder, StudyFolder.CHECKPOINT).getBytes(StandardCharsets.UTF_8)))
              .toText());
    } catch (MalformedEncoding e) {
      throw new IllegalArgumentException("the folder was not verified", e);
    }
  }

  private static InclusionProof proof(String text) {
    try {
      return InclusionProof.parse(text);
    } catch (MalformedEncoding e) {
      throw new IllegalArgumentException("the folder was not verified", e);
    }
  }

  private static String utf8(SortedMap<String, Bytes> folder, String name) {
    Bytes bytes = folder.get(name);
    if (bytes == null) {
      throw new IllegalArgumentException("the folder was not verified: it lacks " + name);
    }
    return new String(bytes.toArray(), StandardCharsets.UTF_8);
  }

  /** As {@code sha256sum} reads them. */
  private static String sums(SortedMap<String, Bytes> files) {
    StringBuilder text = new StringBuilder();
    files.forEach(
        (name, bytes) ->
            text.append(Digest.of(bytes.toArray()).hex()).append("  ").append(name).append('\n'));
    return text.toString();
  }

  private static Bytes text(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] zip(SortedMap<String, Bytes> files) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      // Stored: compressors differ between machines, and the archive must not.
      zip.setMethod(ZipOutputStream.STORED);
      for (Map.Entry<String, Bytes> file : files.entrySet()) {
        byte[] bytes = file.getValue().toArray();
        CRC32 crc = new CRC32();
        crc.update(bytes);
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTimeLocal(NO_TIME);
        entry.setSize(bytes.length);
        entry.setCompressedSize(bytes.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new IllegalStateException("memory can always be written", e);
    }
    return out.toByteArray();
  }
}
