/**
 * A fitted model in the formats of other tools: {@link org.althing.export.ModelExport} gives ONNX
 * and PMML whose probabilities are those of our own scoring, or says why there can be none.
 */
@NullMarked
package org.althing.export;

import org.jspecify.annotations.NullMarked;
