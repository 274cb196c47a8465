package org.huying.demo.embedded;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Under which user PostgreSQL runs, for it refuses to run as root.
 *
 * @param wrapper what to put before a command
 * @param owner the numeric user (and group) that must own the data
 */
record ServerAccount(List<String> wrapper, int owner) {
    /** What Linux calls "nobody", in every distribution of today. */
    private static final int NOBODY = 65534;

    private static final Logger LOG = LoggerFactory.getLogger(ServerAccount.class);

    /** The user of this process. */
    static ServerAccount self() {
        return new ServerAccount(List.of(), Math.toIntExact(new UnixSystem().getUid()));
    }

    /** Root's files, but, in a user namespace without a mapping, neither root's name nor its powers. */
    static ServerAccount namespace() {
        return new ServerAccount(List.of("unshare", "-U"), 0);
    }

    /** Another user, for where root may not make user namespaces, as in most containers. */
    static ServerAccount other(int user) {
        return new ServerAccount(List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups"), user);
    }

    /**
     * Another user that may pass through directories closed to it, as /root is in a container. Without the secure bit
     * {@code access()}, by which PostgreSQL looks for its own programs, would not see that it may.
     */
    static ServerAccount otherPassing(int user) {
        return new ServerAccount(
                List.of(
                        "setpriv",
                        "--reuid=" + user,
                        "--regid=" + user,
                        "--clear-groups",
                        "--inh-caps=+dac_override",
                        "--ambient-caps=+dac_override",
                        "--securebits=+no_setuid_fixup"),
                user);
    }

    /** The accounts to try for this data directory, best first. */
    static List<ServerAccount> candidates(Path data) throws IOException {
        if (self().owner() != 0) {
            return List.of(self());
        }
        int owner = Files.exists(data) ? (int) Files.getAttribute(data, "unix:uid") : 0;
        if (owner != 0) {
            return List.of(other(owner), otherPassing(owner));
        }
        List<ServerAccount> all = new ArrayList<>(List.of(namespace()));
        all.addAll(withoutNamespaces());
        return all;
    }

    /** What is left to root where it may not make user namespaces. */
    static List<ServerAccount> withoutNamespaces() {
        return List.of(other(NOBODY), otherPassing(NOBODY));
    }

    /** The first account under which the program can be run where it lies. */
    static ServerAccount choose(List<ServerAccount> candidates, Path program, Path directory, Path log)
            throws IOException {
        for (ServerAccount account : candidates) {
            if (account.canRun(program, directory, log)) {
                LOG.debug("PostgreSQL runs under user {} by {}", account.owner(), account.wrapper());
                return account;
            }
        }
        throw new EmbeddedServerException("cannot run " + program
                + (self().owner() == 0 ? " under a user other than root, and PostgreSQL refuses root;" : ";")
                + " start as an ordinary user or give the address of a database. Tried " + candidates + "\n"
                + Commands.tail(log));
    }

    private boolean canRun(Path program, Path directory, Path log) {
        try {
            return Commands.run(command(List.of(program.toString(), "--version")), directory, log) == 0;
        } catch (IOException e) {
            LOG.debug("cannot run {}", wrapper, e);
            return false;
        }
    }

    /** The command as it is run under this account. */
    List<String> command(List<String> command) {
        List<String> wrapped = new ArrayList<>(wrapper);
        wrapped.addAll(command);
        return wrapped;
    }

    /** Makes the account the owner of a tree, where it is not yet. */
    void own(Path tree) throws IOException {
        if ((int) Files.getAttribute(tree, "unix:uid") == owner) {
            return;
        }
        // Children first: the root's owner tells the next start whether the work was finished.
        List<Path> paths = Trees.list(tree);
        for (int i = paths.size() - 1; i >= 0; i--) {
            Files.setAttribute(paths.get(i), "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(paths.get(i), "unix:gid", owner, LinkOption.NOFOLLOW_LINKS);
        }
    }
}
