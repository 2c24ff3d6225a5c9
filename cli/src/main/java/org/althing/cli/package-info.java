/** Commands of the study lead and the officer. */
@NullMarked
package org.althing.cli;

import org.jspecify.annotations.NullMarked;
