package org.althing.deploy.lab;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority for one laboratory: it issues, and then its key is gone with the process.
 * ECDSA P-256, seven days. For a laboratory only: a real federation's members make their own keys
 * and have them certified.
 */
final class ThrowAwayAuthority {
  private static final Duration VALID = Duration.ofDays(7);

  /** Clocks of one machine agree, yet a certificate made in this second must be valid in it. */
  private static final Duration BACKDATED = Duration.ofMinutes(5);

  private static final int SERIAL_BITS = 127;
  private static final String SIGNATURE = "SHA256withECDSA";

  private final SecureRandom random;
  private final Instant now;
  private final KeyPair keys;
  private final X500Name name = new X500Name("CN=Althing laboratory (throw-away)");
  private final X509Certificate certificate;

  /** Who a certificate is for, as peers read it from the one URI in it. */
  record Subject(String uri, Purpose purpose) {
    static Subject node(String id) {
      return new Subject("althing://node/" + id, Purpose.CALLS);
    }

    static Subject lead(String name) {
      return new Subject("althing://lead/" + name, Purpose.CALLS);
    }

    static Subject coordinator() {
      return new Subject("althing://coordinator", Purpose.ANSWERS);
    }
  }

  /** Which side of a connection the holder may be. */
  enum Purpose {
    CALLS,
    ANSWERS
  }

  /** The three files a TLS peer needs. */
  record Credentials(Path certificate, Path key, Path authority) {
    static Credentials in(Path folder) {
      return new Credentials(
          folder.resolve("tls.crt"), folder.resolve("tls.key"), folder.resolve("ca.crt"));
    }
  }

  private ThrowAwayAuthority(SecureRandom random, Instant now)
      throws GeneralSecurityException, IOException, OperatorCreationException {
    this.random = random;
    this.now = now;
    this.keys = newKeys();
    X509v3CertificateBuilder builder = builder(name, keys);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
    builder.addExtension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    this.certificate = sign(builder);
  }

  /** A new authority; its key never leaves this object. */
  static ThrowAwayAuthority create(SecureRandom random, Clock clock) {
    try {
      return new ThrowAwayAuthority(random, clock.instant());
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException("this Java cannot make an ECDSA P-256 certificate", e);
    }
  }

  /**
   * Makes a key pair, certifies it, and writes {@code tls.crt}, {@code tls.key} and {@code ca.crt}
   * into a private folder.
   */
  Credentials issue(Subject subject, Path folder) throws IOException {
    try {
      KeyPair own = newKeys();
      X509Certificate issued = certify(subject, own);
      Credentials files = Credentials.in(folder);
      PrivateFiles.write(files.certificate(), pem(issued));
      PrivateFiles.write(files.key(), pem(own.getPrivate()));
      PrivateFiles.write(files.authority(), pem(certificate));
      return files;
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("this Java cannot make an ECDSA P-256 certificate", e);
    }
  }

  private X509Certificate certify(Subject subject, KeyPair own)
      throws GeneralSecurityException, IOException, OperatorCreationException {
    X509v3CertificateBuilder builder =
        builder(new X500Name("CN=" + subject.uri().substring("althing://".length())), own);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposeId(subject.purpose())));
    builder.addExtension(Extension.subjectAlternativeName, false, alternativeNames(subject));
    return sign(builder);
  }

  private static KeyPurposeId purposeId(Purpose purpose) {
    return purpose == Purpose.CALLS ? KeyPurposeId.id_kp_clientAuth : KeyPurposeId.id_kp_serverAuth;
  }

  private static GeneralNames alternativeNames(Subject subject) {
    List<GeneralName> names = new ArrayList<>();
    names.add(new GeneralName(GeneralName.uniformResourceIdentifier, subject.uri()));
    if (subject.purpose() == Purpose.ANSWERS) {
      names.add(new GeneralName(GeneralName.dNSName, "localhost"));
      names.add(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
    }
    return new GeneralNames(names.toArray(new GeneralName[0]));
  }

  private X509v3CertificateBuilder builder(X500Name subject, KeyPair subjectKeys)
      throws GeneralSecurityException, IOException {
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            new BigInteger(SERIAL_BITS, random).setBit(0),
            Date.from(now.minus(BACKDATED)),
            Date.from(now.plus(VALID)),
            subject,
            subjectKeys.getPublic());
    JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
    builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        extensions.createSubjectKeyIdentifier(subjectKeys.getPublic()));
    builder.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        extensions.createAuthorityKeyIdentifier(keys.getPublic()));
    return builder;
  }

  private X509Certificate sign(X509v3CertificateBuilder builder)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder(SIGNATURE).build(keys.getPrivate())));
  }

  private KeyPair newKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    return generator.generateKeyPair();
  }

  private static String pem(X509Certificate certificate) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter out = new JcaPEMWriter(text)) {
      out.writeObject(certificate);
    }
    return text.toString();
  }

  private static String pem(PrivateKey key) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter out = new JcaPEMWriter(text)) {
      out.writeObject(new JcaPKCS8Generator(key, null));
    }
    return text.toString();
  }
}
