package org.althing.wire;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Map;

/**
 * Refuses what protobuf would carry along unread: fields the schema does not have, at any depth.
 */
final class WireStrictness {
  private WireStrictness() {}

  static void requireKnownFields(Message message) throws MalformedMessage {
    if (!message.getUnknownFields().asMap().isEmpty()) {
      throw new MalformedMessage(
          message.getDescriptorForType().getName() + " has fields that its schema does not");
    }
    for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
      if (field.getValue() instanceof Message inner) {
        requireKnownFields(inner);
      } else if (field.getKey().isRepeated() && field.getValue() instanceof List<?> items) {
        for (Object item : items) {
          if (item instanceof Message inner) {
            requireKnownFields(inner);
          }
        }
      }
    }
  }
}
