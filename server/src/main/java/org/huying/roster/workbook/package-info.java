/** Reading workbooks (Office Open XML, transitional and strict) as offices make them. */
@NullMarked
package org.huying.roster.workbook;

import org.jspecify.annotations.NullMarked;
