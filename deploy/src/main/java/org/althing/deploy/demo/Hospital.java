package org.althing.deploy.demo;

import static java.util.Map.entry;
import static org.althing.deploy.demo.Patient.Field.BMI;
import static org.althing.deploy.demo.Patient.Field.CHEST_PAIN;
import static org.althing.deploy.demo.Patient.Field.CHOLESTEROL;
import static org.althing.deploy.demo.Patient.Field.FAMILY_HISTORY;
import static org.althing.deploy.demo.Patient.Field.GLUCOSE;
import static org.althing.deploy.demo.Patient.Field.HEART_DISEASE;
import static org.althing.deploy.demo.Patient.Field.SEX;
import static org.althing.deploy.demo.Patient.Field.SMOKING;
import static org.althing.deploy.demo.Patient.Field.SYSTOLIC;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.althing.deploy.demo.Patient.Field;
import org.althing.deploy.demo.Patient.Population;

/**
 * A made-up hospital: whom it sees and how it writes them down.
 *
 * @param header column names in the contract's order
 * @param codes how it writes the contract's categories, by column
 * @param perUnit by what its numbers are smaller than the contract's, for its own units
 * @param absent columns it does not keep
 * @param decimals whether whole numbers are written with {@code .0}
 * @param missingShare of values that are not known
 * @param dirtShare of values that are impossible or nonsense
 */
record Hospital(
    String name,
    int patients,
    Population population,
    Charset charset,
    char delimiter,
    List<String> header,
    Map<Field, Map<String, String>> codes,
    Map<Field, Double> perUnit,
    Set<Field> absent,
    String missing,
    boolean decimals,
    double missingShare,
    double dirtShare) {
  private static final double CHOLESTEROL_MG_PER_MMOL = 38.67;
  private static final double GLUCOSE_MG_PER_MMOL = 18.016;

  static List<Hospital> all() {
    return List.of(harbour(), hillside(), lakeside(), riverside());
  }

  private static Hospital harbour() {
    return new Hospital(
        "harbour",
        2400,
        new Population(54, 0.48, 0.2, -3.1),
        StandardCharsets.UTF_8,
        ',',
        List.of(
            "patient_id",
            "age",
            "sex",
            "smoking",
            "systolic",
            "cholesterol",
            "bmi",
            "glucose",
            "max_heart_rate",
            "chest_pain",
            "family_history",
            "heart_disease"),
        Map.of(),
        Map.of(),
        Set.of(),
        "?",
        false,
        0.015,
        0.002);
  }

  private static Hospital hillside() {
    Map<String, String> yesNo = Map.of("yes", "ja", "no", "nein");
    return new Hospital(
        "hillside",
        1700,
        new Population(59, 0.55, 0.26, -2.75),
        StandardCharsets.ISO_8859_1,
        ';',
        List.of(
            "Fallnummer",
            "Alter",
            "Geschlecht",
            "Raucher",
            "Systole",
            "Cholesterin_mmol",
            "BMI",
            "Glukose_mmol",
            "Maximalpuls",
            "Brustschmerz",
            "Familienanamnese",
            "Herzkrankheit"),
        Map.ofEntries(
            entry(SEX, Map.of("male", "m", "female", "w")),
            entry(SMOKING, Map.of("never", "nie", "former", "früher", "current", "aktuell")),
            entry(
                CHEST_PAIN, Map.of("none", "keiner", "atypical", "atypisch", "typical", "typisch")),
            entry(FAMILY_HISTORY, yesNo),
            entry(HEART_DISEASE, yesNo)),
        Map.of(CHOLESTEROL, CHOLESTEROL_MG_PER_MMOL, GLUCOSE, GLUCOSE_MG_PER_MMOL),
        Set.of(),
        "-9",
        false,
        0.03,
        0.006);
  }

  private static Hospital lakeside() {
    Map<String, String> yesNo = Map.of("yes", "1", "no", "0");
    return new Hospital(
        "lakeside",
        3100,
        new Population(61, 0.58, 0.24, -2.3),
        StandardCharsets.UTF_8,
        ',',
        List.of("PID", "AGE", "SEX", "SMK", "SBP", "CHOL", "BMI", "GLU", "HRMAX", "CP", "FH", "DX"),
        Map.ofEntries(
            entry(SEX, Map.of("male", "1", "female", "2")),
            entry(SMOKING, Map.of("never", "0", "former", "1", "current", "2")),
            entry(CHEST_PAIN, Map.of("none", "1", "atypical", "2", "typical", "3")),
            entry(FAMILY_HISTORY, yesNo),
            entry(HEART_DISEASE, yesNo)),
        Map.of(),
        Set.of(GLUCOSE),
        "NA",
        true,
        0.05,
        0.01);
  }

  private static Hospital riverside() {
    Map<String, String> yesNo = Map.of("yes", "是", "no", "否");
    return new Hospital(
        "riverside",
        1500,
        new Population(64, 0.62, 0.31, -2.0),
        Charset.forName("GB18030"),
        ',',
        List.of("病历号", "年龄", "性别", "吸烟", "收缩压", "胆固醇", "体重指数", "血糖", "最大心率", "胸痛", "家族史", "心脏病"),
        Map.ofEntries(
            entry(SEX, Map.of("male", "男", "female", "女")),
            entry(SMOKING, Map.of("never", "从不", "former", "已戒", "current", "吸烟")),
            entry(CHEST_PAIN, Map.of("none", "无", "atypical", "非典型", "typical", "典型")),
            entry(FAMILY_HISTORY, yesNo),
            entry(HEART_DISEASE, yesNo)),
        Map.of(),
        Set.of(),
        "未知",
        false,
        0.08,
        0.03);
  }

  /** What an impossible value looks like in a column. */
  static List<String> nonsense(Field field) {
    if (field == SYSTOLIC) {
      return List.of("999", "0", "12O", "1e308");
    }
    if (field == BMI) {
      return List.of("-1", "271", "n/k", "NaN");
    }
    return switch (field) {
      case AGE -> List.of("212", "-3", "sixty");
      case CHOLESTEROL, GLUCOSE -> List.of("9999", "high", "--");
      case MAX_HEART_RATE -> List.of("15", "1500", "fast");
      case SEX, SMOKING, CHEST_PAIN, FAMILY_HISTORY -> List.of("X", "9");
      default -> List.of();
    };
  }
}
