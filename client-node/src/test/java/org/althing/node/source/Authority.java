package org.althing.node.source;

import java.io.IOException;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Issues certificates for servers of tests; each has keys of its own, whatever its name. */
final class Authority {
  private final X500Name name;
  private final KeyPair keys = newKeys();

  Authority(String name) {
    this.name = new X500Name(name);
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has this curve", e);
    }
  }

  /** Its own certificate. */
  void write(Path file) throws IOException, OperatorCreationException {
    JcaX509v3CertificateBuilder builder = builder(1, name, keys);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    write(file, signed(builder));
  }

  /** A certificate for a server with this host name, and its key. */
  void issue(String host, Path certificate, Path key)
      throws IOException, OperatorCreationException {
    KeyPair own = newKeys();
    JcaX509v3CertificateBuilder builder = builder(2, new X500Name("CN=" + host), own);
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
    write(certificate, signed(builder));
    write(key, new JcaPKCS8Generator(own.getPrivate(), null));
  }

  private JcaX509v3CertificateBuilder builder(int serial, X500Name subject, KeyPair of) {
    Instant now = Instant.now();
    return new JcaX509v3CertificateBuilder(
        name,
        BigInteger.valueOf(serial),
        Date.from(now.minus(Duration.ofHours(1))),
        Date.from(now.plus(Duration.ofHours(1))),
        subject,
        of.getPublic());
  }

  private X509CertificateHolder signed(JcaX509v3CertificateBuilder builder)
      throws OperatorCreationException {
    return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
  }

  private static void write(Path file, Object content) throws IOException {
    try (Writer text = Files.newBufferedWriter(file);
        JcaPEMWriter out = new JcaPEMWriter(text)) {
      out.writeObject(content);
    }
  }
}
