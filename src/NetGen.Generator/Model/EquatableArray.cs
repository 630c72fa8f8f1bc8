using System.Collections;
using System.Runtime.CompilerServices;

namespace NetGen.Generator;

/// <summary>An immutable array that compares by its elements, so that a record of it can be a cache key.</summary>
[CollectionBuilder(typeof(EquatableArray), nameof(EquatableArray.Create))]
internal readonly struct EquatableArray<T> : IEquatable<EquatableArray<T>>, IReadOnlyList<T>
    where T : IEquatable<T>
{
    private readonly T[]? _items;

    // The caller gives the array away.
    internal EquatableArray(T[] items) => _items = items;

    public int Count => Items.Length;

    private T[] Items => _items ?? [];

    public T this[int index] => Items[index];

    public ReadOnlySpan<T> AsSpan() => Items;

    public bool Equals(EquatableArray<T> other) => ReferenceEquals(Items, other.Items) || Items.AsSpan().SequenceEqual(other.Items);

    public override bool Equals(object? obj) => obj is EquatableArray<T> other && Equals(other);

    public override int GetHashCode()
    {
        // The bytes of a file are too many to look at each time. What differs in the middle alone has the same hash, and
        // is told apart by Equals.
        const int Most = 64;
        int hash = Items.Length;
        for (int i = 0; i < Items.Length; i += i == Most && Items.Length > 2 * Most ? Items.Length - (2 * Most) : 1)
        {
            hash = unchecked((hash * 31) + Items[i].GetHashCode());
        }

        return hash;
    }

    public Enumerator GetEnumerator() => new(Items);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => Items.GetEnumerator();

    /// <summary>Walks the array without allocating.</summary>
    public struct Enumerator(T[] items)
    {
        private int _index = -1;

        public readonly T Current => items[_index];

        public bool MoveNext() => ++_index < items.Length;
    }
}

internal static class EquatableArray
{
    public static EquatableArray<T> Create<T>(ReadOnlySpan<T> items)
        where T : IEquatable<T> => new(items.ToArray());

    public static EquatableArray<T> ToEquatableArray<T>(this IEnumerable<T> items)
        where T : IEquatable<T> => new(items.ToArray());
}
