package org.althing.deploy.e2e;

import java.util.Locale;
import java.util.Random;

/** Invented, clean patients: as many rows as asked for, each another patient. */
final class Patients {
  private static final String HEADER =
      "patient_id,age,sex,smoking,systolic,cholesterol,bmi,glucose,max_heart_rate,chest_pain,family_history,heart_disease\n";

  private Patients() {}

  static String of(String node, int rows) {
    Random random = new Random(node.hashCode());
    StringBuilder text = new StringBuilder(HEADER);
    for (int i = 0; i < rows; i++) {
      int age = 30 + random.nextInt(55);
      boolean ill = random.nextInt(100) < age;
      text.append(node).append('-').append(i).append(',').append(age);
      text.append(random.nextBoolean() ? ",male" : ",female");
      text.append(random.nextBoolean() ? ",never," : ",current,").append(100 + random.nextInt(80));
      text.append(String.format(Locale.ROOT, ",%.1f", 150 + random.nextDouble() * 150));
      text.append(",25.5,100,").append(100 + random.nextInt(80));
      text.append(ill ? ",typical,yes,yes\n" : ",none,no,no\n");
    }
    return text.toString();
  }
}
