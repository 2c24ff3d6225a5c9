package org.althing.privacy;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.althing.encoding.CanonicalReader;
import org.althing.encoding.CanonicalWriter;
import org.althing.encoding.Digest;
import org.althing.encoding.MalformedEncoding;

/** One fact in a node's ledger; what is spent and what is left follow from the facts alone. */
public sealed interface LedgerEntry {
  /** The canonical bytes that are kept and chained. */
  byte[] toBytes();

  /** Reads what {@link #toBytes} wrote. */
  static LedgerEntry read(byte[] bytes) throws MalformedEncoding {
    String label = CanonicalReader.labelOf(bytes);
    CanonicalReader in = new CanonicalReader(bytes, label);
    try {
      LedgerEntry entry =
          switch (label) {
            case BudgetSet.LABEL -> new BudgetSet(in.getString(), new Rho(in.getLong()));
            case StudyReserved.LABEL, StudyReserved.UNASKED ->
                StudyReserved.readFrom(in, label.equals(StudyReserved.LABEL));
            case ReleaseCharged.LABEL -> ReleaseCharged.readFrom(in);
            case StudyClosed.LABEL -> new StudyClosed(in.getDigest());
            case SpendAdopted.LABEL -> SpendAdopted.readFrom(in);
            default -> throw in.malformed("no ledger entry has such a label");
          };
      in.end();
      return entry;
    } catch (IllegalArgumentException e) {
      throw in.malformed(e);
    }
  }

  /**
   * The owner allows a population {@code total} over all time; what is already spent counts against
   * it.
   *
   * @param total 0 to ρ = {@value PlannedRelease#MOST_RHO}
   */
  record BudgetSet(String population, Rho total) implements LedgerEntry {
    static final String LABEL = "ledger-budget/v1";

    public BudgetSet {
      requirePopulation(population);
      if (total.compareTo(Rho.roundedDown(PlannedRelease.MOST_RHO)) > 0) {
        throw new IllegalArgumentException(
            "a budget is at most rho " + PlannedRelease.MOST_RHO + ", got " + total);
      }
    }

    @Override
    public byte[] toBytes() {
      return new CanonicalWriter(LABEL).putString(population).putLong(total.pico()).toBytes();
    }
  }

  /**
   * A study was admitted and the whole of its cost set aside.
   *
   * @param releases in the order of the plan, 1 to {@value #MOST_RELEASES}
   * @param spareAttempts charges beyond one for each release, 0 to {@value #MOST_SPARE_ATTEMPTS}
   * @param asked by whom and when; empty in entries written before ledgers noted it
   */
  record StudyReserved(
      Digest study,
      String population,
      List<PlannedRelease> releases,
      int spareAttempts,
      Optional<Asked> asked)
      implements LedgerEntry {
    public static final int MOST_RELEASES = 1000;
    public static final int MOST_SPARE_ATTEMPTS = 1000;
    static final String LABEL = "ledger-reservation/v2";
    static final String UNASKED = "ledger-reservation/v1";

    public StudyReserved {
      releases = List.copyOf(releases);
      requirePopulation(population);
      if (releases.isEmpty() || releases.size() > MOST_RELEASES) {
        throw new IllegalArgumentException(
            "a study has 1 to " + MOST_RELEASES + " releases, got " + releases.size());
      }
      if (spareAttempts < 0 || spareAttempts > MOST_SPARE_ATTEMPTS) {
        throw new IllegalArgumentException(
            "spare attempts are 0 to " + MOST_SPARE_ATTEMPTS + ", got " + spareAttempts);
      }
    }

    /** Of a study of which the ledger does not note who asked. */
    public StudyReserved(
        Digest study, String population, List<PlannedRelease> releases, int spareAttempts) {
      this(study, population, releases, spareAttempts, Optional.empty());
    }

    /** Whether both set the same aside for the same study, whenever that was. */
    boolean isSameAs(StudyReserved other) {
      return equals(
          new StudyReserved(
              other.study, other.population, other.releases, other.spareAttempts, asked));
    }

    /**
     * ρ(ALL) + max(ρ(TRAIN), ρ(HOLDOUT)) over the plan, and the dearest release for each spare
     * attempt: no order of charges can cost more.
     */
    public Rho cost() {
      SplitCost plan = SplitCost.NOTHING;
      Rho dearest = Rho.ZERO;
      for (PlannedRelease release : releases) {
        plan = plan.plus(release.partition(), release.rho());
        dearest = dearest.max(release.rho());
      }
      return plan.total().plus(dearest.times(spareAttempts));
    }

    @Override
    public byte[] toBytes() {
      CanonicalWriter out =
          new CanonicalWriter(asked.isPresent() ? LABEL : UNASKED)
              .putDigest(study)
              .putString(population)
              .putList(releases, (w, release) -> release.writeTo(w))
              .putInt(spareAttempts);
      asked.ifPresent(by -> out.putString(by.lead()).putLong(by.day().toEpochDay()));
      return out.toBytes();
    }

    static StudyReserved readFrom(CanonicalReader in, boolean asked) throws MalformedEncoding {
      return new StudyReserved(
          in.getDigest(),
          in.getString(),
          in.getList(PlannedRelease::readFrom),
          in.getInt(),
          asked ? Optional.of(new Asked(in.getString(), day(in.getLong()))) : Optional.empty());
    }

    private static LocalDate day(long epochDay) {
      try {
        return LocalDate.ofEpochDay(epochDay);
      } catch (DateTimeException e) {
        throw new IllegalArgumentException("no calendar has such a day", e);
      }
    }
  }

  /**
   * One attempt at a release was paid for, and burnt: both by this one entry.
   *
   * @param marginal what it added to the unit's spend in the study
   */
  record ReleaseCharged(ReleaseId release, NoisePlan noise, Rho marginal) implements LedgerEntry {
    static final String LABEL = "ledger-charge/v1";

    /** ρ of the release itself. */
    public Rho gross() {
      return noise.rho();
    }

    /** ρ of the release if every other member pools what it knows. */
    public Rho grossIfAllOthersCollude() {
      return noise.rhoIfAllOthersCollude();
    }

    /**
     * All costs are written out, although they follow from the noise, so that an auditor can add.
     */
    @Override
    public byte[] toBytes() {
      CanonicalWriter out = new CanonicalWriter(LABEL);
      release.writeTo(out);
      noise.writeTo(out);
      return out.putLong(gross().pico())
          .putLong(grossIfAllOthersCollude().pico())
          .putLong(marginal.pico())
          .toBytes();
    }

    static ReleaseCharged readFrom(CanonicalReader in) throws MalformedEncoding {
      ReleaseId release = ReleaseId.readFrom(in);
      NoisePlan noise = NoisePlan.readFrom(in);
      if (in.getLong() != noise.rho().pico()
          || in.getLong() != noise.rhoIfAllOthersCollude().pico()) {
        throw in.malformed("the written cost is not what the noise costs");
      }
      return new ReleaseCharged(release, noise, new Rho(in.getLong()));
    }
  }

  /** A study ended; what it had reserved and not spent is free again. */
  record StudyClosed(Digest study) implements LedgerEntry {
    static final String LABEL = "ledger-closing/v1";

    @Override
    public byte[] toBytes() {
      return new CanonicalWriter(LABEL).putDigest(study).toBytes();
    }
  }

  /**
   * The ledger had been put back to an older state; from here on it takes for spent what it had
   * signed later, as others remembered it.
   *
   * @param remembered the ledger's own later state
   * @param reason the owner's, 1 to 500 characters
   */
  record SpendAdopted(LedgerState remembered, String reason) implements LedgerEntry {
    static final String LABEL = "ledger-recovery/v1";

    public SpendAdopted {
      if (reason.isBlank() || reason.length() > 500) {
        throw new IllegalArgumentException("the reason of a recovery has 1 to 500 characters");
      }
    }

    @Override
    public byte[] toBytes() {
      CanonicalWriter out = new CanonicalWriter(LABEL);
      remembered.writeTo(out);
      return out.putString(reason).toBytes();
    }

    static SpendAdopted readFrom(CanonicalReader in) throws MalformedEncoding {
      return new SpendAdopted(LedgerState.readFrom(in), in.getString());
    }
  }

  private static void requirePopulation(String population) {
    if (population.isBlank() || population.length() > 200) {
      throw new IllegalArgumentException("a population's name has 1 to 200 characters");
    }
  }
}
