/** What administrators change: canteens, their usual times, their subsidies. */
@org.jspecify.annotations.NullMarked
package org.huying.canteen.admin;
