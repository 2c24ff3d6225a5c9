package org.althing.simulation.bench;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;
import org.althing.secagg.Input;
import org.althing.secagg.InputHeader;
import org.althing.secagg.MaskedVector;
import org.althing.secagg.Ready;
import org.althing.secagg.ReadyHeader;
import org.althing.secagg.RoundMessage;
import org.althing.secagg.ShareBox;
import org.althing.session.ToCoordinator;
import org.althing.wire.FrameAssembly;
import org.althing.wire.Frames;
import org.althing.wire.MalformedMessage;
import org.althing.wire.SessionCodec;
import org.althing.wire.v1.Frame;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** From a message to frames and back: an input of 10⁶ words, and the READY of one of 100 nodes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class Codec {
  static final int VECTOR_BYTES = 8_000_000;
  private static final Digest ANY = Digest.of(new byte[0]);
  private static final NodeId SENDER = new NodeId("node-001");
  private static final Bytes SIGNATURE = Bytes.of(new byte[64]);

  private final byte[] vector = new byte[VECTOR_BYTES];
  private final ToCoordinator input = said(input(vector));
  private final ToCoordinator ready = said(ready());
  private final List<Frame> inputFrames = framed(input);
  private final List<Frame> readyFrames = framed(ready);

  private static Input input(byte[] vector) {
    return new Input(
        new InputHeader(SENDER, ANY, ANY, ANY, ANY, SIGNATURE),
        MaskedVector.ofLittleEndian(ByteBuffer.wrap(vector)),
        Bytes.of(new byte[300]));
  }

  private static Ready ready() {
    List<ShareBox> boxes = new ArrayList<>();
    for (int i = 2; i <= 100; i++) {
      NodeId to = new NodeId("node-%03d".formatted(i));
      boxes.add(new ShareBox(SENDER, to, Bytes.of(new byte[ShareBox.SEALED_BYTES])));
    }
    return new Ready(new ReadyHeader(SENDER, ANY, ANY, ANY, ANY, SIGNATURE), boxes);
  }

  private static ToCoordinator said(RoundMessage message) {
    return new ToCoordinator.Round(ANY, 0, 1, message);
  }

  private static List<Frame> framed(ToCoordinator message) {
    return Frames.of(SessionCodec.write(message));
  }

  private static ToCoordinator read(List<Frame> frames) throws MalformedMessage {
    FrameAssembly assembly = new FrameAssembly();
    for (Frame frame : frames.subList(0, frames.size() - 1)) {
      assembly.add(frame);
    }
    return SessionCodec.readToCoordinator(
        assembly.add(frames.get(frames.size() - 1)).orElseThrow());
  }

  @Benchmark
  public List<Frame> writeInput() {
    return framed(input);
  }

  @Benchmark
  public ToCoordinator readInput() throws MalformedMessage {
    return read(inputFrames);
  }

  @Benchmark
  public List<Frame> writeReady() {
    return framed(ready);
  }

  @Benchmark
  public ToCoordinator readReady() throws MalformedMessage {
    return read(readyFrames);
  }

  /** Reading the vector alone: into words, and hashed. */
  @Benchmark
  public MaskedVector readVector() {
    return MaskedVector.ofLittleEndian(ByteBuffer.wrap(vector));
  }

  /** One copy of the input's bytes. */
  @Benchmark
  public byte[] copyInput() {
    return vector.clone();
  }
}
