package org.althing.study;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What data may be used for, or what a study is for, in codes of the Data Use Ontology: a primary
 * category, the disease of a disease-specific one, and modifiers, with labels of the Data Privacy
 * Vocabulary. As text the words stand side by side: {@code DUO:0000007 MONDO:0005267 DUO:0000046
 * dpv:ScientificResearch}.
 *
 * <p>DUO (github.com/EBISPOT/DUO, CC BY 4.0) defines the terms and leaves the matching open; ours
 * is {@link #allows}.
 *
 * @param disease a code such as {@code MONDO:0005267}, of a disease-specific purpose alone
 * @param modifiers DUO codes: what an owner requires, or what a study undertakes
 * @param labels DPV terms, such as {@code dpv:ScientificResearch}; they decide nothing
 */
public record Purpose(
    Category category,
    Optional<String> disease,
    SortedSet<String> modifiers,
    SortedSet<String> labels) {
  private static final Pattern DUO = Pattern.compile("DUO:[0-9]{7}");
  private static final Pattern DISEASE =
      Pattern.compile("(MONDO|DOID|ORPHA|ICD10|ICD11|OMIM|HP|SNOMED):[A-Za-z0-9.]{1,20}");
  private static final Pattern LABEL = Pattern.compile("dpv:[A-Za-z]{1,80}");

  /** The primary categories. */
  public enum Category {
    NO_RESTRICTION("DUO:0000004", "no restriction"),
    GENERAL_RESEARCH("DUO:0000042", "general research"),
    BIOMEDICAL_RESEARCH("DUO:0000006", "health, medical or biomedical research"),
    DISEASE_RESEARCH("DUO:0000007", "research into one disease"),
    ANCESTRY_RESEARCH("DUO:0000011", "research into population origins or ancestry");

    private final String code;
    private final String label;

    Category(String code, String label) {
      this.code = code;
      this.label = label;
    }

    public String code() {
      return code;
    }

    public String label() {
      return label;
    }

    private static Optional<Category> of(String code) {
      return List.of(values()).stream().filter(c -> c.code.equals(code)).findFirst();
    }

    /** Biomedical research does not include the study of origins; a disease is biomedical. */
    private boolean includes(Category asked) {
      return switch (this) {
        case NO_RESTRICTION -> true;
        case GENERAL_RESEARCH -> asked != NO_RESTRICTION;
        case BIOMEDICAL_RESEARCH -> asked == BIOMEDICAL_RESEARCH || asked == DISEASE_RESEARCH;
        case DISEASE_RESEARCH, ANCESTRY_RESEARCH -> asked == this;
      };
    }
  }

  /** The modifiers with their labels. */
  public static final Map<String, String> MODIFIERS =
      Map.ofEntries(
          Map.entry("DUO:0000012", "only research of a stated kind"),
          Map.entry("DUO:0000015", "no general methods research"),
          Map.entry("DUO:0000016", "genetic studies only"),
          Map.entry("DUO:0000018", "not for profit and non-commercial use only"),
          Map.entry("DUO:0000019", "results are published"),
          Map.entry("DUO:0000020", "in collaboration with the owner"),
          Map.entry("DUO:0000021", "ethics approval is documented"),
          Map.entry("DUO:0000022", "within a stated region"),
          Map.entry("DUO:0000024", "no publication before a stated date"),
          Map.entry("DUO:0000025", "for a stated time"),
          Map.entry("DUO:0000026", "by approved users only"),
          Map.entry("DUO:0000027", "within an approved project"),
          Map.entry("DUO:0000028", "within an approved institution"),
          Map.entry("DUO:0000029", "derived data are returned"),
          Map.entry("DUO:0000043", "clinical care"),
          Map.entry("DUO:0000044", "no research into population origins or ancestry"),
          Map.entry("DUO:0000045", "by not-for-profit organisations only"),
          Map.entry("DUO:0000046", "non-commercial use only"));

  private static final String NO_ANCESTRY = "DUO:0000044";

  public Purpose {
    modifiers = Collections.unmodifiableSortedSet(new TreeSet<>(modifiers));
    labels = Collections.unmodifiableSortedSet(new TreeSet<>(labels));
    if ((category == Category.DISEASE_RESEARCH) != disease.isPresent()) {
      throw new IllegalArgumentException(
          "a purpose names a disease (such as MONDO:0005267) if and only if its category is "
              + Category.DISEASE_RESEARCH.code());
    }
  }

  /** Whether a text is meant as codes; any other is a word of the owners' own. */
  public static boolean isCoded(String text) {
    return text.startsWith("DUO:");
  }

  /**
   * @throws IllegalArgumentException where a word is no term, or none or several are categories
   */
  public static Purpose of(String text) {
    List<Category> categories = new ArrayList<>();
    List<String> diseases = new ArrayList<>();
    SortedSet<String> modifiers = new TreeSet<>();
    SortedSet<String> labels = new TreeSet<>();
    for (String word : text.strip().split("\\s+", -1)) {
      if (Category.of(word).isPresent()) {
        categories.add(Category.of(word).get());
      } else if (MODIFIERS.containsKey(word)) {
        modifiers.add(word);
      } else if (LABEL.matcher(word).matches()) {
        labels.add(word);
      } else if (DISEASE.matcher(word).matches()) {
        diseases.add(word);
      } else {
        throw new IllegalArgumentException(
            DUO.matcher(word).matches()
                ? word + " is no DUO term that is matched here"
                : "\"%s\" is no DUO term, disease code or dpv: label".formatted(word));
      }
    }
    if (categories.size() != 1 || diseases.size() > 1) {
      throw new IllegalArgumentException(
          "a purpose has one DUO category and at most one disease, got %d and %d"
              .formatted(categories.size(), diseases.size()));
    }
    return new Purpose(categories.get(0), diseases.stream().findFirst(), modifiers, labels);
  }

  /**
   * Whether an owner who allows this allows a study for {@code asked}: its category is included,
   * the disease is the same code (no tree of diseases is read), and the study undertakes every
   * modifier.
   */
  public boolean allows(Purpose asked) {
    boolean sameDisease = disease.isEmpty() || disease.equals(asked.disease);
    boolean ancestry =
        modifiers.contains(NO_ANCESTRY) && asked.category == Category.ANCESTRY_RESEARCH;
    return category.includes(asked.category)
        && sameDisease
        && !ancestry
        && asked.modifiers.containsAll(modifiers);
  }

  /** Whether what an owner allows, a word or codes, allows what a study asks for. */
  public static boolean allows(String owners, String asked) {
    if (owners.equals(asked)) {
      return true;
    }
    try {
      return isCoded(owners) && isCoded(asked) && of(owners).allows(of(asked));
    } catch (IllegalArgumentException e) {
      // Of a study: codes that cannot be read are allowed by nobody.
      return false;
    }
  }
}
