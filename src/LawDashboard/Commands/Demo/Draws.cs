namespace LawDashboard.Commands.Demo;

/// <summary>
/// Chance that can be asked again: the same seed and key always give the same draw, whatever was drawn before. So an entry
/// can be filled as it was known on an earlier day, a ledger or field more changes no other, and threads do not matter.
/// </summary>
readonly record struct Draws(ulong Seed)
{
    const ulong Golden = 0x9E37_79B9_7F4A_7C15;

    /// <summary>The key of a name; the same in every process, unlike <see cref="string.GetHashCode()"/>.</summary>
    public static ulong Key(string name)
    {
        var hash = 0xCBF2_9CE4_8422_2325UL;
        foreach (var c in name) hash = (hash ^ c) * 0x0000_0100_0000_01B3;
        return hash;
    }

    /// <summary>Draws of their own for a part of the whole.</summary>
    public Draws For(ulong key) => new(Mix(Seed + Golden * (key | 1) + key));
    public Draws For(string name) => For(Key(name));

    /// <summary>Evenly spread over [0, 1).</summary>
    public double Unit(ulong key) => (Mix(Seed ^ (key * Golden)) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Evenly spread whole numbers, both ends included.</summary>
    public int Between(int least, int most, ulong key) => least + (int)(Unit(key) * (most - least + 1L));

    public bool Chance(double probability, ulong key) => probability >= 1 || Unit(key) < probability;

    public T Of<T>(IReadOnlyList<T> items, ulong key) => items[Between(0, items.Count - 1, key)];

    /// <summary>The finishing steps of SplitMix64: every bit of the input changes every bit of the result.</summary>
    static ulong Mix(ulong x)
    {
        x += Golden;
        x = (x ^ (x >> 30)) * 0xBF58_476D_1CE4_E5B9;
        x = (x ^ (x >> 27)) * 0x94D0_49BB_1331_11EB;
        return x ^ (x >> 31);
    }
}
