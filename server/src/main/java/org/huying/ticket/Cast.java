package org.huying.ticket;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The people of one ticket and their pseudonyms in its log: {@code resident-1}, {@code worker-1}. A person keeps the
 * first one, whatever they do later; who is a resident here and staff there has one for each, so that the log does not
 * tell who reported by who works on it.
 */
final class Cast {
    /** One person's pseudonym, and what fixes that it is theirs; null until it is stored. */
    record Member(String ref, UUID personId, @Nullable String commitment) {}

    /** A person on one of the two sides. */
    private record Part(UUID personId, boolean asResident) {
        static Part of(Member member) {
            return new Part(member.personId(), isResident(member.ref()));
        }
    }

    private final Map<Part, String> refs = new HashMap<>();
    private final Map<String, UUID> people = new HashMap<>();
    private final Map<String, String> commitments = new HashMap<>();
    private final List<Member> added = new ArrayList<>();

    Cast() {}

    Cast(List<Member> members) {
        members.forEach(this::put);
    }

    String refOf(Author author) {
        return author.personId() == null ? Author.SYSTEM : refOf(author.kind(), author.personId());
    }

    /** The person's pseudonym; a new one is named after what they are. */
    String refOf(String kind, UUID personId) {
        var known = refs.get(new Part(personId, kind.equals(Author.RESIDENT)));
        if (known != null) {
            return known;
        }
        var prefix = kind.replace('_', '-') + "-";
        var number = 1;
        while (people.containsKey(prefix + number)) {
            number++;
        }
        var member = new Member(prefix + number, personId, null);
        put(member);
        added.add(member);
        return member.ref();
    }

    /** Whether the pseudonym is one of the residents' side. */
    static boolean isResident(String ref) {
        return ref.startsWith(Author.RESIDENT + "-");
    }

    @Nullable
    UUID person(@Nullable String ref) {
        return ref == null ? null : people.get(ref);
    }

    @Nullable
    String commitment(String ref) {
        return commitments.get(ref);
    }

    /** Those who have come in since it was read. */
    List<Member> added() {
        return List.copyOf(added);
    }

    private void put(Member member) {
        refs.put(Part.of(member), member.ref());
        people.put(member.ref(), member.personId());
        var commitment = member.commitment();
        if (commitment != null) {
            commitments.put(member.ref(), commitment);
        }
    }
}
