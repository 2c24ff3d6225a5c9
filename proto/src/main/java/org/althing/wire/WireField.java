package org.althing.wire;

import com.google.protobuf.ByteString;
import org.althing.encoding.Bytes;
import org.althing.encoding.Digest;
import org.althing.federation.NodeId;

/** Single fields to and from the wire; what a domain type refuses it refuses by itself. */
final class WireField {
  private WireField() {}

  static ByteString of(Digest digest) {
    return ByteString.copyFrom(digest.bytes());
  }

  static ByteString of(Bytes bytes) {
    return ByteString.copyFrom(bytes.toArray());
  }

  static Digest digest(ByteString field) {
    return Digest.ofBytes(field.toByteArray());
  }

  static Bytes bytes(ByteString field) {
    return Bytes.of(field.toByteArray());
  }

  static NodeId node(String field) {
    return new NodeId(field);
  }
}
