/** YAML text to study, contract, binding and policy; errors with line, column and remedy. */
@NullMarked
package org.althing.document;

import org.jspecify.annotations.NullMarked;
