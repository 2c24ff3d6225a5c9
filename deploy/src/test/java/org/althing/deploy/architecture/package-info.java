/** The architecture as data, and the checks that hold the code to it. */
@NullMarked
package org.althing.deploy.architecture;

import org.jspecify.annotations.NullMarked;
