package org.althing.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.util.stream.Stream;
import org.althing.report.PaperStudy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What other programs read is what the publishers of its form say it is. */
class PublishedSchemaTest {
  /** The published files, as the CycloneDX project ships them; nothing is fetched. */
  private static final JsonSchema CYCLONEDX =
      JsonSchemaFactory.getInstance(
              SpecVersion.VersionFlag.V7,
              factory ->
                  factory.schemaMappers(
                      mappers -> mappers.mapPrefix("http://cyclonedx.org/schema/", "classpath:")))
          .getSchema(SchemaLocation.of("http://cyclonedx.org/schema/bom-1.6.schema.json"));

  static Stream<String> models() {
    return Stream.of(
        PaperStudy.NAIVE_BAYES,
        PaperStudy.NORMAL,
        PaperStudy.PAIRS,
        PaperStudy.PAIRED_BAYES,
        PaperStudy.LOGISTIC,
        PaperStudy.BALANCED,
        PaperStudy.IN_GROUPS,
        PaperStudy.CLASSES_IN_GROUPS,
        PaperStudy.CANDIDATES,
        PaperStudy.SVM);
  }

  private static JsonNode bom(String study, Particulars said) throws IOException {
    return JsonMapper.builder()
        .build()
        .readTree(ModelBom.of(VerifiedPaper.completed(study), said).orElseThrow());
  }

  @ParameterizedTest
  @MethodSource("models")
  void aModelCardIsACycloneDxBomWhoeverTypedWhat(String study) throws IOException {
    assertThat(CYCLONEDX.validate(bom(study, Particulars.NONE))).isEmpty();
    assertThat(CYCLONEDX.validate(bom(study, VerifiedPaper.everything()))).isEmpty();
  }

  @Test
  void theSchemaSeesWhatIsWrong() throws IOException {
    JsonNode bom = bom(PaperStudy.LOGISTIC, Particulars.NONE);
    ((ObjectNode) bom.at("/components/0/modelCard/modelParameters"))
        .putObject("approach")
        .put("type", "guessed");
    assertThat(CYCLONEDX.validate(bom))
        .anySatisfy(fault -> assertThat(fault.getMessage()).contains("approach"));
  }
}
