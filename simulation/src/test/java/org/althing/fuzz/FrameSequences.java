package org.althing.fuzz;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.althing.wire.FrameAssembly;
import org.althing.wire.Frames;
import org.althing.wire.MalformedMessage;
import org.althing.wire.v1.Frame;

/**
 * Frames of one direction, each as it lies on the wire (two bytes of length before it), with
 * stretches of zeros that make a frame long without making the input long.
 */
final class FrameSequences implements FuzzTarget {
  private static final int STEP = 32 * 1024;

  @Override
  public boolean take(byte[] input) {
    Input in = new Input(input);
    FrameAssembly assembly = new FrameAssembly();
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    while (!in.isEmpty()) {
      try {
        Frame frame = frame(in);
        sent.writeBytes(frame.getChunk().toByteArray());
        Optional<byte[]> whole = assembly.add(frame);
        if (whole.isPresent() != frame.getLast()) {
          throw new AssertionError("the last frame of a message completes it, no other does");
        }
        if (whole.isPresent()) {
          Promise.sameBytes(sent.toByteArray(), whole.get());
          reassemble(whole.get());
          sent.reset();
        }
      } catch (InvalidProtocolBufferException e) {
        // gRPC reads frames before we do, and ends the call.
        return false;
      } catch (MalformedMessage e) {
        Promise.showable(e);
        return false;
      }
    }
    if (sent.size() > Frames.MOST_MESSAGE_BYTES) {
      throw new AssertionError("more is held than a message may have");
    }
    return true;
  }

  private static Frame frame(Input in) throws InvalidProtocolBufferException {
    int padding = in.octet();
    if (padding >= 0xF0) {
      // As a peer would that sends as much as it can.
      ByteString zeros = ByteString.copyFrom(new byte[(padding - 0xF0) * STEP]);
      return Frame.newBuilder().setChunk(zeros).setLast(in.octet() == 1).build();
    }
    return Frame.parseFrom(in.some());
  }

  private static void reassemble(byte[] message) throws MalformedMessage {
    FrameAssembly other = new FrameAssembly();
    Optional<byte[]> whole = Optional.empty();
    for (Frame frame : Frames.of(message)) {
      whole = other.add(frame);
    }
    Promise.sameBytes(message, whole.orElse(new byte[0]));
  }

  @Override
  public SortedMap<String, byte[]> seeds() {
    SortedMap<String, byte[]> seeds = new TreeMap<>();
    seeds.put("empty-message", new byte[] {0, 2, 0x10, 1});
    seeds.put("one-frame", new byte[] {0, 5, 0x0a, 1, 7, 0x10, 1});
    seeds.put("two-frames", new byte[] {0, 3, 0x0a, 1, 7, 0, 5, 0x0a, 1, 8, 0x10, 1});
    seeds.put("full-frame", new byte[] {(byte) 0xF8, 0, 0, 2, 0x10, 1});
    seeds.put("refused-too-long-a-frame", new byte[] {(byte) 0xF9, 1});
    return seeds;
  }

  @Override
  public int mostBytes() {
    return 128;
  }

  /** Two bytes stand for up to 480 KiB of zeros, which are then held, copied and framed again. */
  @Override
  public Allowance allowance() {
    return new Allowance(1 << 20, 3L << 20);
  }
}
