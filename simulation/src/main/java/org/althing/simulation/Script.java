package org.althing.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The faults of one play, in no order that matters; written and read as one line each. */
record Script(List<Fault> faults) {
  static final Script NONE = new Script(List.of());

  Script {
    faults = List.copyOf(faults);
  }

  Script without(int index) {
    List<Fault> fewer = new ArrayList<>(faults);
    fewer.remove(index);
    return new Script(fewer);
  }

  /** One fault a line, such as {@code Kill party=2 at=PT1.5S down=PT10S}. */
  String toText() {
    StringBuilder text = new StringBuilder();
    for (Fault fault : faults) {
      text.append(fault.getClass().getSimpleName());
      for (RecordComponent part : fault.getClass().getRecordComponents()) {
        text.append(' ').append(part.getName()).append('=').append(value(fault, part));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static Object value(Fault fault, RecordComponent part) {
    try {
      return part.getAccessor().invoke(fault);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("a record's parts can be read", e);
    }
  }

  /** Reads {@link #toText} back; blank lines and lines that begin with # say nothing. */
  static Script parse(List<String> lines) {
    List<Fault> faults = new ArrayList<>();
    for (String line : lines) {
      if (!line.isBlank() && !line.startsWith("#")) {
        faults.add(fault(line.strip().split(" ")));
      }
    }
    return new Script(faults);
  }

  private static Fault fault(String[] words) {
    for (Class<?> kind : Fault.class.getPermittedSubclasses()) {
      if (kind.getSimpleName().equals(words[0])) {
        RecordComponent[] parts = kind.getRecordComponents();
        if (parts.length != words.length - 1) {
          throw new IllegalArgumentException(
              "%s has %d parts, got %d".formatted(words[0], parts.length, words.length - 1));
        }
        Object[] values = new Object[parts.length];
        Class<?>[] types = new Class<?>[parts.length];
        for (int i = 0; i < parts.length; i++) {
          types[i] = parts[i].getType();
          values[i] = read(parts[i], words[i + 1]);
        }
        try {
          var constructor = kind.getDeclaredConstructor(types);
          return (Fault) constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException("a record has the constructor of its parts", e);
        }
      }
    }
    throw new IllegalArgumentException("there is no fault " + words[0]);
  }

  private static Object read(RecordComponent part, String word) {
    if (!word.startsWith(part.getName() + "=")) {
      throw new IllegalArgumentException("expected " + part.getName() + "=..., got " + word);
    }
    String text = word.substring(part.getName().length() + 1);
    if (part.getType() == int.class) {
      return Integer.parseInt(text);
    }
    if (part.getType() == boolean.class) {
      return Boolean.parseBoolean(text);
    }
    if (part.getType() == Duration.class) {
      return Duration.parse(text);
    }
    if (part.getType() == Fault.WriteEffect.class) {
      return Fault.WriteEffect.valueOf(text.toUpperCase(Locale.ROOT));
    }
    return Fault.MessageEffect.valueOf(text.toUpperCase(Locale.ROOT));
  }
}
