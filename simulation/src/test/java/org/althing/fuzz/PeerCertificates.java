package org.althing.fuzz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.coordinator.access.PeerName;
import org.althing.study.Examples;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;

/**
 * Certificates whose subject alternative names are whatever their authority let through. The
 * signature means nothing here: TLS has checked it before a name is read.
 */
final class PeerCertificates implements FuzzTarget {
  private static final ASN1ObjectIdentifier ED25519 = new ASN1ObjectIdentifier("1.3.101.112");

  @Override
  public boolean take(byte[] input) throws Exception {
    X509Certificate certificate;
    try {
      certificate = certificate(input);
    } catch (CertificateException e) {
      // What is no certificate ends the handshake.
      return false;
    }
    Optional<PeerName> peer = PeerName.of(certificate);
    if (peer.isEmpty()) {
      return false;
    }
    if (peer.get().name().isEmpty()) {
      throw new AssertionError("a peer without a name");
    }
    String written =
        "althing://" + peer.get().role().name().toLowerCase(java.util.Locale.ROOT) + "/";
    if (!new String(input, java.nio.charset.StandardCharsets.ISO_8859_1).contains(written)) {
      throw new AssertionError("a peer's role that the certificate does not spell out");
    }
    return true;
  }

  private static X509Certificate certificate(byte[] names) throws Exception {
    X500Name name = new X500Name("CN=althing://node/org-z");
    byte[] encoded =
        new X509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(Instant.EPOCH),
                Date.from(Instant.EPOCH.plusSeconds(1)),
                name,
                new SubjectPublicKeyInfo(
                    new AlgorithmIdentifier(ED25519), Examples.key(0).verifyingKey().bytes()))
            .addExtension(Extension.subjectAlternativeName, false, names)
            .build(unsigned())
            .getEncoded();
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded));
  }

  private static ContentSigner unsigned() {
    return new ContentSigner() {
      @Override
      public AlgorithmIdentifier getAlgorithmIdentifier() {
        return new AlgorithmIdentifier(ED25519);
      }

      @Override
      public OutputStream getOutputStream() {
        return OutputStream.nullOutputStream();
      }

      @Override
      public byte[] getSignature() {
        return new byte[64];
      }
    };
  }

  @Override
  public SortedMap<String, byte[]> seeds() {
    SortedMap<String, byte[]> seeds = new TreeMap<>();
    seeds.put("node", names(uri("althing://node/org-a")));
    seeds.put(
        "lead", names(uri("althing://lead/lead-one"), new GeneralName(GeneralName.dNSName, "x")));
    seeds.put("refused-two", names(uri("althing://node/org-a"), uri("althing://node/org-b")));
    seeds.put("refused-no-name", names(uri("althing://node/")));
    seeds.put("refused-other", names(new GeneralName(GeneralName.rfc822Name, "a@b")));
    return seeds;
  }

  private static GeneralName uri(String uri) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, uri);
  }

  private static byte[] names(GeneralName... names) {
    try {
      return new GeneralNames(names).getEncoded();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<String> words() {
    return List.of("althing://node/", "althing://lead/", "org-a", "althing://", "//", "%00", "@");
  }

  @Override
  public int mostBytes() {
    return 1000;
  }

  @Override
  public Allowance allowance() {
    return new Allowance(2 << 20, 2000);
  }
}
