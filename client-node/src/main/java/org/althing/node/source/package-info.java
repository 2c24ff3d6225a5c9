/** Local files to column batches; nothing of them leaves. */
@NullMarked
package org.althing.node.source;

import org.jspecify.annotations.NullMarked;
