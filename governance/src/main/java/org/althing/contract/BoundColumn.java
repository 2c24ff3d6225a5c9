package org.althing.contract;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.althing.table.Domain;

/**
 * Where an organisation finds one column of the contract, and how its codes and units translate.
 *
 * @param column the name in the contract
 * @param localName the name in the organisation's files; none where it has no such column
 * @param missingCodes texts that stand for "not known" here, besides the contract's
 * @param codes local text to contract category, complete; empty for none
 * @param factor what numbers are multiplied by, before {@code offset} is added
 * @param dayFormat how days are written here, one of {@link Domain.Dates#FORMATS}; the contract's
 *     way where empty
 * @param decimalComma whether texts of numbers have a comma before their fraction; no point is then
 *     read, since it may part thousands
 * @param constant what every record's value is, where the files have no such column; every value is
 *     missing where empty
 */
public record BoundColumn(
    String column,
    Optional<String> localName,
    List<String> missingCodes,
    Map<String, String> codes,
    double factor,
    double offset,
    Optional<String> dayFormat,
    boolean decimalComma,
    Optional<String> constant) {
  public BoundColumn {
    missingCodes = List.copyOf(missingCodes);
    codes = Collections.unmodifiableMap(new LinkedHashMap<>(codes));
    if (!Double.isFinite(factor) || factor == 0 || !Double.isFinite(offset)) {
      throw new IllegalArgumentException(
          "a unit conversion has a finite factor, not 0, and offset");
    }
    if (constant.isPresent() && localName.isPresent()) {
      throw new IllegalArgumentException("a constant stands for a column that files do not have");
    }
  }

  /** A column whose numbers and days are written as the contract writes them. */
  public BoundColumn(
      String column,
      Optional<String> localName,
      List<String> missingCodes,
      Map<String, String> codes,
      double factor,
      double offset) {
    this(
        column,
        localName,
        missingCodes,
        codes,
        factor,
        offset,
        Optional.empty(),
        false,
        Optional.empty());
  }

  /** The same column, its days and numbers written so; a constant is as the contract writes it. */
  public BoundColumn written(Optional<String> days, boolean comma) {
    if (constant.isPresent()) {
      return this;
    }
    return new BoundColumn(
        column, localName, missingCodes, codes, factor, offset, days, comma, constant);
  }

  /** A column that the files do not have and that says the same of every record. */
  public static BoundColumn constant(String column, String value) {
    return new BoundColumn(
        column,
        Optional.empty(),
        List.of(),
        Map.of(),
        1,
        0,
        Optional.empty(),
        false,
        Optional.of(value));
  }

  /** A column that has the contract's name and needs no translation. */
  public static BoundColumn same(String column) {
    return new BoundColumn(column, Optional.of(column), List.of(), Map.of(), 1, 0);
  }

  public boolean converts() {
    return factor != 1 || offset != 0;
  }
}
