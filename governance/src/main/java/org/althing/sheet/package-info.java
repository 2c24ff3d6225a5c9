/** Plans, policies and approvals in plain words, for whoever has to say yes or no. */
@NullMarked
package org.althing.sheet;

import org.jspecify.annotations.NullMarked;
