/** The shared data contract and each organisation's binding to it. */
@NullMarked
package org.althing.contract;

import org.jspecify.annotations.NullMarked;
