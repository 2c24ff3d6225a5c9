package org.althing.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * Walks over a message before anything is made of it, and refuses what protobuf would read in
 * silence: fields the schema does not have, and a field or a choice given again, whose first value
 * would be dropped. Neither can carry bytes along unread.
 *
 * <p>Counts the fields as well: an empty message inside a list takes two bytes on the wire and some
 * hundred in memory, so that bytes alone bound nothing.
 */
final class WireStrictness {
  /** A bundle of key set-ups among 200 nodes has half as many. */
  static final int MOST_FIELDS = 1 << 18;

  private int fields;

  private WireStrictness() {}

  /** Refuses {@code bytes} that are not {@code type} and nothing else. */
  static void require(Descriptor type, byte[] bytes) throws MalformedMessage {
    try {
      new WireStrictness().walk(CodedInputStream.newInstance(bytes), type);
    } catch (IOException e) {
      throw new MalformedMessage("not a protobuf message: " + e.getMessage());
    }
  }

  /** For a message that gRPC has parsed, and whose fields hold no messages. */
  static void requireKnownFields(Message message) throws MalformedMessage {
    if (!message.getUnknownFields().asMap().isEmpty()) {
      throw unknown(message.getDescriptorForType());
    }
  }

  private void walk(CodedInputStream in, Descriptor type) throws IOException, MalformedMessage {
    long given = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
      if (field == null || WireFormat.getTagWireType(tag) != field.getLiteType().getWireType()) {
        throw unknown(type);
      }
      if (++fields > MOST_FIELDS) {
        throw new MalformedMessage("a message has at most " + MOST_FIELDS + " fields");
      }
      long place = field.isRepeated() ? 0 : place(field);
      if ((given & place) != 0) {
        throw new MalformedMessage(type.getName() + " has a field or a choice twice");
      }
      given |= place;
      if (field.getJavaType() == JavaType.MESSAGE) {
        int limit = in.pushLimit(in.readRawVarint32());
        walk(in, field.getMessageType());
        in.popLimit(limit);
      } else {
        in.skipField(tag);
      }
    }
  }

  /** A bit for each field, and one for all fields of a choice; our field numbers are below 32. */
  private static long place(FieldDescriptor field) {
    return field.getContainingOneof() == null
        ? 1L << field.getNumber()
        : 1L << 32 << field.getContainingOneof().getIndex();
  }

  private static MalformedMessage unknown(Descriptor type) {
    return new MalformedMessage(type.getName() + " has fields that its schema does not");
  }
}
