package org.althing.deploy;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** Version of this build and of the Java it runs on. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String built =
        Objects.requireNonNullElse(
            Althing.class.getPackage().getImplementationVersion(), "from source");
    return new String[] {"althing " + built, "java " + Runtime.version()};
  }
}
