namespace NetGen.Generator;

/// <summary>
/// Remembers what a pure function made for as long as someone else holds it, so it keeps nothing alive. The compiler
/// tells the outputs of a file by their places: a class that is added or removed above others moves them all, and
/// without this they would be computed again.
/// </summary>
internal sealed class WeakMemo<TKey, TValue>
    where TKey : notnull
    where TValue : class
{
    private readonly Dictionary<TKey, WeakReference<TValue>> _known = [];

    public TValue Get(TKey key, Func<TKey, TValue> make)
    {
        lock (_known)
        {
            if (_known.TryGetValue(key, out WeakReference<TValue>? known) && known.TryGetTarget(out TValue? value))
            {
                return value;
            }
        }

        TValue made = make(key);
        lock (_known)
        {
            TKey[] gone = [.. _known.Where(k => !k.Value.TryGetTarget(out _)).Select(k => k.Key)];
            foreach (TKey forgotten in gone)
            {
                _known.Remove(forgotten);
            }

            _known[key] = new WeakReference<TValue>(made);
        }

        return made;
    }
}
