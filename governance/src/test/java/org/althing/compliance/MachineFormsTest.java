package org.althing.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;
import org.althing.encoding.Digest;
import org.althing.privacy.Accountant;
import org.althing.report.ModelFile;
import org.althing.report.PaperStudy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms that other programs read. */
class MachineFormsTest {
  private static JsonNode read(byte[] json) throws IOException {
    return JsonMapper.builder().build().readTree(json);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRegistryEntryLeavesOpenWhatNobodyTyped(boolean typed) throws IOException {
    VerifiedStudy study = VerifiedPaper.completed(PaperStudy.QUALITY);
    JsonNode basic =
        read(RegistryEntry.of(study, typed ? VerifiedPaper.everything() : Particulars.NONE))
            .at("/deployment/basic");
    String open = Statement.NOT_STATED.english();
    assertThat(basic.get("data_product_region").textValue())
        .isEqualTo(typed ? "<common> says region" : open);
    assertThat(basic.at("/data_curators/3/data_curator_type").textValue())
        .isEqualTo(typed ? "<common> says curator_type" : open);
    assertThat(basic.has("data_product_sector")).isEqualTo(typed);
  }

  @Test
  void theRegistryIsToldTheSpendThatTheLedgersSigned() throws IOException {
    VerifiedStudy study = VerifiedPaper.completed(PaperStudy.QUALITY);
    JsonNode parameters =
        read(RegistryEntry.of(study, Particulars.NONE))
            .at("/deployment/privacy_loss/privacy_parameters");
    var cost = study.findings().plan().cost();
    assertThat(parameters.get("rho").doubleValue()).isEqualTo(cost.toDouble());
    assertThat(parameters.get("delta").doubleValue()).isEqualTo(1e-5);
    assertThat(parameters.get("epsilon").doubleValue())
        .isEqualTo(Accountant.epsilonFor(cost, 1e-5));
  }

  @Test
  void aModelIsACycloneDxComponentWithItsCard() throws IOException {
    VerifiedStudy study = VerifiedPaper.completed(PaperStudy.LOGISTIC);
    JsonNode bom = read(ModelBom.of(study, VerifiedPaper.everything()).orElseThrow());
    assertThat(bom.get("bomFormat").textValue()).isEqualTo("CycloneDX");
    assertThat(bom.get("specVersion").textValue()).isEqualTo("1.6");
    assertThat(bom.get("serialNumber").textValue())
        .matches("urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    JsonNode component = bom.get("components").get(0);
    assertThat(component.get("type").textValue()).isEqualTo("machine-learning-model");
    byte[] model = ModelFile.of(study.findings()).orElseThrow().toBytes();
    assertThat(component.at("/hashes/0/content").textValue()).isEqualTo(Digest.of(model).hex());
    JsonNode card = component.get("modelCard");
    assertThat(card.at("/modelParameters/approach/type").textValue()).isEqualTo("supervised");
    assertThat(card.at("/modelParameters/datasets/0/governance/owners")).hasSize(4);
    assertThat(card.at("/modelParameters/inputs")).hasSize(3);
    assertThat(card.at("/considerations/useCases/1").textValue())
        .isEqualTo("<common> says intended_use");
    JsonNode accuracy = card.at("/quantitativeAnalysis/performanceMetrics/0");
    double value = Double.parseDouble(accuracy.get("value").textValue());
    assertThat(value)
        .isBetween(
            Double.parseDouble(accuracy.at("/confidenceInterval/lowerBound").textValue()),
            Double.parseDouble(accuracy.at("/confidenceInterval/upperBound").textValue()));
    assertThat(accuracy.get("type").textValue()).isEqualTo("accuracy");
  }

  @Test
  void groupsAreSlicesOfTheModelsCard() throws IOException {
    VerifiedStudy study = VerifiedPaper.completed(PaperStudy.IN_GROUPS);
    String metrics =
        read(ModelBom.of(study, Particulars.NONE).orElseThrow())
            .at("/components/0/modelCard/quantitativeAnalysis/performanceMetrics")
            .toString();
    assertThat(metrics)
        .contains("held-out records, sex: female")
        .contains("held-out records, sex: male")
        .contains("true_positive_rate");
  }

  /** They were called logistic regressions. */
  @Test
  void everyMethodIsCalledByItsName() throws IOException {
    VerifiedStudy svm = VerifiedPaper.completed(PaperStudy.SVM);
    JsonNode card =
        read(ModelBom.of(svm, Particulars.NONE).orElseThrow()).at("/components/0/modelCard");
    assertThat(card.at("/modelParameters/modelArchitecture").textValue())
        .isEqualTo("linear support vector machine");
    assertThat(card.at("/modelParameters/outputs/0/format").textValue())
        .startsWith("margin read as log-odds, scaled as held-out records ask");
    VerifiedStudy classes = VerifiedPaper.completed(PaperStudy.CLASSES);
    JsonNode ofClasses =
        read(ModelBom.of(classes, Particulars.NONE).orElseThrow()).at("/components/0/modelCard");
    assertThat(ofClasses.at("/modelParameters/outputs/0/format").textValue())
        .startsWith("probability of age = ")
        .endsWith(", each");
    assertThat(ofClasses.at("/quantitativeAnalysis/performanceMetrics").findValuesAsText("type"))
        .contains("accuracy", "f1:macro", "log_loss", "brier");
    VerifiedStudy clusters = VerifiedPaper.completed(PaperStudy.CLUSTERS);
    assertThat(new StudyFacts(clusters, Particulars.NONE).analysis().english())
        .isEqualTo("clusters by k-means");
    assertThat(ModelBom.of(clusters, Particulars.NONE)).isEmpty();
  }

  @Test
  void whatNobodySaysOfAModelIsListedAsNotStated() throws IOException {
    VerifiedStudy study = VerifiedPaper.completed(PaperStudy.NAIVE_BAYES);
    JsonNode card =
        read(ModelBom.of(study, Particulars.NONE).orElseThrow()).at("/components/0/modelCard");
    assertThat(card.get("properties").toString())
        .contains("{\"name\":\"althing:not-stated\",\"value\":\"intended_use\"}")
        .contains("{\"name\":\"althing:not-stated\",\"value\":\"bias\"}");
    assertThat(card.at("/considerations/ethicalConsiderations")).isEmpty();
    assertThat(ModelBom.of(VerifiedPaper.completed(PaperStudy.QUALITY), Particulars.NONE))
        .isEqualTo(Optional.empty());
  }
}
