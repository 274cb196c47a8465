/** What a canteen puts on paper: the kitchen sheet of a meal, the settlement of a month. */
package org.huying.canteen.report;
