using NetGen.SafeTensors;

namespace NetGen;

/// <summary>
/// Brings each feature to mean 0 and standard deviation 1, (x − mean) / deviation, as networks like their inputs, and
/// back, for targets: a network that learned scaled targets predicts scaled outputs.
/// </summary>
/// <remarks>
/// A feature that is the same in all samples is only moved to 0: its deviation counts as 1. After construction nothing
/// allocates, files apart, and one instance may serve several threads.
/// </remarks>
/// <example>
/// <code>
/// var scale = Standardizer.Fit(trainingInputs, Brain.InputCount);
/// scale.Transform(trainingInputs);                   // in place
/// trainer.Train(trainingInputs, targets);
/// network.Save("brain.safetensors");
/// scale.AddTo("brain.safetensors", "inputs");        // Load of the network passes over it
///
/// network.Load("brain.safetensors");
/// scale = Standardizer.Load("brain.safetensors", "inputs");
/// scale.Transform(input, scaled);
/// network.Forward(scaled, output);
/// </code>
/// </example>
public sealed class Standardizer
{
    private readonly float[] _means;
    private readonly float[] _deviations;

    /// <summary>One whose numbers are known.</summary>
    /// <param name="means">One for each feature, finite.</param>
    /// <param name="deviations">One for each feature, finite and above 0.</param>
    /// <exception cref="ArgumentException">There are none, or not equally many.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public Standardizer(ReadOnlySpan<float> means, ReadOnlySpan<float> deviations)
    {
        if (means.Length == 0)
        {
            throw new ArgumentException("Expected at least 1 feature, got none.", nameof(means));
        }

        if (deviations.Length != means.Length)
        {
            throw new ArgumentException(
                $"Expected {means.Length} numbers, one for each mean, got {deviations.Length}.", nameof(deviations));
        }

        for (int i = 0; i < means.Length; i++)
        {
            if (!Floats.IsFinite(means[i]))
            {
                throw OutOfRange("a finite mean", means[i], i, nameof(means));
            }

            if (!(deviations[i] > 0) || !Floats.IsFinite(deviations[i]))
            {
                throw OutOfRange("a finite deviation above 0", deviations[i], i, nameof(deviations));
            }
        }

        _means = means.ToArray();
        _deviations = deviations.ToArray();
    }

    /// <summary>The number of features.</summary>
    public int FeatureCount => _means.Length;

    /// <summary>The mean of each feature.</summary>
    public ReadOnlySpan<float> Means => _means;

    /// <summary>The standard deviation of each feature, that of the samples as they are (÷ n); 1 where they do not differ.</summary>
    public ReadOnlySpan<float> Deviations => _deviations;

    /// <summary>Measures the mean and the standard deviation of each feature.</summary>
    /// <param name="values">[n, <paramref name="featureCount"/>], row-major, n at least 1.</param>
    /// <param name="featureCount">The numbers of one sample, at least 1.</param>
    /// <exception cref="ArgumentException">There is not a whole number of samples, or one is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no features.</exception>
    public static Standardizer Fit(ReadOnlySpan<float> values, int featureCount) =>
        FeatureMoments.Measure(new Columns(values), Setting.AtLeastOne(featureCount, nameof(featureCount)), nameof(values));

    /// <summary>Measures the mean and the standard deviation of each feature.</summary>
    /// <param name="rows">An array for each sample, all of the same length.</param>
    /// <exception cref="ArgumentException">There are no samples, they differ in length, or one has a number that is not finite.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="rows"/> is null.</exception>
    public static Standardizer Fit(IReadOnlyList<float[]> rows)
    {
        if (rows is null)
        {
            throw new ArgumentNullException(nameof(rows));
        }

        return rows.Count > 0 && rows[0] is { Length: > 0 }
            ? FeatureMoments.Measure(new Columns(rows), rows[0].Length, nameof(rows))
            : throw new ArgumentException("Expected at least 1 sample of at least 1 number, got none.", nameof(rows));
    }

    /// <summary>Reads what <see cref="AddTo"/> wrote.</summary>
    /// <param name="path">A safetensors file.</param>
    /// <param name="name">Which one.</param>
    /// <exception cref="InvalidDataException">It is no safetensors file, or has no standardizer of this name.</exception>
    public static Standardizer Load(string path, string name) => StandardizerFile.Load(path, CheckName(name));

    /// <summary>
    /// Writes it into a safetensors file, in general that of the network: beside its tensors, as
    /// <c>standardizer.NAME.mean</c> and <c>standardizer.NAME.std</c>, which the network's <c>Load</c> passes over.
    /// </summary>
    /// <remarks>
    /// The file is replaced as a whole. A standardizer of the same name is replaced, and a file that is not there is made.
    /// PyTorch's load_state_dict does not know these tensors: for PyTorch, give it a file of its own.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <param name="name">What it is called there, such as <c>inputs</c>.</param>
    /// <exception cref="InvalidDataException">The file is there and is no safetensors file.</exception>
    public void AddTo(string path, string name) => StandardizerFile.Add(path, CheckName(name), _means, _deviations);

    /// <summary>Scales samples in place.</summary>
    /// <param name="values">[n, <see cref="FeatureCount"/>], row-major, any n.</param>
    /// <exception cref="ArgumentException">There is not a whole number of samples.</exception>
    public void Transform(Span<float> values) => Transform(values, values);

    /// <summary>Scales samples.</summary>
    /// <param name="values">[n, <see cref="FeatureCount"/>], row-major, any n.</param>
    /// <param name="destination">Equally many numbers; may be <paramref name="values"/>.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public void Transform(ReadOnlySpan<float> values, Span<float> destination)
    {
        Check(values.Length, destination.Length);
        for (int start = 0; start < values.Length; start += _means.Length)
        {
            for (int i = 0; i < _means.Length; i++)
            {
                destination[start + i] = (values[start + i] - _means[i]) / _deviations[i];
            }
        }
    }

    /// <summary>Brings scaled samples back in place.</summary>
    /// <param name="values">[n, <see cref="FeatureCount"/>], row-major, any n.</param>
    /// <exception cref="ArgumentException">There is not a whole number of samples.</exception>
    public void Invert(Span<float> values) => Invert(values, values);

    /// <summary>Brings scaled samples back.</summary>
    /// <param name="values">[n, <see cref="FeatureCount"/>], row-major, any n.</param>
    /// <param name="destination">Equally many numbers; may be <paramref name="values"/>.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public void Invert(ReadOnlySpan<float> values, Span<float> destination)
    {
        Check(values.Length, destination.Length);
        for (int start = 0; start < values.Length; start += _means.Length)
        {
            for (int i = 0; i < _means.Length; i++)
            {
                destination[start + i] = (values[start + i] * _deviations[i]) + _means[i];
            }
        }
    }

    private void Check(int values, int destination)
    {
        if (values % _means.Length != 0)
        {
            throw new ArgumentException($"Expected a multiple of {_means.Length} numbers, got {values}.", nameof(values));
        }

        if (destination != values)
        {
            throw new ArgumentException($"Expected {values} numbers, got {destination}.", nameof(destination));
        }
    }

    private static string CheckName(string name)
    {
        if (name is null)
        {
            throw new ArgumentNullException(nameof(name));
        }

        return name.Length > 0 ? name : throw new ArgumentException("Expected a name, got an empty one.", nameof(name));
    }

    private static ArgumentOutOfRangeException OutOfRange(string expected, float actual, int index, string name) =>
        new(name, FormattableString.Invariant($"Expected {expected}, got {actual} at index {index}."));
}
