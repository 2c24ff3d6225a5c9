package org.althing.document;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code customProperties} of an ODCS element: a list of name and value. Only names we know may
 * stand there, so that a misspelt one is not passed over.
 */
final class CustomProperties {
  private final Map<String, Mapping> byName = new LinkedHashMap<>();

  CustomProperties(Mapping owner, List<String> names) throws DocumentError {
    for (Mapping property : owner.optionalMappings("customProperties")) {
      String name = property.choice("property", names);
      StandardForm.ofCustomProperty(property);
      if (byName.put(name, property) != null) {
        throw property.error("property", name + " is given twice", "keep one");
      }
    }
  }

  /** The entry of a property, whose {@code value} key the caller reads. */
  Optional<Mapping> entry(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
