package org.althing.deploy.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.althing.deploy.demo.Patient.Field;

/**
 * The demonstration's data: four dirty synthetic hospitals, a pure function of a seed. They differ
 * in size, disease rate, column names, codes, units and character set, and hold missing markers,
 * impossible values, repeated rows, patients with two rows and rows without a patient number.
 *
 * <p>Their contract and bindings are the resources {@code /demo/contract.yaml} and {@code
 * /demo/bindings/NAME.yaml}.
 */
public final class DemoHospitals {
  private static final double REPEATED_SHARE = 0.02;
  private static final double SECOND_VISIT_SHARE = 0.03;
  private static final double NO_KEY_SHARE = 0.002;
  private static final double NO_LABEL_SHARE = 0.004;

  private DemoHospitals() {}

  /** The hospitals' names: those of their files and bindings. */
  public static List<String> names() {
    return Hospital.all().stream().map(Hospital::name).toList();
  }

  /** The content of every hospital's file by its name, such as {@code harbour.csv}. */
  public static Map<String, byte[]> files(long seed) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (Hospital hospital : Hospital.all()) {
      // Each hospital draws from its own stream, so that one can grow without changing another.
      long own = seed * 31 + hospital.name().hashCode();
      files.put(
          hospital.name() + ".csv", text(hospital, new Dice(own)).getBytes(hospital.charset()));
    }
    return files;
  }

  private static String text(Hospital hospital, Dice dice) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < hospital.patients(); i++) {
      String id =
          String.format(Locale.ROOT, "%s-%05d", hospital.name().substring(0, 2), 10_000 + 7 * i);
      Patient patient = new Patient(dice, hospital.population(), id);
      String row = row(hospital, dice, patient.values());
      rows.add(row);
      if (dice.chance(REPEATED_SHARE)) {
        rows.add(dice.below(rows.size() + 1), row);
      }
      if (dice.chance(SECOND_VISIT_SHARE)) {
        Patient again = new Patient(dice, hospital.population(), id);
        rows.add(dice.below(rows.size() + 1), row(hospital, dice, again.values()));
      }
    }
    StringBuilder text = new StringBuilder();
    List<String> header = new ArrayList<>();
    Field[] fields = Field.values();
    for (int i = 0; i < fields.length; i++) {
      if (!hospital.absent().contains(fields[i])) {
        header.add(hospital.header().get(i));
      }
    }
    text.append(String.join(String.valueOf(hospital.delimiter()), header)).append('\n');
    rows.forEach(row -> text.append(row).append('\n'));
    return text.toString();
  }

  private static String row(Hospital hospital, Dice dice, Map<Field, String> values) {
    List<String> fields = new ArrayList<>();
    for (Field field : Field.values()) {
      String value = values.getOrDefault(field, "");
      if (!hospital.absent().contains(field)) {
        fields.add(written(hospital, dice, field, value));
      }
    }
    return String.join(String.valueOf(hospital.delimiter()), fields);
  }

  private static String written(Hospital hospital, Dice dice, Field field, String value) {
    if (field == Field.PATIENT_ID) {
      return dice.chance(NO_KEY_SHARE) ? "" : value;
    }
    double missing = field == Field.HEART_DISEASE ? NO_LABEL_SHARE : hospital.missingShare();
    if (dice.chance(missing)) {
      return missingText(hospital, dice, field);
    }
    List<String> nonsense = Hospital.nonsense(field);
    if (!nonsense.isEmpty() && dice.chance(hospital.dirtShare())) {
      return nonsense.get(dice.below(nonsense.size()));
    }
    Map<String, String> codes = hospital.codes().getOrDefault(field, Map.of());
    Double perUnit = hospital.perUnit().get(field);
    String text = codes.getOrDefault(value, value);
    if (perUnit != null) {
      text = String.format(Locale.ROOT, "%.2f", Double.parseDouble(value) / perUnit);
    }
    boolean whole = codes.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
    return hospital.decimals() && whole ? text + ".0" : text;
  }

  private static String missingText(Hospital hospital, Dice dice, Field field) {
    boolean disguised = field == Field.CHOLESTEROL && hospital.decimals() && dice.chance(0.7);
    if (disguised) {
      return "0";
    }
    return dice.chance(0.4) ? "" : hospital.missing();
  }
}
