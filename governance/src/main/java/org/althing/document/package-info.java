/**
 * YAML text to study, contract, binding and policy; errors with line, column and remedy. {@link
 * org.althing.document.Document} reads any file into {@link org.althing.document.Mapping}s; the
 * {@code *Document} classes turn those into domain values.
 */
@NullMarked
package org.althing.document;

import org.jspecify.annotations.NullMarked;
