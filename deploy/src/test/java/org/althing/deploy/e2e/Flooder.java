package org.althing.deploy.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/**
 * One enrolled identity that does whatever it can to both ports of a coordinator, without a pause,
 * each attack in a thread of its own.
 */
final class Flooder implements AutoCloseable {
  private static final int MESSAGE = 256 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final SSLContext identity;
  private final URI sessions;
  private final URI https;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, AtomicLong> outcomes = new ConcurrentSkipListMap<>();
  private final long begun = System.nanoTime();
  private volatile boolean over;

  Flooder(SSLContext identity, int grpcPort, int httpPort) {
    this.identity = identity;
    this.sessions =
        URI.create("https://127.0.0.1:%d/althing.session.v1.Session/Attend".formatted(grpcPort));
    this.https = URI.create("https://127.0.0.1:%d/".formatted(httpPort));
    begin("many streams", client -> hold(client, 50));
    begin("sessions that read nothing", client -> hold(client, 1));
    begin("streams reset at once", this::reset);
    begin(
        "headers of 64 KiB",
        client -> ask(client, attend(message(8)).header("x-padding", "y".repeat(1 << 16))));
    begin("lengths of 2 GiB", client -> ask(client, attend(prefixed(Integer.MAX_VALUE, 64))));
    begin("messages of no meaning", client -> ask(client, attend(message(MESSAGE))));
    for (int i = 0; i < 4; i++) {
      begin("requests", client -> ask(client, request("log/checkpoint")));
    }
    begin(
        "bodies of 1 MiB",
        client ->
            ask(
                client,
                request("api/studies").POST(BodyPublishers.ofByteArray(new byte[1 << 20]))));
  }

  /** Answers what came of it. */
  private interface Attack {
    String once(HttpClient client) throws Exception;
  }

  private void begin(String name, Attack attack) {
    threads.execute(
        () -> {
          HttpClient client = client();
          while (!over) {
            String outcome;
            try {
              outcome = attack.once(client);
            } catch (IOException | ExecutionException | TimeoutException e) {
              outcome = "broken off or silent";
              client = client();
            } catch (Exception e) {
              return;
            }
            outcomes
                .computeIfAbsent(name + ": " + outcome, key -> new AtomicLong())
                .incrementAndGet();
          }
        });
  }

  private HttpClient client() {
    return HttpClient.newBuilder().sslContext(identity).connectTimeout(PATIENCE).build();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(https.resolve(path)).timeout(PATIENCE);
  }

  private HttpRequest.Builder attend(BodyPublisher body) {
    return HttpRequest.newBuilder(sessions)
        .timeout(PATIENCE)
        .header("content-type", "application/grpc")
        .header("te", "trailers")
        .POST(body);
  }

  /** A gRPC message whose prefix says the truth, full of bytes that are no frame. */
  private static BodyPublisher message(int length) {
    return prefixed(length, length);
  }

  private static BodyPublisher prefixed(int announced, int length) {
    byte[] bytes = new byte[5 + length];
    java.util.Arrays.fill(bytes, (byte) 0xff);
    ByteBuffer.wrap(bytes).put((byte) 0).putInt(announced);
    return BodyPublishers.ofByteArray(bytes);
  }

  private static String ask(HttpClient client, HttpRequest.Builder request) throws Exception {
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    return "%d %s"
        .formatted(
            response.statusCode(),
            response
                .headers()
                .firstValue("grpc-message")
                .map(text -> text.replaceAll(" .*", ""))
                .orElse(response.body().replaceAll("(?s) .*|\\d.*", "")));
  }

  /** Streams that are left open, and whose answers nobody reads. */
  private String hold(HttpClient client, int streams) throws Exception {
    List<CompletableFuture<HttpResponse<Void>>> open = new ArrayList<>();
    for (int i = 0; i < streams; i++) {
      open.add(client.sendAsync(attend(endless()).build(), info -> new Deaf()));
    }
    try {
      CompletableFuture.allOf(open.toArray(CompletableFuture[]::new)).get(5, TimeUnit.SECONDS);
    } finally {
      open.forEach(each -> each.cancel(true));
    }
    return "ended";
  }

  private String reset(HttpClient client) throws Exception {
    client.sendAsync(attend(endless()).build(), info -> new Deaf()).cancel(true);
    Thread.sleep(1);
    return "sent";
  }

  private static BodyPublisher endless() {
    return BodyPublishers.fromPublisher(
        reader ->
            reader.onSubscribe(
                new Flow.Subscription() {
                  @Override
                  public void request(long buffers) {}

                  @Override
                  public void cancel() {}
                }));
  }

  /** Never asks for what was answered. */
  private static final class Deaf implements BodySubscriber<Void> {
    @Override
    public java.util.concurrent.CompletionStage<Void> getBody() {
      return new CompletableFuture<>();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {}

    @Override
    public void onNext(List<ByteBuffer> buffers) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}
  }

  /** How often what came of which attack. */
  Map<String, Long> outcomes() {
    Map<String, Long> counted = new TreeMap<>();
    outcomes.forEach((what, times) -> counted.put(what, times.get()));
    return counted;
  }

  double seconds() {
    return (System.nanoTime() - begun) / 1e9;
  }

  @Override
  public void close() {
    over = true;
    threads.shutdownNow();
  }
}
