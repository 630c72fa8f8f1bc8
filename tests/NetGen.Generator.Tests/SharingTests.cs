using static NetGen.Generator.Expr;

namespace NetGen.Generator.Tests;

/// <summary>What a formula uses more than once is computed once.</summary>
public class SharingTests
{
    private static readonly Expr A = new Local("a");
    private static readonly Expr B = new Local("b");

    [Fact]
    public void A_shared_call_is_made_once()
    {
        Expr exp = Call("Exp", A);

        Assert.Equal(1, Calls(exp * (exp + B), "Exp"));
        Assert.Equal(1, Calls((exp + 1) / (Sqrt(exp + 1) * exp), "Exp"));
    }

    [Fact]
    public void Equal_trees_are_shared_whoever_made_them() =>
        Assert.Equal(1, Calls(Call("Exp", A + B) * Call("Exp", A + B), "Exp"));

    [Fact]
    public void A_call_within_a_shared_call_is_made_once()
    {
        Expr log = Call("Log1p", Call("Exp", A));

        Assert.Equal(1, Calls(log * log, "Exp"));
        Assert.Equal(1, Calls(log * Call("Exp", A), "Exp"));
    }

    [Fact]
    public void Different_calls_stay_apart() => Assert.Equal(2, Calls(Call("Exp", A) + Call("Exp", B), "Exp"));

    [Fact]
    public void What_is_used_once_gets_no_name()
    {
        var statements = new List<Statement>();
        Expr value = Call("Exp", A) + (B * 2);

        Assert.Equal(value, Sharing.Bind(value, "", statements));
        Assert.Empty(statements);
    }

    [Fact]
    public void Names_are_unique()
    {
        var statements = new List<Statement>();
        Expr p = Call("Exp", A);
        Expr q = Call("Exp", B);
        Sharing.Bind((p * p) + (q * q) + (Call("Exp", p) * Call("Exp", p)), "", statements);

        string[] names = [.. statements.OfType<Statement.Declare>().Select(d => d.Local)];
        Assert.Equal(3, names.Length);
        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void Every_slope_of_the_catalogue_keeps_its_value()
    {
        var locals = new Dictionary<string, float> { ["a"] = -0.7f, ["b"] = 0.3f };
        foreach (ActivationRow row in Activations.All)
        {
            Expr slope = row.Slope.Apply([A, B]);
            var statements = new List<Statement>();
            Expr bound = Sharing.Bind(slope, "", statements);

            float plain = PlanInterpreter.Evaluate([], slope, locals).Value;
            (float shared, Dictionary<string, int> calls) = PlanInterpreter.Evaluate(statements, bound, locals);
            Assert.Equal(plain, shared);

            int different = slope.Descend().OfType<FunctionCall>().Distinct().Count();
            Assert.Equal(different, calls.Values.Sum());
        }
    }

    private static int Calls(Expr value, string function)
    {
        var locals = new Dictionary<string, float> { ["a"] = 0.5f, ["b"] = 0.25f };
        var statements = new List<Statement>();
        Expr bound = Sharing.Bind(value, "", statements);

        (float result, Dictionary<string, int> calls) = PlanInterpreter.Evaluate(statements, bound, locals);
        Assert.Equal(PlanInterpreter.Evaluate([], value, locals).Value, result);
        return calls[function];
    }
}
