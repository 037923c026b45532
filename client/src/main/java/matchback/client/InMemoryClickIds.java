package matchback.client;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// For tests and for trying out: forgets everything at the end of the process.
public final class InMemoryClickIds implements ClickIdStore {
    private final Map<String, String> byUser = new ConcurrentHashMap<>();

    public InMemoryClickIds() {}

    @Override
    public void remember(String userId, String clickId) {
        byUser.put(userId, clickId);
    }

    @Override
    public Optional<String> find(String userId) {
        return Optional.ofNullable(byUser.get(userId));
    }

    @Override
    public void forget(String userId) {
        byUser.remove(userId);
    }
}
