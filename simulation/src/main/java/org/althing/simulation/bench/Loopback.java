package org.althing.simulation.bench;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;

/**
 * What this machine's loopback takes at best: one plain connection, neither encrypted nor framed.
 *
 * @param roundTrip of one byte, in nanoseconds
 * @param perByte of a long transfer one way, in nanoseconds
 */
record Loopback(double roundTrip, double perByte) {
  private static final int ROUND_TRIPS = 2_000;
  private static final int CHUNK_BYTES = 1 << 20;
  private static final int CHUNKS = 64;
  private static final int PASSES = 5;

  static Loopback measured() throws IOException {
    Loopback best = new Loopback(Double.MAX_VALUE, Double.MAX_VALUE);
    for (int i = 0; i < PASSES; i++) {
      Loopback pass = pass();
      best =
          new Loopback(
              Math.min(best.roundTrip, pass.roundTrip), Math.min(best.perByte, pass.perByte));
    }
    return best;
  }

  private static Loopback pass() throws IOException {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket here = new Socket(listening.getInetAddress(), listening.getLocalPort());
        Socket there = listening.accept()) {
      here.setTcpNoDelay(true);
      there.setTcpNoDelay(true);
      CompletableFuture<Void> answers = CompletableFuture.runAsync(() -> answer(there));
      InputStream in = here.getInputStream();
      OutputStream out = here.getOutputStream();
      long begun = System.nanoTime();
      for (int i = 0; i < ROUND_TRIPS; i++) {
        out.write(1);
        in.read();
      }
      long between = System.nanoTime();
      byte[] chunk = new byte[CHUNK_BYTES];
      for (int i = 0; i < CHUNKS; i++) {
        out.write(chunk);
      }
      in.read();
      long end = System.nanoTime();
      answers.join();
      return new Loopback(
          (between - begun) / (double) ROUND_TRIPS,
          (end - between) / (double) (CHUNKS * CHUNK_BYTES));
    }
  }

  private static void answer(Socket there) {
    try {
      DataInputStream in = new DataInputStream(there.getInputStream());
      OutputStream out = there.getOutputStream();
      for (int i = 0; i < ROUND_TRIPS; i++) {
        out.write(in.read());
      }
      byte[] chunk = new byte[CHUNK_BYTES];
      for (int i = 0; i < CHUNKS; i++) {
        in.readFully(chunk);
      }
      out.write(1);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
