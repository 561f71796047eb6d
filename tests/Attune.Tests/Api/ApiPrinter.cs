using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Attune.Tests.Api;

/// <summary>
/// The public members of an assembly as text, one a line, in an order that does not depend on the sources.
/// </summary>
internal static class ApiPrinter
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool",
        [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(int)] = "int", [typeof(uint)] = "uint",
        [typeof(long)] = "long", [typeof(ulong)] = "ulong", [typeof(float)] = "float", [typeof(double)] = "double",
    };

    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Print(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Head(type)).Append('\n');
            foreach (string member in Members(type).Order(StringComparer.Ordinal))
                text.Append("    ").Append(member).Append('\n');
            text.Append('\n');
        }
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static string Head(Type type)
    {
        string kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => "struct",
            _ when IsDelegate(type) => "delegate",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        IEnumerable<Type> above = type.GetInterfaces()
            .Where(one => one.IsPublic && one != typeof(System.Runtime.Serialization.ISerializable))
            .OrderBy(Name, StringComparer.Ordinal);
        if (IsDelegate(type))
            above = [];
        else if (type is { IsClass: true, BaseType: { } parent } && parent != typeof(object))
            above = above.Prepend(parent);
        string list = string.Join(", ", above.Select(Name));
        return $"{kind} {type.FullName}{(list.Length == 0 || type.IsEnum ? "" : $" : {list}")}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), null)}");
        return type.GetMembers(Declared)
            .Where(member => !IsDelegate(type) || member.Name == "Invoke")
            .Where(member => member.GetCustomAttribute<CompilerGeneratedAttribute>() is null)
            .Select(Member)
            .OfType<string>();
    }

    private static bool IsDelegate(Type type) => type.IsSubclassOf(typeof(Delegate));

    private static string? Member(MemberInfo member) => member switch
    {
        ConstructorInfo made => $"new({Parameters(made)})",
        FieldInfo { IsLiteral: true } constant =>
            $"const {Name(constant.FieldType)} {constant.Name} = {constant.GetRawConstantValue()}",
        FieldInfo field => $"{Static(field.IsStatic)}{Name(field.FieldType)} {field.Name}",
        PropertyInfo property => Property(property),
        MethodInfo { IsSpecialName: true } accessor
            when !accessor.Name.StartsWith("op_", StringComparison.Ordinal) => null,
        MethodInfo method =>
            $"{Static(method.IsStatic)}{Name(method.ReturnParameter)} " +
            $"{method.Name}{Generic(method)}({Parameters(method)})",
        EventInfo occasion => $"event {Name(occasion.EventHandlerType!)} {occasion.Name}",
        _ => null,
    };

    private static string Property(PropertyInfo property)
    {
        ParameterInfo[] index = property.GetIndexParameters();
        string name = index.Length == 0 ? property.Name : $"this[{string.Join(", ", index.Select(Parameter))}]";
        bool isInit =
            property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true;
        string set = property.SetMethod is not { IsPublic: true } ? "" : isInit ? " init;" : " set;";
        return $"{Static(property.GetMethod!.IsStatic)}{Name(property.GetMethod.ReturnParameter)} {name} " +
            $"{{ get;{set} }}";
    }

    private static string Static(bool isStatic) => isStatic ? "static " : "";

    private static string Generic(MethodInfo method) => method.IsGenericMethod
        ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>"
        : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter) =>
        (parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params " : "") +
        $"{Name(parameter)} {parameter.Name}" +
        (parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? DefaultOf(parameter)}" : "");

    private static string DefaultOf(ParameterInfo parameter) =>
        parameter.ParameterType.IsValueType ? "default" : "null";

    /// <summary>The type of a parameter or of what comes back, with a mark where it may be null.</summary>
    private static string Name(ParameterInfo parameter)
    {
        Type type = parameter.ParameterType;
        bool mayBeNull = !type.IsValueType && !type.IsByRef
            && new NullabilityInfoContext().Create(parameter).ReadState == NullabilityState.Nullable;
        return Name(type) + (mayBeNull ? "?" : "");
    }

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return $"{Name(inner)}?";
        if (type.IsArray)
            return $"{Name(type.GetElementType()!)}[]";
        if (!type.IsGenericType)
            return Keywords.GetValueOrDefault(type, type.Name);
        string name = type.Name.Split('`')[0];
        return $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
