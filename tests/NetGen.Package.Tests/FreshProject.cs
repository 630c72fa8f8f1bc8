namespace NetGen.Package.Tests;

/// <summary>A new project that has nothing but the package, and the file of a policy.</summary>
internal static class FreshProject
{
    private static string PolicyFile => Path.Combine(BuildInfo.Get("Onnx"), "mlp_relu_9.onnx");

    // A node of MSBuild would outlive the command; the compiler's server is the one that built these tests, if there is one.
    public static string[] BuildArguments { get; } = ["build", "-c", "Release", "-warnaserror", "-nodeReuse:false"];

    public static void Build(string folder) => Dotnet.Run(folder, BuildArguments);

    public static string CreateProject(this PackedPackage package, string framework, string properties, string items, params (string Name, string Text)[] files)
    {
        string folder = package.CreateProjectFolder();
        File.WriteAllText(
            Path.Combine(folder, "Fresh.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>{framework}</TargetFramework>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <WarningLevel>9999</WarningLevel>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="NetGen" Version="{package.Version}" />
                {items}
              </ItemGroup>
            </Project>
            """);
        File.Copy(PolicyFile, Path.Combine(folder, "policy.onnx"));
        foreach ((string name, string text) in files)
        {
            File.WriteAllText(Path.Combine(folder, name), text);
        }

        return folder;
    }
}
