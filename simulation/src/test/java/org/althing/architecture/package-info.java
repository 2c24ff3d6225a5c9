/** The architecture as data, and the checks that hold the code to it. */
@NullMarked
package org.althing.architecture;

import org.jspecify.annotations.NullMarked;
