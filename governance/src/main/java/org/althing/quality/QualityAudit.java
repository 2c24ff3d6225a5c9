package org.althing.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.althing.contract.QualityRule;
import org.althing.contract.RuleMeasure.MeanWords;
import org.althing.privacy.BlockDemand;
import org.althing.privacy.Bound;
import org.althing.privacy.ContributionSum;
import org.althing.privacy.Partition;
import org.althing.privacy.Rho;
import org.althing.release.Estimate;
import org.althing.release.Procedure;
import org.althing.release.Release;
import org.althing.release.ReleaseTemplate;
import org.althing.release.SumQuery;
import org.althing.table.Column;
import org.althing.table.RecordBatch;
import org.althing.table.Schema;

/**
 * Every column's verdicts and values as one release (privacy §6): missing, sentinel, unparsable,
 * out of range, not in set, and each declared cell; then the counts of every rule about rows.
 *
 * <p>A record adds 1 to exactly one cell of every column, and to at most one count of every rule
 * about rows: its squared L2 norm is at most the number of both. A rule about groups of rows looks
 * at more than one row, yet a unit moves it by no more ({@link GroupCounter}). All other rules cost
 * nothing: they are read off the columns' cells.
 *
 * <p>Each mean number of words that rules speak of has a block of its own, one sum. A record adds
 * as many words as its text has, at most those that the rules say count of one text, in whole
 * numbers: that is the block's L2 norm. The cost is divided as if each such sum were one count
 * more, so that it carries the noise of a count times what one text can add.
 */
public final class QualityAudit implements Procedure<QualityFindings> {
  private static final int[] FIRST = {0};

  private final Schema schema;
  private final List<String> columns;
  private final List<QualityRule> rules;
  private final Rho rho;

  /**
   * @param schema of the records
   * @param columns names of the columns to audit, in this order; empty for all
   * @param rules the contract's; those on other columns are reported as not run
   */
  public QualityAudit(Schema schema, List<String> columns, List<QualityRule> rules, Rho rho) {
    this.schema = schema;
    this.columns =
        columns.isEmpty()
            ? schema.columns().stream().map(Column::name).toList()
            : List.copyOf(columns);
    if (this.columns.stream().distinct().count() != this.columns.size()
        || !this.columns.stream().allMatch(schema::contains)) {
      throw new IllegalArgumentException(
          "an audit names columns of the schema, each once; got " + this.columns);
    }
    this.rules = List.copyOf(rules);
    this.rho = rho;
  }

  @Override
  public List<ReleaseTemplate> releases() {
    AuditCells cells = cells();
    List<WordSum> words = wordSums();
    long squares = (long) cells.most() + words.size();
    List<BlockDemand> demands = new ArrayList<>();
    demands.add(
        new BlockDemand(
            "column by cell",
            cells.length(),
            Bound.Exact.ofCounts(cells.most()),
            words.isEmpty() ? rho : new Rho(rho.pico() / squares).times(cells.most())));
    for (WordSum word : words) {
      demands.add(
          new BlockDemand(
              "words of texts",
              1,
              Bound.Exact.ofCounts((long) word.measure().most() * word.measure().most()),
              new Rho(rho.pico() / squares)));
    }
    return List.of(new ReleaseTemplate("quality", Partition.ALL, demands));
  }

  @Override
  public SumQuery query(int index, List<Release> before) {
    return new CellQuery();
  }

  @Override
  public QualityFindings conclude(List<Release> releases) {
    Release release = releases.get(0);
    List<Estimate> words = new ArrayList<>();
    for (int w = 0; w < wordSums().size(); w++) {
      words.add(new Estimate(release.value(1 + w, 0), release.noiseDeviation(1 + w)));
    }
    return findings(release.values(0), release.noiseDeviation(0), words);
  }

  /**
   * @param counts one for each of {@link #cells}
   * @param words one for each of {@link #wordSums}
   */
  QualityFindings findings(double[] counts, double noiseDeviation, List<Estimate> words) {
    Map<MeanWords, Estimate> summed = new HashMap<>();
    for (int w = 0; w < words.size(); w++) {
      summed.put(wordSums().get(w).measure(), words.get(w));
    }
    return new QualityTable(columnCells(), rowRules(), counts, noiseDeviation, summed)
        .findings(rules);
  }

  /** Of the rules about words whose column is audited, in the contract's order, each sum once. */
  List<WordSum> wordSums() {
    return rules.stream()
        .flatMap(rule -> rule.measure() instanceof MeanWords words ? Stream.of(words) : Stream.of())
        .filter(words -> columns.contains(words.column()))
        .distinct()
        .map(words -> new WordSum(words, schema.indexOf(words.column())))
        .toList();
  }

  AuditCells cells() {
    return new AuditCells(columnCells(), rowRules().stream().map(rule -> rule.on(schema)).toList());
  }

  private List<ColumnCells> columnCells() {
    return columns.stream()
        .map(name -> new ColumnCells(schema.column(name), schema.indexOf(name)))
        .toList();
  }

  /** Those whose columns are all audited, in the contract's order. */
  private List<RuleCounts> rowRules() {
    List<RuleCounts> counted = new ArrayList<>();
    for (QualityRule rule : rules) {
      if (RuleCounts.areNeededFor(rule.measure())
          && columns.containsAll(rule.measure().columns())) {
        counted.add(new RuleCounts(rule.id(), rule.measure()));
      }
    }
    return counted;
  }

  /** Adds to one sum after another: what it knows of the rows of one is forgotten at the next. */
  private final class CellQuery implements SumQuery {
    private AuditCells cells = cells();
    private Optional<ContributionSum> begun = Optional.empty();
    private final List<WordSum> words = wordSums();

    @Override
    public Contributions over(RecordBatch batch) {
      if (!batch.schema().equals(schema)) {
        throw new IllegalArgumentException("the batch has other columns than the audit");
      }
      return (row, sum) -> add(batch, row, sum);
    }

    private void add(RecordBatch batch, int row, ContributionSum sum) {
      if (begun.isEmpty() || begun.get() != sum) {
        begun = Optional.of(sum);
        cells = cells();
      }
      int[] index = new int[cells.most()];
      int used = cells.of(batch, row, index);
      long[] one = new long[used];
      Arrays.fill(one, sum.scale(0));
      sum.beginRecord(batch.unit(row));
      sum.add(0, index, one, used);
      for (int w = 0; w < words.size(); w++) {
        long added = words.get(w).of(batch, row) * sum.scale(1 + w);
        sum.add(1 + w, FIRST, new long[] {added}, 1);
      }
    }
  }
}
