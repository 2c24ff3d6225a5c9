package org.althing.coordinator;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.nio.file.Path;
import org.althing.document.DocumentError;

/** Starts the coordinator from its configuration file: {@code --config FILE}. */
@QuarkusMain
public final class CoordinatorMain implements QuarkusApplication {
  static final String CONFIG = "althing.coordinator.config";
  private static final int BAD_INPUT = 2;

  public static void main(String[] arguments) {
    if (arguments.length != 2 || !arguments[0].equals("--config")) {
      System.err.println("usage: althing coordinator run --config FILE");
      System.exit(BAD_INPUT);
    }
    try {
      Path file = Path.of(arguments[1]);
      CoordinatorSettings settings = CoordinatorSettings.read(file);
      System.setProperty(CONFIG, file.toString());
      // Quarkus reads its own configuration before any bean exists, so it is told here.
      System.setProperty("quarkus.http.host", settings.http().getHostString());
      System.setProperty("quarkus.http.ssl-port", Integer.toString(settings.http().getPort()));
      System.setProperty(
          "quarkus.tls.key-store.pem.0.cert", settings.tls().certificate().toString());
      System.setProperty("quarkus.tls.key-store.pem.0.key", settings.tls().key().toString());
      System.setProperty(
          "quarkus.tls.trust-store.pem.certs", settings.tls().authority().toString());
    } catch (DocumentError e) {
      System.err.println(e.getMessage());
      System.exit(BAD_INPUT);
    } catch (IOException e) {
      System.err.println("ALT-COORD-001 the configuration cannot be read: " + e);
      System.exit(BAD_INPUT);
    }
    Quarkus.run(CoordinatorMain.class);
  }

  @Override
  public int run(String... arguments) {
    Quarkus.waitForExit();
    return 0;
  }
}
