using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using NetGen.Generator;

namespace NetGen.CodeFixes;

/// <summary>Adds the modifier partial to a network's class and to the types around it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialFix))]
[Shared]
public sealed class MakePartialFix : CodeFixProvider
{
    private const string Title = "Make partial";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(Descriptors.NotPartial.Id, Descriptors.ContainerNotPartial.Id);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(
        static async (context, document, diagnostics) =>
            await FixAsync(document, diagnostics.Select(d => d.Location.SourceSpan), context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            context.RegisterCodeFix(
                CodeAction.Create(
                    Title,
                    cancellation => FixAsync(context.Document, [diagnostic.Location.SourceSpan], cancellation),
                    equivalenceKey: Title),
                diagnostic);
        }

        return Task.CompletedTask;
    }

    // Inserting text rather than rebuilding nodes leaves comments and spaces where they are. Two networks in one
    // type report that type twice: each place is changed once.
    private static async Task<Document> FixAsync(Document document, IEnumerable<TextSpan> identifiers, CancellationToken cancellation)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root is null)
        {
            return document;
        }

        SourceText text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        IEnumerable<TextChange> changes = identifiers
            .Select(span => root.FindToken(span.Start).Parent)
            .OfType<TypeDeclarationSyntax>()
            .Where(type => !type.Modifiers.Any(SyntaxKind.PartialKeyword))
            .Select(type => type.Keyword.SpanStart)
            .Distinct()
            .OrderBy(position => position)
            .Select(position => new TextChange(new TextSpan(position, 0), "partial "));
        return document.WithText(text.WithChanges(changes));
    }
}
