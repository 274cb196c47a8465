/** Canteens, their meals, bookings, and the funnel that takes the lunch-hour rush. */
package org.huying.canteen;
