package org.althing.coordinator.session;

import java.time.Duration;
import org.althing.coordinator.access.Rate;
import org.althing.wire.Liveness;

/**
 * Everything that a peer could make grow, with its bound. {@code docs/reliability.md} gives the
 * reason for each shipped value.
 */
record EdgeLimits(Sizes sizes, Times times, Rates rates, Frames frames) {
  private static final int FRAME_OVERHEAD_BYTES = 1024;

  static final EdgeLimits SHIPPED =
      new EdgeLimits(
          new Sizes(
              org.althing.wire.Frames.CHUNK_BYTES + FRAME_OVERHEAD_BYTES,
              8 * 1024,
              4 << 20,
              64 << 20),
          new Times(
              Duration.ofSeconds(10),
              Duration.ofSeconds(60),
              Liveness.ASK_AFTER,
              Liveness.ANSWER_WITHIN,
              Liveness.LEAST_GAP),
          new Rates(
              new Rate(1000, Duration.ofSeconds(4)),
              new Rate(64 << 20, Duration.ofSeconds(2)),
              new Rate(10, Duration.ofSeconds(20)),
              new Rate(100, Duration.ofSeconds(30)),
              new Counts(2, 8, 4096)),
          new Frames(new Rate(10_000, Duration.ofSeconds(4)), 16, 100));

  /**
   * In bytes.
   *
   * @param message the largest gRPC message, which is one frame of ours
   * @param metadata the largest header list
   * @param window of HTTP/2, for a stream and for its connection: what may lie unread in memory
   * @param unsent the most that waits for a peer that does not read
   */
  record Sizes(int message, int metadata, int window, int unsent) {}

  /**
   * @param handshake until TLS and HTTP/2 stand
   * @param idle how long a connection may stay without a session
   * @param keepAlive silence after which the peer is asked whether it is there
   * @param keepAliveTimeout how long it may take to answer
   * @param pingGap how soon after the last a peer may ask the same of us
   */
  record Times(
      Duration handshake,
      Duration idle,
      Duration keepAlive,
      Duration keepAliveTimeout,
      Duration pingGap) {}

  /**
   * @param frames of an identity
   * @param bytes of an identity
   * @param sessions that an identity opens
   * @param resets of streams, on one connection
   */
  record Rates(Rate frames, Rate bytes, Rate sessions, Rate resets, Counts counts) {}

  /**
   * @param streams at a time on one connection
   * @param connections of one identity on which sessions may be opened
   * @param identities whose rates are remembered
   */
  record Counts(int streams, int connections, int identities) {}

  /**
   * HTTP/2 frames of one connection.
   *
   * @param rate at which they are read
   * @param emptyData frames of DATA that carry nothing and end nothing, in all
   * @param openStreams that the peer has opened and neither ended nor reset
   */
  record Frames(Rate rate, int emptyData, int openStreams) {}
}
