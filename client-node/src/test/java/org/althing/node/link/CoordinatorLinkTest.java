package org.althing.node.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Server;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.stub.StreamObserver;
import java.io.FileWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.althing.wire.Frames;
import org.althing.wire.v1.Frame;
import org.althing.wire.v1.SessionGrpc;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CoordinatorLinkTest {
  @TempDir private Path folder;
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  private final CoordinatorLink.Listener listener =
      new CoordinatorLink.Listener() {
        @Override
        public void connected() {}

        @Override
        public void received(byte[] message) {
          heard.add("received " + message.length);
        }

        @Override
        public void disconnected(String why) {
          heard.add("disconnected " + why);
        }
      };

  @BeforeEach
  void oneCertificateForBothEnds() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair keys = generator.generateKeyPair();
    X500Name name = new X500Name("CN=test");
    Instant now = Instant.now();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            BigInteger.ONE,
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(Duration.ofHours(1))),
            name,
            keys.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
    write(
        "tls.crt",
        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    write("tls.key", new JcaPKCS8Generator(keys.getPrivate(), null));
  }

  private void write(String file, Object content) throws Exception {
    try (JcaPEMWriter out = new JcaPEMWriter(new FileWriter(folder.resolve(file).toFile()))) {
      out.writeObject(content);
    }
  }

  /** By its own pauses gRPC would make the tenth attempt after more than a minute. */
  @Test
  void triesAnAbsentCoordinatorAgainWithinItsLongestWait() throws Exception {
    try (ServerSocket absent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        CoordinatorLink link =
            new CoordinatorLink(target(absent.getLocalPort()), listener, Duration.ofMillis(100))) {
      link.start();
      absent.accept().close();
      long begin = System.nanoTime();
      for (int attempt = 1; attempt < 10; attempt++) {
        absent.accept().close();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMinutes(1));
    }
  }

  /** The coordinator's host is there, its process answers nothing any more. */
  @Test
  @Tag("nightly")
  void findsWithinAMinuteThatTheOtherEndIsSilent() throws Exception {
    NioEventLoopGroup transport = new NioEventLoopGroup(2);
    CountDownLatch silence = new CountDownLatch(1);
    Server server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                TlsServerCredentials.newBuilder()
                    .keyManager(file("tls.crt").toFile(), file("tls.key").toFile())
                    .build())
            .channelType(NioServerSocketChannel.class)
            .bossEventLoopGroup(transport)
            .workerEventLoopGroup(transport)
            .addService(new Greeting())
            .build()
            .start();
    try (CoordinatorLink link = new CoordinatorLink(target(server.getPort()), listener)) {
      link.start();
      link.send(new byte[] {1, 2});
      assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo("received 3");
      transport.forEach(thread -> thread.execute(() -> await(silence)));
      long begin = System.nanoTime();
      assertThat(heard.poll(120, TimeUnit.SECONDS)).startsWith("disconnected UNAVAILABLE");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMinutes(1));
    } finally {
      silence.countDown();
      server.shutdownNow();
      transport.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private CoordinatorLink.Target target(int port) {
    return new CoordinatorLink.Target(
        "localhost", port, file("tls.crt"), file("tls.key"), file("tls.crt"));
  }

  /** Answers the first frame with three bytes. */
  private static final class Greeting extends SessionGrpc.SessionImplBase {
    @Override
    public StreamObserver<Frame> attend(StreamObserver<Frame> toNode) {
      return new StreamObserver<>() {
        @Override
        public void onNext(Frame frame) {
          Frames.of(new byte[3]).forEach(toNode::onNext);
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {}
      };
    }
  }
}
