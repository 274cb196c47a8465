/**
 * How the project's programs end: with a number and, where something went wrong, with one sentence for whoever started
 * them. It knows no other room.
 */
package org.huying.command;
