package org.althing.coordinator;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import org.althing.coordinator.runner.StudyRunner;
import org.althing.coordinator.session.SessionEndpoint;
import org.althing.coordinator.store.SqliteLog;
import org.althing.document.DocumentError;
import org.althing.party.ModelRegistry;
import org.althing.party.StudyWatch;
import org.althing.study.StudyLog;
import org.jspecify.annotations.Nullable;

/**
 * Puts the coordinator's parts together when the application starts, and takes them down when it
 * stops.
 */
@ApplicationScoped
public class CoordinatorProcess {
  private static final System.Logger LOG = System.getLogger(CoordinatorProcess.class.getName());
  private @Nullable StudyLog log;
  private @Nullable ModelRegistry registry;
  private @Nullable StudyWatch watch;
  private @Nullable StudyRunner runner;
  private @Nullable SessionEndpoint endpoint;

  void start(@Observes StartupEvent event) throws IOException, DocumentError {
    CoordinatorSettings settings =
        CoordinatorSettings.read(Path.of(System.getProperty(CoordinatorMain.CONFIG)));
    StudyLog opened =
        StudyLog.open(SqliteLog.open(settings.state()), settings.origin(), settings.logKey());
    log = opened;
    registry = new ModelRegistry(opened);
    watch = new StudyWatch(opened);
    StudyRunner started =
        new StudyRunner(opened, settings.roster(), settings.patience(), Clock.systemUTC());
    runner = started;
    started.resume();
    SessionEndpoint listening = SessionEndpoint.start(settings.grpc(), settings.tls(), started);
    endpoint = listening;
    LOG.log(
        Level.INFO,
        "nodes dial {0}:{1,number,#}; leads use https://{2}:{3,number,#}; log {4}, {5} entries",
        settings.grpc().getHostString(),
        listening.port(),
        settings.http().getHostString(),
        settings.http().getPort(),
        settings.origin(),
        opened.checkpoint().size());
  }

  void stop(@Observes ShutdownEvent event) {
    if (endpoint != null) {
      endpoint.close();
    }
    if (runner != null) {
      runner.close();
    }
    if (log != null) {
      log.close();
    }
  }

  @Produces
  StudyRunner runner() {
    return started(runner);
  }

  @Produces
  StudyLog log() {
    return started(log);
  }

  @Produces
  StudyWatch watch() {
    return started(watch);
  }

  @Produces
  ModelRegistry registry() {
    return started(registry);
  }

  private static <T> T started(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("the coordinator has not started");
    }
    return part;
  }
}
