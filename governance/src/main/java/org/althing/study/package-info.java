/** A question put to the federation: study, plan, admission, and the run as a pure machine. */
@NullMarked
package org.althing.study;

import org.jspecify.annotations.NullMarked;
