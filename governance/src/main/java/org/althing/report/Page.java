package org.althing.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.althing.encoding.Digest;

/**
 * One self-contained HTML page: nothing is fetched, nothing runs, and the content policy says so.
 * Sections get a number and an entry in the table of contents.
 */
public final class Page {
  private final Frame frame;
  private final String title;
  private final Markup head;
  private final List<Section> sections = new ArrayList<>();

  private record Section(String id, String title, Markup body) {}

  /**
   * What surrounds the sections.
   *
   * @param language as HTML names it, such as {@code en}
   * @param skip words of the link that skips the head
   * @param skipTo id of the section it leads to
   * @param contents name of the table of contents
   * @param style rules that a page has besides those of all pages
   */
  public record Frame(String language, String skip, String skipTo, String contents, String style) {
    static final Frame OF_RESULTS =
        new Frame("en", "Skip to the results", "results", "Contents", "");
  }

  /**
   * @param head what stands above the table of contents
   */
  Page(String title, Markup head) {
    this(Frame.OF_RESULTS, title, head);
  }

  /** The same in another frame. */
  public Page(Frame frame, String title, Markup head) {
    this.frame = frame;
    this.title = title;
    this.head = head;
  }

  public Page section(String id, String sectionTitle, Markup body) {
    sections.add(new Section(id, sectionTitle, body));
    return this;
  }

  public byte[] toBytes() {
    Markup out = new Markup();
    out.verbatim("<!DOCTYPE html>\n").open("html", "lang", frame.language()).line().open("head");
    out.bare("meta", "charset", "utf-8");
    out.bare("meta", "http-equiv", "Content-Security-Policy", "content", policy());
    out.bare("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    out.bare("meta", "name", "referrer", "content", "no-referrer");
    out.leaf("title", title).open("style").verbatim(style()).close().close().line();
    out.open("body").leaf("a", frame.skip(), "class", "skip", "href", "#" + frame.skipTo());
    out.open("main").add(head).add(contents());
    for (int i = 0; i < sections.size(); i++) {
      Section section = sections.get(i);
      out.line().open("section", "id", section.id(), "aria-labelledby", section.id() + "-h");
      out.open("h2", "id", section.id() + "-h").leaf("span", Integer.toString(i + 1)).text(" ");
      out.text(section.title()).close().line().add(section.body()).close();
    }
    out.line().close().close().close().line();
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private Markup contents() {
    Markup out = new Markup().open("nav", "aria-label", frame.contents()).open("ol");
    for (Section section : sections) {
      out.open("li").leaf("a", section.title(), "href", "#" + section.id()).close();
    }
    return out.close().close().line();
  }

  private String style() {
    return PageStyle.CSS + frame.style();
  }

  private String policy() {
    byte[] hash = Digest.of(style().getBytes(StandardCharsets.UTF_8)).bytes();
    return "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'"
        .formatted(Base64.getEncoder().encodeToString(hash));
  }
}
