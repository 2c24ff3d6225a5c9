/** What people say of a study before a node may run it, and what their statements come to. */
@NullMarked
package org.althing.approval;

import org.jspecify.annotations.NullMarked;
