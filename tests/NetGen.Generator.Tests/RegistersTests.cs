namespace NetGen.Generator.Tests;

/// <summary>Code that is written out reads from registers what was stored before, and only what is still there.</summary>
public class RegistersTests
{
    private static readonly LoopVariable I = new("i", 4);

    [Fact]
    public void What_was_stored_is_read_from_a_register()
    {
        Statement[] code = Use([Store(0, 4, Load("b", 0)), Declare("c", 4, Load("a", 0) * Load("b", 0))]);

        Assert.Equal(new Expr.Local("a_0"), Assert.IsType<Expr.Binary>(Value(code, "c")).Left);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(2, 4)]
    [InlineData(0, 8)]
    public void What_was_overwritten_in_part_is_read_from_memory(int offset, int lanes)
    {
        Statement[] code = Use([Store(0, 4, Load("b", 0)), Store(offset, lanes, Load("b", 0)), Declare("c", 4, Load("a", 0) * Load("b", 0))]);

        Assert.Equal(Load("a", 0), Assert.IsType<Expr.Binary>(Value(code, "c")).Left);
    }

    [Fact]
    public void What_lies_beside_is_still_known()
    {
        Statement[] code = Use([Store(0, 4, Load("b", 0)), Store(4, 4, Load("b", 4)), Declare("c", 4, Load("a", 0) * Load("b", 0))]);

        Assert.Equal(new Expr.Local("a_0"), Assert.IsType<Expr.Binary>(Value(code, "c")).Left);
    }

    [Fact]
    public void What_a_loop_may_have_overwritten_is_read_from_memory()
    {
        var inLoop = new Statement.Store(new Expr.Element("a", new Index(0, [new IndexTerm(I, 1)])), AssignmentOperator.Assign, 0f);

        Statement[] code = Use([Store(0, 4, Load("b", 0)), new Statement.Loop(I, [inLoop]), Declare("c", 4, Load("a", 0) * Load("b", 0))]);

        Assert.Equal(Load("a", 0), Assert.IsType<Expr.Binary>(Value(code, "c")).Left);
    }

    [Fact]
    public void A_vector_is_not_read_where_another_length_was_stored()
    {
        Statement[] code = Use([Store(0, 8, Load("b", 0)), Declare("c", 4, Load("a", 0) * Load("b", 0))]);

        Assert.Equal(Load("a", 0), Assert.IsType<Expr.Binary>(Value(code, "c")).Left);
    }

    [Fact]
    public void Locals_of_blocks_keep_apart()
    {
        Statement[] code = Use(
        [
            new Statement.Block([Declare("s", 4, Load("b", 0) + Load("b", 4)), Store(0, 4, new Expr.Local("s"))]),
            new Statement.Block([Declare("s", 4, Load("b", 4) * Load("b", 8)), Store(4, 4, new Expr.Local("s"))]),
        ]);

        string[] declared = [.. code.OfType<Statement.Declare>().Select(d => d.Local)];
        Assert.Equal(declared.Distinct(), declared);
        Assert.Equal(declared.Select(name => new Expr.Local(name)), code.OfType<Statement.Store>().Select(s => s.Value));
    }

    private static Statement[] Use(Statement[] statements)
    {
        var kernel = new Kernel("a", "", "", [], false, "");
        return [.. Registers.Use([new BlockPlan(kernel, statements.ToEquatableArray())], ["a", "b"])[0].Statements];
    }

    private static Expr.Element Load(string tensor, int offset) => new(tensor, Index.At(offset));

    private static Statement.Store Store(int offset, int lanes, Expr value) =>
        new(new Expr.Element("a", Index.At(offset)), AssignmentOperator.Assign, value) { Lanes = lanes };

    private static Statement.Declare Declare(string local, int lanes, Expr value) => new(local, value) { Lanes = lanes };

    private static Expr Value(Statement[] code, string local) => code.OfType<Statement.Declare>().Single(d => d.Local == local).Value;
}
