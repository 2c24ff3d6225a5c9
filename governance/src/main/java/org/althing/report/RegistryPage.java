package org.althing.report;

import java.util.List;

/** The models of a coordinator on one page for people; nothing runs in it. */
public final class RegistryPage {
  private static final Page.Frame FRAME =
      new Page.Frame("en", "Skip to the models", "models", "Contents", "");

  private RegistryPage() {}

  /**
   * @param models in the order of the log; shown the newest first
   */
  public static byte[] of(List<RegisteredModel> models) {
    Markup head = new Markup();
    head.leaf("p", "Coordinator", "class", "over").line();
    head.leaf("h1", "Models").line();
    head.leaf(
            "p",
            "Models of finished studies. Each follows from releases in the log alone, and its digest is in the log.",
            "class",
            "lede")
        .line();
    return new Page(FRAME, "Models \u00b7 Althing", head)
        .section("models", "Models, the newest first", list(models))
        .section("fetch", "How to fetch and to ask", how())
        .toBytes();
  }

  private static Markup list(List<RegisteredModel> models) {
    Markup out = new Markup();
    if (models.isEmpty()) {
      return out.leaf(
          "p", "No finished study has fitted a model yet. Next: althing lab submit STUDY.yaml");
    }
    out.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", "Models");
    out.open("table").leaf("caption", "Models").line();
    out.open("thead").open("tr");
    for (String name :
        List.of("Study", "Version", "Method", "Issued", "Model (SHA-256)", "Log entry", "Files")) {
      out.leaf("th", name, "scope", "col");
    }
    out.close().close().line().open("tbody");
    for (int i = models.size() - 1; i >= 0; i--) {
      row(out, models.get(i));
    }
    return out.close().close().close().line();
  }

  private static void row(Markup out, RegisteredModel model) {
    String base = "/api/models/%s/%d".formatted(model.study(), model.version());
    out.open("tr").open("th", "scope", "row").text(model.study());
    out.open("div").leaf("small", model.title()).close().close();
    out.leaf("td", Integer.toString(model.version()), "class", "n");
    out.leaf("td", model.method());
    out.leaf("td", Wording.time(model.issued()));
    out.open("td").leaf("code", model.digest().brief(), "title", model.digest().hex()).close();
    out.leaf("td", Long.toString(model.place()), "class", "n");
    out.open("td").leaf("a", "card", "href", base).text(", ");
    out.leaf("a", "report", "href", base + "/report.html").text(", ");
    out.leaf("a", "model.json", "href", base + "/model.json").close();
    out.close().line();
  }

  private static Markup how() {
    Markup out = new Markup();
    out.open("p").text("Everything here asks for the certificate of a study lead. ");
    out.leaf("a", "Studies as they stand", "href", "/studies").text(", ");
    out.leaf("a", "all requests as OpenAPI", "href", "/openapi.yaml").text(".").close();
    out.leaf(
        "pre",
        """
        GET  /api/models                           every model
        GET  /api/models/STUDY/VERSION             its card: figures, intervals, groups
        GET  /api/models/STUDY/VERSION/model.json  the model; althing model export writes ONNX and PMML
        POST /api/models/STUDY/VERSION/score       {"row": {...}} or {"rows": [...]}
        """);
    return out.leaf(
        "p",
        "VERSION is a number or \"latest\". A copy of the whole folder, with every proof, is the study's bundle; althing verify checks it.");
  }
}
