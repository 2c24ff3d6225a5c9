package org.althing.coordinator.console;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.althing.coordinator.access.CallerAllowances;
import org.althing.coordinator.access.Rate;
import org.jspecify.annotations.Nullable;

/**
 * Slows down a caller that asks more than its share, before anything of its request is dealt with.
 * A connection has one request at a time, so a flood waits where it comes from. {@code
 * docs/reliability.md} gives the reason for each value.
 */
@ApplicationScoped
public class RequestPacing {
  private static final Rate REQUESTS = new Rate(1000, Duration.ofSeconds(4));
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final int MOST_CALLERS = 4096;

  /** So many bytes of a body count as one request more. */
  private static final int BODY_BYTES = 4096;

  /** A body whose length is not announced counts as the longest. */
  private static final long MOST_BODY_BYTES = 1 << 20;

  /** Before all others. */
  private static final int FIRST = 10_000;

  private static final int TOO_MANY_REQUESTS = 429;

  private final CallerAllowances allowances =
      new CallerAllowances(REQUESTS, LONGEST_WAIT, MOST_CALLERS, System::nanoTime);

  void register(@Observes Filters filters) {
    filters.register(this::pace, FIRST);
  }

  private void pace(RoutingContext context) {
    HttpServerRequest request = context.request();
    OptionalLong wait =
        allowances.pay(CallerFilter.caller(request.connection().sslSession()), cost(request));
    if (wait.isEmpty()) {
      // Closed here: the header alone closes it when the request's body has arrived.
      var ignored =
          context
              .response()
              .setStatusCode(TOO_MANY_REQUESTS)
              .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain")
              .putHeader("Retry-After", Long.toString(LONGEST_WAIT.toSeconds()))
              .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
              .end(
                  "ALT-API-008 more is asked under this certificate than 250 requests in a second\n")
              .onComplete(said -> request.connection().close());
    } else if (wait.getAsLong() == 0) {
      context.next();
    } else {
      request.pause();
      long millis = TimeUnit.NANOSECONDS.toMillis(wait.getAsLong()) + 1;
      context
          .vertx()
          .setTimer(
              millis,
              timer -> {
                request.resume();
                context.next();
              });
    }
  }

  private static long cost(HttpServerRequest request) {
    String announced = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    boolean hasBody = announced != null || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    return hasBody ? 1 + bodyBytes(announced) / BODY_BYTES : 1;
  }

  private static long bodyBytes(@Nullable String announced) {
    try {
      return announced == null
          ? MOST_BODY_BYTES
          : Math.min(Math.max(0, Long.parseLong(announced)), MOST_BODY_BYTES);
    } catch (NumberFormatException e) {
      return MOST_BODY_BYTES;
    }
  }
}
