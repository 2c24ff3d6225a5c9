package org.althing.deploy.demo;

import java.util.EnumMap;
import java.util.Map;

/** A made-up patient as the contract's words and units would describe them, before any dirt. */
final class Patient {
  private static final double TYPICAL = 2.3;
  private final Map<Field, String> values = new EnumMap<>(Field.class);

  /** The columns of the demonstration's contract, in its order. */
  enum Field {
    PATIENT_ID,
    AGE,
    SEX,
    SMOKING,
    SYSTOLIC,
    CHOLESTEROL,
    BMI,
    GLUCOSE,
    MAX_HEART_RATE,
    CHEST_PAIN,
    FAMILY_HISTORY,
    HEART_DISEASE
  }

  /**
   * Whom a hospital sees.
   *
   * @param intercept log-odds of disease of an average patient
   */
  record Population(double meanAge, double maleShare, double smokerShare, double intercept) {}

  /**
   * Draws a patient; disease follows a logistic law in the other values, so that a good model
   * separates well (area under the curve about 0.85 through the dirt) and none does perfectly.
   */
  Patient(Dice dice, Population population, String id) {
    double age = within(dice.normal(population.meanAge(), 11), 22, 95);
    boolean male = dice.chance(population.maleShare());
    int smoking = dice.pick(0.75 - population.smokerShare(), 0.25);
    double systolic = within(dice.normal(112 + 0.38 * age, 16), 85, 225);
    double cholesterol = within(dice.normal(170 + 0.65 * age, 38), 95, 420);
    double bmi = within(dice.normal(26.8, 4.4), 15.5, 52);
    double glucose = within(StrictMath.exp(dice.normal(4.52 + 0.012 * (bmi - 27), 0.2)), 55, 380);
    double heartRate = within(dice.normal(202 - 0.85 * age, 19), 72, 208);
    int pain = dice.pick(0.46, 0.29);
    boolean family = dice.chance(0.27);
    double logOdds =
        population.intercept()
            + 0.062 * (age - 58)
            + (male ? 1.1 : 0)
            + 0.48 * smoking
            + 0.021 * (systolic - 134)
            + 0.011 * (cholesterol - 208)
            + 0.055 * (bmi - 27)
            + 0.012 * (glucose - 95)
            - 0.033 * (heartRate - 152)
            + new double[] {0, 0.8, TYPICAL}[pain]
            + (family ? 0.6 : 0);
    boolean disease = dice.chance(1 / (1 + StrictMath.exp(-logOdds)));
    values.put(Field.PATIENT_ID, id);
    values.put(Field.AGE, whole(age));
    values.put(Field.SEX, male ? "male" : "female");
    values.put(Field.SMOKING, new String[] {"never", "former", "current"}[smoking]);
    values.put(Field.SYSTOLIC, whole(systolic));
    values.put(Field.CHOLESTEROL, whole(cholesterol));
    values.put(Field.BMI, Double.toString(StrictMath.rint(bmi * 10) / 10));
    values.put(Field.GLUCOSE, whole(glucose));
    values.put(Field.MAX_HEART_RATE, whole(heartRate));
    values.put(Field.CHEST_PAIN, new String[] {"none", "atypical", "typical"}[pain]);
    values.put(Field.FAMILY_HISTORY, family ? "yes" : "no");
    values.put(Field.HEART_DISEASE, disease ? "yes" : "no");
  }

  /** Values by column; a copy. */
  Map<Field, String> values() {
    return new EnumMap<>(values);
  }

  private static double within(double value, double least, double most) {
    return Math.max(least, Math.min(most, value));
  }

  private static String whole(double value) {
    return Long.toString((long) StrictMath.rint(value));
  }
}
