package org.althing.coordinator.console;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.althing.coordinator.runner.StudyRunner;
import org.althing.party.StudyWatch;
import org.althing.report.StudiesPage;
import org.althing.study.StudyRecord;

/** The studies as they stand on one page for people. */
@Path("/studies")
public class StudiesPageResource {
  /** The newest; older ones are in the list for programs. */
  private static final int MOST = 20;

  @Inject Instance<StudyRunner> runner;
  @Inject Instance<StudyWatch> watch;

  @GET
  @Produces("text/html; charset=utf-8")
  public Response page() {
    List<StudyRecord> records = runner.get().records();
    return Response.ok(
            StudiesPage.of(
                records.subList(Math.max(0, records.size() - MOST), records.size()).stream()
                    .flatMap(
                        record -> watch.get().of(record, StudyResource.outcome(record)).stream())
                    .toList()))
        .build();
  }
}
