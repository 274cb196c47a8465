/** PostgreSQL: the pool, transactions, what constraints mean, migrations, and sealed columns. It knows no feature. */
package org.huying.db;
