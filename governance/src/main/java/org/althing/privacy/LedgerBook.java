package org.althing.privacy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.althing.encoding.Digest;
import org.althing.privacy.LedgerEntry.BudgetSet;
import org.althing.privacy.LedgerEntry.ReleaseCharged;
import org.althing.privacy.LedgerEntry.SpendAdopted;
import org.althing.privacy.LedgerEntry.StudyClosed;
import org.althing.privacy.LedgerEntry.StudyReserved;

/**
 * The rules of the ledger as a fold over its entries: the same check admits a new entry and an old
 * one that is replayed, so no file can hold what the rules would have refused.
 */
final class LedgerBook {
  private final Map<String, Balance> balances = new TreeMap<>();
  private final Map<Digest, StudyAccount> studies = new LinkedHashMap<>();
  private final List<LedgerEntry> history = new ArrayList<>();

  /** What recoveries added to the spend of a population, which the entries do not hold. */
  private final Map<Digest, Rho> adopted = new HashMap<>();

  private int recoveries;

  Balance balance(String population) {
    return withAdopted(population, entered(population));
  }

  /** What the entries alone say. */
  private Balance entered(String population) {
    return balances.getOrDefault(population, Balance.NONE);
  }

  private Balance withAdopted(String population, Balance entered) {
    Rho more = adopted.getOrDefault(PopulationSpend.digestOf(population), Rho.ZERO);
    return entered.plusAdopted(more);
  }

  Map<String, Balance> balances() {
    Map<String, Balance> all = new TreeMap<>(balances);
    all.replaceAll(this::withAdopted);
    return Collections.unmodifiableMap(all);
  }

  int recoveries() {
    return recoveries;
  }

  /** What every population has spent, those included that only a recovery knows. */
  private Map<Digest, Rho> spent() {
    Map<Digest, Rho> all = new HashMap<>(adopted);
    balances.forEach(
        (name, balance) -> all.merge(PopulationSpend.digestOf(name), balance.spent(), Rho::plus));
    return all;
  }

  /** The same as a ledger's state tells it. */
  List<PopulationSpend> spends() {
    return spent().entrySet().stream()
        .map(each -> new PopulationSpend(each.getKey(), each.getValue()))
        .sorted(LedgerState.BY_DIGEST)
        .toList();
  }

  Optional<StudyAccount> study(Digest study) {
    return Optional.ofNullable(studies.get(study));
  }

  List<Digest> openStudies() {
    return studies.values().stream()
        .filter(account -> !account.closed())
        .map(account -> account.terms().study())
        .toList();
  }

  /** What each study on a population holds of its budget, where the entries tell who asked. */
  Map<Digest, Outlay> outlays(String population) {
    Map<Digest, Outlay> outlays = new LinkedHashMap<>();
    for (StudyAccount account : studies.values()) {
      StudyReserved terms = account.terms();
      if (terms.population().equals(population) && terms.asked().isPresent()) {
        Rho cost = account.closed() ? account.spent() : terms.cost();
        outlays.put(terms.study(), new Outlay(terms.asked().get(), cost));
      }
    }
    return outlays;
  }

  List<LedgerEntry> history() {
    return List.copyOf(history);
  }

  /** Why a new reservation is refused, if it is. */
  Optional<Reservation.Reason> objection(StudyReserved terms) {
    if (studies.containsKey(terms.study())) {
      return Optional.of(Reservation.Reason.OTHER_TERMS);
    }
    if (!balances.containsKey(terms.population())) {
      return Optional.of(Reservation.Reason.NO_BUDGET);
    }
    return terms.cost().compareTo(balance(terms.population()).left()) > 0
        ? Optional.of(Reservation.Reason.OVER_BUDGET)
        : Optional.empty();
  }

  /** Why an attempt at a release cannot be charged, if it cannot. */
  Optional<String> objection(ReleaseId id, NoisePlan noise) {
    StudyAccount account = studies.get(id.study());
    if (account == null) {
      return Optional.of("the study reserved nothing here");
    }
    Optional<String> objection = account.objection(id, noise);
    if (objection.isPresent()) {
      return objection;
    }
    // A budget lowered while the study runs binds it at once.
    Balance balance = balance(account.terms().population());
    Rho after = balance.spent().plus(account.marginal(id, noise.rho()));
    return after.compareTo(balance.budget()) > 0
        ? Optional.of(
            "the population's spend would be rho %s of a budget of rho %s"
                .formatted(after, balance.budget()))
        : Optional.empty();
  }

  /** The charge that {@link #objection(ReleaseId, NoisePlan)} does not object to. */
  ReleaseCharged charge(ReleaseId id, NoisePlan noise) {
    return new ReleaseCharged(id, noise, account(id.study()).marginal(id, noise.rho()));
  }

  /** Why an entry cannot follow the others, if it cannot. */
  Optional<String> objection(LedgerEntry entry) {
    if (entry instanceof StudyReserved terms) {
      return objection(terms).map(Enum::name);
    }
    if (entry instanceof ReleaseCharged charge) {
      Optional<String> objection = objection(charge.release(), charge.noise());
      return objection.isEmpty() && !charge.equals(charge(charge.release(), charge.noise()))
          ? Optional.of("the marginal cost is not what the study's charges make it")
          : objection;
    }
    if (entry instanceof StudyClosed closing) {
      return study(closing.study()).filter(account -> !account.closed()).isPresent()
          ? Optional.empty()
          : Optional.of("no such study is open");
    }
    return Optional.empty();
  }

  /** Takes an entry that {@link #objection(LedgerEntry)} does not object to. */
  void enter(LedgerEntry entry) {
    if (entry instanceof BudgetSet budget) {
      balances.put(budget.population(), entered(budget.population()).withBudget(budget.total()));
    } else if (entry instanceof StudyReserved terms) {
      StudyAccount account = StudyAccount.opened(terms);
      studies.put(terms.study(), account);
      balances.put(terms.population(), entered(terms.population()).opened(account));
    } else if (entry instanceof ReleaseCharged charge) {
      StudyAccount from = account(charge.release().study());
      move(from, from.plus(charge));
    } else if (entry instanceof StudyClosed closing) {
      StudyAccount from = account(closing.study());
      move(from, from.ended());
    } else if (entry instanceof SpendAdopted adoption) {
      adopt(adoption.remembered());
    }
    history.add(entry);
  }

  /** Nothing is taken for spent twice: what the entries hold counts towards what is remembered. */
  private void adopt(LedgerState remembered) {
    Map<Digest, Rho> here = spent();
    for (PopulationSpend spend : remembered.spends()) {
      Rho known = here.getOrDefault(spend.population(), Rho.ZERO);
      if (spend.spent().compareTo(known) > 0) {
        adopted.merge(spend.population(), spend.spent().minus(known), Rho::plus);
      }
    }
    recoveries = Math.max(recoveries, remembered.recoveries()) + 1;
  }

  private void move(StudyAccount from, StudyAccount to) {
    studies.put(to.terms().study(), to);
    balances.put(to.terms().population(), entered(to.terms().population()).moved(from, to));
  }

  private StudyAccount account(Digest study) {
    return study(study)
        .orElseThrow(() -> new IllegalStateException("study " + study.brief() + " is unknown"));
  }
}
