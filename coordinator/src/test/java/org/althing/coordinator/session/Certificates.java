package org.althing.coordinator.session;

import java.io.ByteArrayInputStream;
import java.io.FileWriter;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority of the test, and files of identities that it certifies. */
final class Certificates {
  private static final Duration DAY = Duration.ofDays(1);
  private final X500Name name;
  private final KeyPair keys;
  private final X509Certificate own;
  private final Path folder;
  private int serial = 1;

  Certificates(Path folder, String name) throws Exception {
    this.folder = Files.createDirectories(folder);
    this.name = new X500Name("CN=" + name);
    this.keys = newKeys();
    X509v3CertificateBuilder builder = builder(this.name, keys, Instant.now().plus(DAY));
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
    this.own = sign(builder);
  }

  /** An identity whose certificate holds these URIs, valid for a day. */
  SessionEndpoint.Credentials issue(String... uris) throws Exception {
    return issue(Instant.now().plus(DAY), uris);
  }

  SessionEndpoint.Credentials issue(Instant until, String... uris) throws Exception {
    KeyPair subject = newKeys();
    X509v3CertificateBuilder builder = builder(new X500Name("CN=peer"), subject, until);
    GeneralName[] names = new GeneralName[uris.length + 1];
    names[0] = new GeneralName(GeneralName.dNSName, "localhost");
    for (int i = 0; i < uris.length; i++) {
      names[i + 1] = new GeneralName(GeneralName.uniformResourceIdentifier, uris[i]);
    }
    builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    Path files = Files.createDirectories(folder.resolve("peer" + serial));
    return new SessionEndpoint.Credentials(
        pem(files.resolve("tls.crt"), sign(builder)),
        pem(files.resolve("tls.key"), new JcaPKCS8Generator(subject.getPrivate(), null)),
        pem(files.resolve("ca.crt"), own));
  }

  /** For a peer that speaks TLS by itself; {@code credentials} may be nobody's. */
  static SSLContext context(Optional<SessionEndpoint.Credentials> credentials) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    if (credentials.isPresent()) {
      store.setKeyEntry(
          "own",
          KeyFactory.getInstance("EC")
              .generatePrivate(new PKCS8EncodedKeySpec(der(credentials.get().key()))),
          new char[0],
          new Certificate[] {
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(der(credentials.get().certificate())))
          });
    }
    own.init(store, new char[0]);
    // Whom the hostile peer trusts is no matter here.
    context.init(own.getKeyManagers(), new TrustManager[] {new Credulous()}, null);
    return context;
  }

  private static byte[] der(Path pem) throws IOException {
    return Base64.getMimeDecoder()
        .decode(Files.readString(pem).replaceAll("-----[A-Z ]+-----", ""));
  }

  private static final class Credulous implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  private X509v3CertificateBuilder builder(X500Name subject, KeyPair subjectKeys, Instant until) {
    return new JcaX509v3CertificateBuilder(
        name,
        BigInteger.valueOf(++serial),
        Date.from(until.minus(DAY).minus(DAY)),
        Date.from(until),
        subject,
        subjectKeys.getPublic());
  }

  private X509Certificate sign(X509v3CertificateBuilder builder)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
  }

  private static KeyPair newKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static Path pem(Path file, Object content) throws IOException {
    try (JcaPEMWriter out = new JcaPEMWriter(new FileWriter(file.toFile()))) {
      out.writeObject(content);
    }
    return file;
  }
}
